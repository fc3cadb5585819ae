# flex-caselog. `make` alone lists what can be made.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# Tools that are run from source, pinned here and nowhere else.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

GO_JS     := GOOS=js GOARCH=wasm go
NODE_EXEC := $(shell go env GOROOT 2>/dev/null)/lib/wasm/go_js_wasm_exec
# The packages that run in the browser.
JS_PACKAGES := ./internal/jscall ./internal/opencti ./internal/flexbridge ./internal/outbox
# The packages whose tests pack the program, which the race detector makes take minutes.
PACKERS := ./internal/bundle ./bench/gate
FUZZTIME ?= 2s

##@ Main

.PHONY: run
run: need-sandbox ## Try the whole of it: Flex in Salesforce on this machine, no account needed
	@go run ./cmd/flexcase sandbox $(ARGS)

.PHONY: test
test: check unit wasm web test-apex fuzz e2e ## Everything that must be green
	@echo "make test: all green"

.PHONY: build
build: need-go ## Build the plugin: dist/bundle.js
	@go run ./cmd/flexcase build

##@ Parts of the tests

.PHONY: check
check: need-go ## Formatting, vet and lint, native and for the browser
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
		if [ -n "$$unformatted" ]; then echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; fi
	go vet -tags e2e ./...
	$(GO_JS) vet ./cmd/plugin $(JS_PACKAGES)
	$(GO_JS) vet -tags faults ./cmd/plugin
	GOBIN=$(CURDIR)/.cache/bin go install $(STATICCHECK)
	.cache/bin/staticcheck -tags e2e ./...
	GOOS=js GOARCH=wasm .cache/bin/staticcheck ./cmd/plugin $(JS_PACKAGES)

.PHONY: unit
unit: need-go need-node ## Native tests, with the race detector
	go test $(PACKERS)
	go test -race $$(go list ./... $(foreach p,$(PACKERS),| grep -v '/$(notdir $(p))$$'))

.PHONY: wasm
wasm: need-go need-node ## The bindings' tests, as WebAssembly in Node
	$(GO_JS) test -exec="$(NODE_EXEC)" $(JS_PACKAGES)

.PHONY: web
web: need-node ## The loader's tests, in Node
	node --test --test-timeout=60000 web/test/

.PHONY: fuzz
fuzz: need-go ## Every fuzz target for FUZZTIME (2s)
	@FUZZTIME=$(FUZZTIME) ./scripts/fuzz.sh

.PHONY: e2e
e2e: need-sandbox ## Whole calls in Chromium against the real Flex UI
	go test -tags e2e -count=1 -timeout 40m -p 1 -run E2E ./e2e ./internal/sandbox/...

.PHONY: test-apex
test-apex: need-go need-node ## The Salesforce half: format, types, metadata, rules, tests
	@./scripts/test-apex.sh

.PHONY: mutate-apex
mutate-apex: need-go ## Break the Salesforce half by one line at a time, and see what notices
	go run ./cmd/flexcase apex mutate

.PHONY: simulate
simulate: need-go ## A hundred thousand days that go wrong (some minutes)
	go test ./internal/simulation -run TestPromises -v -seeds 100000 -timeout 60m

##@ Other

.PHONY: soak
soak: need-soak ## 10,000 tasks in one browser while Salesforce fails: docs/soak.png
	@go run ./cmd/flexcase soak --plot docs/soak.png $(ARGS)

.PHONY: bench
bench: need-sandbox ## Measure beside a plugin in plain JavaScript: docs/bench-*.png, out/bench/bench.json
	@go run ./cmd/flexcase bench --plots docs $(ARGS)

.PHONY: size
size: need-go ## Where the bytes of the program are: docs/size.png
	@go run ./cmd/flexcase size --treemap docs/size.png $(ARGS)

.PHONY: clean
clean: ## Remove what was built, and the sandbox's cache
	rm -rf dist out .cache

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: need-go need-node need-sandbox need-soak
need-go:
	@./scripts/need.sh go
need-node:
	@./scripts/need.sh node
need-sandbox:
	@./scripts/need.sh go node npm chromium
need-soak:
	@./scripts/need.sh go chromium
