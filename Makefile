# One word per chore; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app app
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

run: .venv/installed .env $(CATALOGUES) ## install, prepare and serve everything; Ctrl-C ends it
	@$(FLASK) serve

run-production: .venv/installed $(CATALOGUES) ## the same with the settings of the environment, refusing weak ones
	@ENVIRONMENT=production $(FLASK) serve --no-demo

test: .venv/tested $(CATALOGUES) ## run all tests
	@$(BIN)/python -m pytest -n auto --dist loadscope

check: format-check lint types layers procedures translations test ## everything that CI asks for

format: .venv/tested ## put the code into its shape
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

format-check: .venv/tested
	@$(BIN)/ruff format --check .

lint: .venv/tested ## find slips
	@$(BIN)/ruff check .

types: .venv/tested ## check types
	@$(BIN)/mypy

layers: .venv/tested ## check that imports go one way
	@$(BIN)/lint-imports

procedures: .venv/installed ## check the shipped procedures
	@$(FLASK) procedures check

translations: .venv/installed ## check that no text lacks its translation
	@$(FLASK) translations check

bench: .venv/bench $(CATALOGUES) ## measure against the peers (by hand, on a quiet machine)
	@$(BIN)/python -m bench

clean: ## forget the installation and the embedded data
	@rm -rf .venv var .env $(CATALOGUES)

.venv/installed: requirements.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tested: .venv/installed requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/bench: .venv/tested requirements-bench.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

.env: .env.example
	@test -f .env || $(BIN)/python -m app.cli.make_env .env.example > .env

translations/%.mo: translations/%.po .venv/installed
	@$(BIN)/pybabel --quiet compile -i $< -o $@

.PHONY: help run run-production test check format format-check lint types layers procedures translations bench clean
