.DEFAULT_GOAL := help
.PHONY: help run test audit bench pictures lint format messages lock clean install dev

# The Python that .venv is made with. One that .venv already has is good, so that a choice need be made only once.
PYTHON ?= $(shell .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo .venv/bin/python || echo python3)
IN_VENV := .venv/bin/python
# What reads the settings needs a data folder, and may ask the database: not those of `make run`.
ON_TEST_DATABASE := $(IN_VENV) -m tests.postgres $(IN_VENV)

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 16

run: install ## Install what is missing and serve at http://127.0.0.1:8000 (PORT, DATABASE_URL, DATA_DIR)
	@$(IN_VENV) -m config.run

test: dev ## Run the tests, on a PostgreSQL of their own (or TEST_DATABASE_URL); T="tests/x.py -k y" chooses
	@$(IN_VENV) -m pytest -n auto --dist worksteal $(T)

audit: dev ## Have the public pages judged by the W3C's validator and Lighthouse; needs Node.js, Java and Chromium
	@$(IN_VENV) -m tests.audit $(T)

bench: dev ## Measure the API, the pages and the desk against their yardsticks
	@$(IN_VENV) -m bench

pictures: dev ## Take the pictures of README.md and docs/ anew, and of every public page into .pictures (TO=folder)
	@$(IN_VENV) -m docs.pictures
	@PICTURES=docs/images/desk $(IN_VENV) -m pytest -q -n 0 tests/browser/test_a_day.py -k Mouse
	@PICTURES=$(or $(TO),.pictures) $(IN_VENV) -m pytest -q -n 0 tests/browser/test_accessibility.py -k fit

lint: dev ## Check style, types, import rules, templates and migrations
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m ruff format --check .
	@.venv/bin/lint-imports --no-cache
	@$(ON_TEST_DATABASE) -m mypy
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	@$(ON_TEST_DATABASE) manage.py makemigrations --check --dry-run
	@$(ON_TEST_DATABASE) manage.py check

format: dev ## Put code and templates into the house style
	@$(IN_VENV) -m ruff check --fix .
	@$(IN_VENV) -m ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

messages: dev ## Bring locale/ up to date with what the code says, and compile it (needs gettext)
	@$(ON_TEST_DATABASE) manage.py makemessages --all $(AS_IN_LOCALE) --ignore tests --ignore bench
	@$(ON_TEST_DATABASE) manage.py compilemessages --ignore .venv
# By file and without line numbers, one line a message: only what changed is changed.
AS_IN_LOCALE = --no-obsolete --no-wrap --add-location file

lock: dev ## Choose the newest packages that fit and write requirements/
	@$(UV) pyproject.toml -o requirements/run.txt
	@$(UV) pyproject.toml --group dev -o requirements/dev.txt
	@$(UV) --group postgres -o requirements/postgres.txt
UV = .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade

clean: ## Remove .venv, caches and collected files; .data, which holds the embedded database, stays
	rm -rf .venv static .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

install:
	@$(PYTHON) config/install.py run

dev:
	@$(PYTHON) config/install.py dev
