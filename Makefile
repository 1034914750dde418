# `make help` lists what there is. Everything happens in .venv, made on first use.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO ?= demo.db

.DEFAULT_GOAL := help
.PHONY: help run test faults check lint types keys requirements bench report-shot wheel lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

run: $(READY) ## open the dashboard on the demo portfolio
	@$(BIN)/changedesk demo --db $(DEMO)

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest -n 3

faults: $(READY) ## put the program through every fault of docs/security.md at full size (strace for failing disks)
	@FAULTS=full $(BIN)/python -m pytest -n 2 -m fault

check: lint types test ## all that CI runs

lint: $(READY) ## style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY) ## types, strictly
	@$(BIN)/mypy

keys: $(READY) ## write docs/keys.md anew from the commands
	@$(BIN)/python -m changedesk.commands > docs/keys.md

requirements: $(READY) ## write docs/requirements.md anew from docs/requirements.toml and the tests
	@$(BIN)/python tests/architecture/requirement_register.py > docs/requirements.md.new && mv docs/requirements.md.new docs/requirements.md

bench: $(READY) ## make the big desk and measure every budget against an empty Textual program (half an hour)
	@$(BIN)/python bench/run.py

report-shot: $(READY) ## photograph a report of the demo portfolio, into dist/
	@scripts/report-shot $(BIN)

wheel: $(READY) ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --outdir dist .

lock: $(READY) ## write requirements-dev.lock anew from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable --exclude changedesk > requirements-dev.lock

clean: ## remove the environment and what was built
	rm -rf $(VENV) dist build

$(READY): pyproject.toml requirements-dev.lock scripts/make-venv
	@echo "Setting up $(VENV): a minute or two, and only when what it needs has changed." >&2
	@test -x $(BIN)/python || scripts/make-venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
