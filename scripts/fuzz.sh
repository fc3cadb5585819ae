#!/bin/sh
# Runs every fuzz target of the native packages, FUZZTIME each. Go fuzzes one
# target a time, so they are listed and run one after the other.
set -eu
: "${FUZZTIME:=5s}"
targets=0
for dir in $(git grep -l '^func Fuzz' -- '*_test.go' | xargs -n1 dirname | sort -u); do
	for target in $(grep -ho '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go | sed 's/^func //'); do
		echo "fuzz ./$dir $target"
		go test "./$dir" -run '^$' -fuzz "^$target\$" -fuzztime "$FUZZTIME" >"${TMPDIR:-/tmp}/fuzz.$$" 2>&1 || {
			cat "${TMPDIR:-/tmp}/fuzz.$$"
			exit 1
		}
		tail -n 1 "${TMPDIR:-/tmp}/fuzz.$$"
		targets=$((targets + 1))
	done
done
rm -f "${TMPDIR:-/tmp}/fuzz.$$"
echo "$targets fuzz targets held"
