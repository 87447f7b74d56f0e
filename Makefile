# Everything a newcomer needs: `make run`, `make test`. Python 3.11 or newer has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint types lock model bench clean

run: $(READY) ## run the main job on the examples, into ./workspace
	@test -e workspace/project.key || $(BIN)/signaal init workspace --sources examples/sources
	@$(BIN)/signaal ingest examples/inbox --workspace workspace || test $$? -eq 1

test: $(READY) ## every test, with the reason for each that is skipped
	@$(BIN)/pytest

lint: $(READY)
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

lock: $(READY) ## refresh requirements.lock: every package by version and hash
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--fork-strategy fewest --extra dev --upgrade pyproject.toml --output-file requirements.lock

model: $(READY) ## train the Dutch pipeline anew, from ../shared/data
	@$(BIN)/python -m training --shared ../shared --out src/signaal/anonymise/model/nl_signaal

bench: $(READY) ## what detection leaves in the benchmark, and what a large survey costs
	@$(BIN)/python -m benchmarks.detection
	@$(BIN)/python -m benchmarks.large_table

clean:
	@rm -rf $(VENV) workspace build src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The packages of the lock, by hash, then this one as it stands here.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("signaal needs Python 3.11 or newer: make run PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
