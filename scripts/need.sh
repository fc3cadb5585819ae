#!/bin/sh
# Sees to it that the tools a make target needs are there, or says in a sentence
# what to do. Usage: need.sh go node npm chromium
set -eu

say() { echo "flex-caselog: $*" >&2; }

# The names and places that internal/sandbox/browser looks for, too.
find_chromium() {
	if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		if command -v "$name"; then return; fi
	done
	for app in "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
		if [ -x "$app" ]; then echo "$app"; return; fi
	done
}

install_chromium() {
	if ! command -v apt-get >/dev/null; then
		say "no Chromium or Chrome was found. Install one, or set CHROMIUM to its path."
		exit 1
	fi
	if [ "$(id -u)" != 0 ]; then
		say "no Chromium was found. Install it with: sudo apt-get install chromium   (or set CHROMIUM to the path of a Chromium or Chrome)"
		exit 1
	fi
	say "installing Chromium with apt-get (once; about a minute)"
	log=$(mktemp)
	if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-liberation; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		say "apt-get could not install Chromium; its last words are above, all of them in $log"
		exit 1
	fi
	rm -f "$log"
}

for tool in "$@"; do
	case $tool in
	chromium)
		[ -n "$(find_chromium)" ] || install_chromium
		;;
	node)
		command -v node >/dev/null || { say "Node.js is needed (20 or later): https://nodejs.org"; exit 1; }
		major=$(node -p 'process.versions.node.split(".")[0]')
		[ "$major" -ge 20 ] || { say "Node.js 20 or later is needed; this is $(node --version)"; exit 1; }
		;;
	go)
		command -v go >/dev/null || { say "Go is needed (1.26 or later): https://go.dev/dl"; exit 1; }
		;;
	*)
		command -v "$tool" >/dev/null || { say "$tool is needed and was not found"; exit 1; }
		;;
	esac
done
