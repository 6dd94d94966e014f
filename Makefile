# Tutela: the commands of a developer and of a first visitor. Each sets up what it needs.
# `make demo` and `make test` are the two to know.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= $(CURDIR)/.demo

.PHONY: help setup demo code up test lint bench accuracy soak clean

help:  ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

setup: $(VENV)/.ready  ## Install Tutela and its tools into .venv, and the front end into node_modules

$(VENV)/.python: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tutela needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.ready: package-lock.json $(VENV)/.python
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

$(VENV)/.ready: $(VENV)/.python node_modules/.ready pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m tools.messages
	@touch $@

$(VENV)/.bench: $(VENV)/.ready requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

demo: setup  ## Start Tutela with a sample insurer; prints the address and the sign-ins
	@$(BIN)/python -m tools.messages
	@TUTELA_HOME="$(DEMO_HOME)/home" TUTELA_DEMO=1 $(BIN)/python -m sample.demo "$(DEMO_HOME)"

code: setup  ## Print the one-time codes of the demo's people
	@$(BIN)/python -m sample.codes "$(DEMO_HOME)"

up: setup  ## Start Tutela on TUTELA_HOME (default ~/.tutela)
	@$(BIN)/tutela up

test: setup  ## Run every test, with a real PostgreSQL and a real browser; ROOM="vault access": of these rooms
	@$(BIN)/python -m tools.room $(ROOM) >/dev/null
	@$(BIN)/python -m tools.messages
	@$(BIN)/python -m compileall -q src tests sample tools  # some 400 processes are started; a machine may write no bytecode itself
	@test -x /usr/bin/chromium || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || true
	@test -x /usr/bin/chromium || echo "The browser tests need Debian's Chromium; run: sudo apt-get install chromium fonts-noto-cjk"
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder $$($(BIN)/python -m tools.room $(ROOM)) $(ARGS)

lint: setup  ## Check style, types and texts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tools.messages --check

bench: $(VENV)/.bench  ## Measure, beside the peers; writes build/bench.json
	@$(BIN)/python -m benchmarks $(ARGS)

accuracy: setup  ## How right values and columns are read, with every miss; ARGS="--count 1000 --kinds phone"
	@$(BIN)/python -m benchmarks.accuracy $(ARGS)

soak: $(VENV)/.bench  ## The slow tests and measures: faults again and again, 10 million customers
	@$(BIN)/python -m pytest tests/soak
	@$(BIN)/python -m benchmarks --soak $(ARGS)

clean:  ## Remove what was built
	rm -rf $(VENV) node_modules build .demo
