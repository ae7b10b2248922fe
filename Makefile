# Everything a person does with this project, one line each. `make help` lists it.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
SETUP := sh config/setup.sh
FONTS = $(MAKE) --silent var/fonts/stamp.json
# A machine that forbids bytecode makes every process compile 400 modules anew: the tests start dozens of them.
unexport PYTHONDONTWRITEBYTECODE
# What missed a time limit, on a machine that was busy with something else, gets one more try and is named in the
# summary. A wrong result gets none.
AGAIN := -rR --reruns 1 --only-rerun TimeoutError --only-rerun "(Locator|Page) expected"

# Tests wait for browsers, workers and clocks: on two cores a third process fills what two leave idle (5:05 became 4:26).
PROCESSES := 3

# Only these are read for the pass on PostgreSQL: reading all takes as long as running them.
ON_POSTGRES = $(shell grep -rl "mark.postgres" --include="test_*.py" tests)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## Install what is missing, start everything, print the address and the logins (PORT=8123 make run)
	@$(SETUP) run
	@$(PYTHON) manage.py up

.PHONY: demo
demo: ## Throw the demonstration away and build it anew
	@$(SETUP) run
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo --reset

.PHONY: test
test: ## Install what the tests need and run all of them, on SQLite and on PostgreSQL (ARGS="-k name")
	@$(SETUP) test
	@$(FONTS)
	@status=0; said=$$(mktemp); \
	$(PYTHON) -m tests.servers -m pytest -m postgres $(AGAIN) $(or $(ARGS),$(ON_POSTGRES)) > "$$said" 2>&1 & second=$$!; \
	trap 'kill $$second 2> /dev/null' INT TERM; \
	$(PYTHON) -m pytest -n $(PROCESSES) --dist worksteal $(AGAIN) $(ARGS) || status=$$?; \
	wait $$second || { code=$$?; [ "$(ARGS)" ] && [ $$code -eq 5 ] || status=$$code; }; \
	echo; echo "On a real PostgreSQL, at the same time, the tests that need one:"; cat "$$said"; rm -f "$$said"; \
	exit $$status

# Made, or looked at whether they are right, where what they are made of is newer.
var/fonts/stamp.json: requirements/base.txt people/fonts.py people/font_cutting.py
	@$(PYTHON) manage.py build_fonts
	@touch -c $@

.PHONY: check
check: ## Lint, types, layers, templates, migrations, deploy settings
	@$(SETUP) dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/djlint --lint --quiet templates
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(FONTS)
	@ENV_FILE=config/production-example.env $(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(PYTHON) -m mypy

.PHONY: fmt
fmt: ## Put code and templates into the one format
	@$(SETUP) dev
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .

.PHONY: bench
bench: ## Measure, one line a figure (GROUP=pages to run one group)
	@$(SETUP) dev
	@$(FONTS)
	@$(PYTHON) manage.py bench $(GROUP)

.PHONY: doctor
doctor: ## Name every wrong setting in a sentence, with its cure
	@$(SETUP) run
	@$(PYTHON) manage.py doctor

.PHONY: lock
lock: ## Choose the newest allowed versions and write them to requirements/, with hashes and without addresses
	@$(SETUP) lock

.PHONY: clean
clean: ## Remove the environment and the caches; your data in var/ stays
	@rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-artefacts
