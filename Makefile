# Everything a newcomer needs: `make run`, `make test`. Python 3.11 or newer has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What the engines "transformers" and "gliner" need lies on top of the packages above.
ENGINES := $(VENV)/engines
ENGINES_READY := $(ENGINES)/.ready
# By version alone: the build without CUDA, where pip finds one, has another hash on every platform.
TORCH ?= torch==2.13.0

.PHONY: run test test-engines lint types lock model bench clean

run: $(READY) ## run the main job on the examples, into ./workspace
	@test -e workspace/project.key || $(BIN)/signaal init workspace --sources examples/sources
	@$(BIN)/signaal ingest examples/inbox --workspace workspace || test $$? -eq 1

test: $(READY) ## every test, with the reason for each that is skipped
	@$(BIN)/pytest -n auto --dist loadfile

test-engines: $(ENGINES_READY) ## the tests of the engines that need torch, a gigabyte of packages
	@$(ENGINES)/bin/python -m pytest -m transformers

lint: $(READY)
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

lock: $(READY) ## refresh requirements.lock: every package by version and hash
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--fork-strategy fewest --extra dev --upgrade pyproject.toml --output-file requirements.lock
	@echo "torch ; python_version < '0'" | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --fork-strategy fewest --group engines --upgrade \
		--constraint requirements.lock --override - --output-file requirements-engines.lock

model: $(READY) ## compile the lexicon and train the Dutch pipeline anew, from ../shared/data
	@$(BIN)/python -m training.lexicon --shared ../shared
	@$(BIN)/python -m training --shared ../shared --out src/signaal/anonymise/model/nl_signaal

bench: $(READY) ## what detection leaves in the benchmark, what notes and large surveys cost
	@$(BIN)/python -m benchmarks.detection
	@$(BIN)/python -m benchmarks.speed
	@$(BIN)/python -m benchmarks.large_table
	@$(BIN)/python -m benchmarks.survey_table
	@$(BIN)/python -m benchmarks.solver
	@$(BIN)/python -m benchmarks.wandering

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

# An environment that sees the packages of the first one and adds its own.
$(ENGINES_READY): requirements-engines.lock $(READY)
	@echo "installing torch and the engines that use it into $(ENGINES)"
	@$(BIN)/python -m venv $(ENGINES)
	@$(BIN)/python -c 'import sys, sysconfig; own, base = (sysconfig.get_path("purelib", vars={"base": path}) for path in sys.argv[1:]); open(own + "/signaal.pth", "w").write(f"import site; site.addsitedir({base!r})\n")' $(abspath $(ENGINES) $(VENV))
	@$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-engines.lock
	@$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	@touch $@
