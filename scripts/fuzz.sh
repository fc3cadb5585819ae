#!/bin/sh
# Runs every fuzz target of the native packages, FUZZTIME each. Go fuzzes one
# target a time, so they are listed and run one after the other.
set -eu
: "${FUZZTIME:=5s}"
targets=0
said=${TMPDIR:-/tmp}/fuzz.$$
fuzz() {
	go test "./$dir" -run '^$' -fuzz "^$target\$" -fuzztime "$FUZZTIME" >"$said" 2>&1
}
for dir in $(git grep -l '^func Fuzz' -- '*_test.go' | xargs -n1 dirname | sort -u); do
	for target in $(grep -ho '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go | sed 's/^func //'); do
		echo "fuzz ./$dir $target"
		# On a busy machine the fuzzer may take its own end for a failure of the target:
		# then it has no input to show, and is asked again.
		if ! fuzz; then
			if grep -q 'Failing input' "$said" || ! grep -q 'context deadline exceeded' "$said" || ! fuzz; then
				cat "$said"
				exit 1
			fi
		fi
		tail -n 1 "$said"
		targets=$((targets + 1))
	done
done
rm -f "$said"
echo "$targets fuzz targets held"
