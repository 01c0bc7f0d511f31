# Cascade. Needs git, make and Python 3.11 or newer; everything else is fetched into this folder.
.DEFAULT_GOAL := help
.PHONY: help setup demo test drill check format lock wheel clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
# One more than two cores: tests of pages and servers leave theirs idle while they wait.
WORKERS ?= 3
DRILLERS ?= 2

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## make .venv with the locked packages and build the page styles (again: at once)
	@test -n "$(PYTHON)" || { echo "setup: Python 3.11 or newer is needed; install it, or say where: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m tools.prepare

demo: setup ## play the whole story on this machine; ARGS="--exit --json" plays it to the end
	@$(BIN)/cascade demo $(ARGS)

test: setup ## run the tests; ARGS="tests/store -x" chooses among them
	$(BIN)/python -m pytest -m "not drill" -n $(WORKERS) --dist worksteal $(ARGS)

drill: setup ## rehearse the failures: kill -9, two senders, floods
	$(BIN)/python -m pytest -m drill -n $(DRILLERS) $(ARGS)

check: setup ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup ## choose package versions afresh within pyproject.toml's bounds; ARGS=--upgrade for the newest
	$(PYTHON) -m tools.lock $(ARGS)

wheel: setup ## build the wheel into dist/
	$(BIN)/python -m hatchling build --target wheel

clean: ## remove everything that was made here, but no database
	rm -rf .venv .tools node_modules bot/web/static dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
