#!/bin/sh
# Checks the Salesforce half without an org: scripts/test-apex.sh [DIR], DIR is apex where it is left out.
# FIX=1 also writes the formatting. What does not change between two runs lies in .cache/apex-ci.
set -eu
cd "$(dirname "$0")/.."
project=$(cd "${1:-apex}" && pwd)
tools=$PWD/.cache/apex-ci
failed=0

say() { echo "flex-caselog: $*" >&2; }

# The tools are those of apex/ci/package-lock.json; they are installed again where that has changed.
install_tools() {
	mkdir -p "$tools"
	cp apex/ci/*.mjs apex/ci/package.json apex/ci/package-lock.json "$tools"
	cp apex/.prettierrc.json "$tools/prettierrc.json"
	want=$(cksum <apex/ci/package-lock.json)
	if [ "$(cat "$tools/installed" 2>/dev/null)" = "$want" ]; then return; fi
	say "installing the tools that check Apex (once; about a minute)"
	rm -f "$tools/installed"
	if ! (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund) >"$tools/log" 2>&1; then
		tail -n 20 "$tools/log" >&2
		say "npm could not install the tools; its last words are above, all of them in $tools/log"
		exit 1
	fi
	echo "$want" >"$tools/installed"
}

# Two steps need Java. CI never leaves them out: as root on Debian it installs what is missing.
find_java() {
	if command -v java >/dev/null; then return; fi
	[ "${CI:-}" = true ] || return 1
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		say "CI needs Java 17 or later for two of the Apex checks: install it (Debian: default-jre-headless)"
		exit 1
	fi
	say "installing Java with apt-get (once; about a minute)"
	if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends default-jre-headless; } >"$tools/log" 2>&1; then
		tail -n 20 "$tools/log" >&2
		say "apt-get could not install Java; its last words are above"
		exit 1
	fi
}

# step NAME COMMAND...: what a step has to say is shown only where it fails.
step() {
	name=$1
	shift
	start=$(date +%s)
	if "$@" >"$tools/log" 2>&1; then result=ok; else result=FAIL failed=1; fi
	printf '%-4s  %s (%d s)\n' "$result" "$name" $(($(date +%s) - start))
	[ "$result" = ok ] || sed "s#$project/##g; s/^/      /" "$tools/log" | head -n 40
}

format() {
	how=--check
	[ -z "${FIX:-}" ] || how=--write
	# From there, because that is where prettier looks for its plug-ins.
	(cd "$tools" && node_modules/.bin/prettier --config prettierrc.json --log-level warn "$how" --no-error-on-unmatched-pattern \
		"$project/force-app/**/*.cls" "$project/force-app/**/*-meta.xml" "$project/ci/*.mjs")
}

# apex-ls ends with 0 on a warning, and an assignment to a final variable is one to it.
compile() {
	said=$(java -cp "$tools/node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib/*" \
		io.github.apexdevtools.apexls.CheckForIssues --nocache --detail warnings --workspace "$project" 2>&1) && [ -z "$said" ] && return
	echo "$said"
	return 1
}

convert() {
	out=$(mktemp -d)
	node "$tools/convert.mjs" "$project" "$out/deployable" || { rm -rf "$out"; return 1; }
	rm -rf "$out"
}

install_tools
step "format: prettier, Salesforce's own parser" format
step "metadata: schema and references" node "$tools/metadata.mjs" "$project"
step "conversion to what is deployed" convert
if find_java; then
	step "types: apex-ls" compile
	step "rules: PMD recommended" node "$tools/pmd.mjs" "$project"
else
	say "LEFT OUT, because there is no Java here: the type check (apex-ls) and the rules (PMD) of the Apex. Install Java 17 or later to have them."
fi
step "tests: every class to 95 % and more" go run ./cmd/flexcase apex test --quiet --coverage 95 --apex "$project"
exit "$failed"
