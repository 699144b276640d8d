# Every target is one line of help.
FUZZTIME ?= 60s
LINT     := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: help demo test check lint fuzz bench

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

demo: ## the bot in a browser on this machine, with no account and no server
	go run . demo

test: ## everything, with the race detector, on private PostgreSQL, Redis and Chromium
	@scripts/test

check: ## what takes a minute: format, vet, lint, imports, short tests
	@scripts/check

lint: ## golangci-lint in the pinned version, built on first use
	go run $(LINT) run ./...

fuzz: ## every fuzz target for FUZZTIME (60s) each
	@scripts/fuzz $(FUZZTIME)

bench: ## every benchmark, on SQLite and on a private PostgreSQL
	@scripts/test -- go test -run '^$$' -bench . -benchmem ./...
