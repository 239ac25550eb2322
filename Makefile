# Guanda: everything that one does with it. `make` or `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
# What makes the environment may be any Python 3; it finds the 3.10 that Rasa needs.
SETUP := python3 scripts/setup.py
# uv where there is one, else the one that setup has fetched
UV = $(shell uv --version > /dev/null 2>&1 && echo uv || echo var/tools/bin/uv)
NEWER := .venv-newer/bin/python
ARGS ?=

.PHONY: help run shell ask wechat-sim train eval bench db web screenshots test test-fast test-newer lint format lock setup setup-dev setup-bench clean \
	clean-all

help:  ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Settings are environment variables (GUANDA_PORT=5006 make run); see docs/settings.md."

run: setup  ## start the assistant; Ctrl-C stops it
	@exec $(PYTHON) -m bot run $(ARGS)

shell: setup  ## ask it in the terminal
	@exec $(PYTHON) -m bot shell $(ARGS)

ask: export QUESTION := $(value Q)
ask: setup  ## one answer: make ask Q='…' (JSON=1 prints the card)
	@exec $(PYTHON) -m bot ask $(if $(JSON),--json) $(ARGS) -- "$$QUESTION"

wechat-sim: setup-dev  ## chat as a WeChat user through the real channel (ARGS=--wecom, --help)
	@exec $(PYTHON) -m tests.standin $(ARGS)

train: setup  ## train the model if what it learns from has changed
	@exec $(PYTHON) -m bot train $(ARGS)

eval: setup  ## measure the assistant, write var/eval/report.html (docs/evaluation.md)
	@exec $(PYTHON) -m evaluation $(ARGS)

web:  ## build the widget that is committed (needs node)
	@cd bot/web/frontend && npm ci --no-audit --no-fund && npm run build

screenshots: setup-dev  ## draw the pictures of the READMEs from the real assistant
	@exec $(PYTHON) -m scripts.screenshots $(ARGS)

bench: setup-bench  ## measure latency and throughput beside a stock Rasa
	@exec $(PYTHON) -m bot bench $(ARGS)

db: setup  ## build the policy database if its sources have changed
	@exec $(PYTHON) -m bot db $(ARGS)

test: setup-dev  ## run all tests, on two cores (ARGS=-n0: on one)
	@exec $(PYTHON) -m pytest -n 2 $(ARGS)

test-fast: setup-dev  ## run the tests that take no servers and no training
	@exec $(PYTHON) -m pytest -n 2 -m "not slow and not e2e" $(ARGS)

test-newer: setup  ## run the policy database's own tests on a newer Python with SQLAlchemy 2
	@test -x $(NEWER) || $(UV) venv --quiet --python '>=3.11' $(dir $(NEWER))..
	@$(UV) pip sync --quiet --require-hashes --python $(NEWER) requirements/newer.txt
	@$(NEWER) -m pytest tests/policies_db $(ARGS)

lint: setup-dev  ## check style and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

format: setup-dev  ## put the code into its style
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

# --no-emit-index-url and --no-header keep package addresses out of the files
LOCK := uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--python-platform x86_64-manylinux_2_28 --python-version
lock:  ## pin and hash the requirements anew (needs uv)
	@$(LOCK) 3.10 --override requirements/overrides.txt requirements/runtime.in -o requirements/runtime.txt
	@$(LOCK) 3.10 requirements/dev.in -o requirements/dev.txt
	@$(LOCK) 3.10 requirements/bench.in -o requirements/bench.txt
	@$(LOCK) 3.11 requirements/newer.in -o requirements/newer.txt
	@$(LOCK) 3.10 requirements/setup.in -o requirements/setup.txt

setup:  ## make .venv with all that running needs
	@$(SETUP)

setup-dev:
	@$(SETUP) --dev

setup-bench:
	@$(SETUP) --bench

clean:  ## remove what is built: database, models, logs, caches
	@rm -rf var models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

clean-all: clean  ## also remove .venv
	@rm -rf .venv .venv-newer
