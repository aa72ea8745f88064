# Two commands do everything: `make replay` and `make test`. The rest are their parts.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# No byte-compiling of the 60 packages: Python compiles what it imports, once, and the rest is never needed.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-compile
SEEDS ?= seeds/
OUTPUT ?= output
TESTS ?=
# Set in many containers; with it each of the hundreds of processes that the tests start would compile sixty packages
# anew, which is half of their processor time.
unexport PYTHONDONTWRITEBYTECODE
# Half of the tests wait for other processes; four workers keep two cores busy. A module stays on one worker,
# and they are handed out in the order of tests/conftest.py, not by how many tests they have.
PARALLEL ?= -n 4 --dist loadscope --no-loadscope-reorder

.PHONY: help setup dev system replay crawl test lint unit bench-extraction bench-captures bench-verdict bench-robustness bench-translation bench-live clean

help:
	@sed -n 's/^## //p' Makefile

## make replay             set up, then replay seeds/ into output/ (SEEDS=… OUTPUT=… to change)
replay: setup
	@$(BIN)/scrapy replay $(SEEDS) -o $(OUTPUT)

## make setup              the virtual environment, and one try for the official zh→en package
setup: $(VENV)/.ready $(VENV)/.package

# The stamp is newer than the lock when everything in it is installed: a second call does nothing.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "polyglean needs Python 3.11 or newer; call make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) from requirements.lock"
	@$(PIP) -r requirements.lock
	@touch $@

# Tried once, so that a machine without a network is not kept waiting at every call.
$(VENV)/.package: | $(VENV)/.ready
	@$(BIN)/scrapy models install zh en --once || true
	@touch $@

dev: setup $(VENV)/.ready-dev

$(VENV)/.ready-dev: requirements-dev.lock | $(VENV)/.ready
	@echo "adding the test tools from requirements-dev.lock"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# Programs that some tests use; a test that lacks its program says so loudly.
system:
	@.ci/system-packages

## make test               set up, then lint, types and every test
test: dev system lint unit

lint: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

unit: dev
	@$(BIN)/python -m pytest $(PARALLEL) $(TESTS)

## make bench-extraction   article text, titles, dates, authors and speed beside other extractors
bench-extraction: dev
	@$(BIN)/python -m benchmarks.extraction

## make bench-captures     the same pages rendered to plain text first
bench-captures: dev
	@$(BIN)/python -m benchmarks.captures

## make bench-verdict      what is taken for an article and is none, and the reverse
bench-verdict: dev
	@$(BIN)/python -m benchmarks.verdict

## make bench-robustness   the same pages, changed in ways that no reader sees
bench-robustness: dev
	@$(BIN)/python -m benchmarks.robustness

## make bench-translation  BLEU and chrF, fidelity flags, speed beside plain argostranslate
bench-translation: dev
	@$(BIN)/python -m benchmarks.translation

## make bench-live         pages a second, memory and event-loop lag of a crawl of a loopback web
bench-live: dev
	@$(BIN)/python -m benchmarks.live

## make clean              remove what was set up (never output/)
clean:
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
