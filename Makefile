# A front door over tools/. `make help` lists what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run dev test dist bench workshop fmt lint sqlx clean

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 8

setup: ## fetch what a bare machine lacks
	@tools/setup.sh

run: setup ## build and start with demo data; prints the address and the sign-ins
	@tools/build.sh release
	@. tools/env.sh; SAPAR_DEMO=1 exec "$$SAPAR_TARGET/release/sapar" serve

dev: setup ## start, and again after each change
	@tools/build.sh prepare
	@tools/style.sh --watch & trap "kill $$!" EXIT; \
	  . tools/env.sh; SAPAR_DEMO=1 SQLX_OFFLINE=$${SQLX_OFFLINE:-true} cargo leptos watch --split -- serve

test: ## all tests
	@tools/test.sh

dist: setup ## a folder dist/ that runs anywhere
	@tools/dist.sh

bench: setup ## measure the release build, write docs/PERFORMANCE.md
	@tools/build.sh release
	@tools/bench.sh

workshop: ## every component in every state at http://127.0.0.1:3004
	@tools/setup.sh --workshop
	@. tools/env.sh; exec trunk serve

fmt: setup ## lay out all code
	@. tools/env.sh; cargo fmt --all

lint: setup ## what CI checks before it tests
	@tools/lint.sh

sqlx: ## write the query data in .sqlx anew
	@tools/sqlx.sh

clean: ## remove what was built
	@. tools/env.sh; cargo clean; rm -rf dist
