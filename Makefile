# Everything a person types is here; `make help` lists it. Needs Python 3.11 or newer and nothing else.

PORT ?= 8000
DATABASE ?= sqlite
# The first Python here that is new enough; name another with make PYTHON=...
PYTHON ?= $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)
PYTHON_BIN := .venv/bin/python
STAMP := .venv/.installed

# Sources of the files that tools/assets.py makes.
CATALOGUES := $(wildcard views/translations/*/LC_MESSAGES/*.po)
STATICS := $(shell find static -type f ! -name '*.br' ! -name '*.gz' 2>/dev/null)

DEMO := GOODCAUSE_DEMO=1 GOODCAUSE_INSTANCE="$(CURDIR)/instance" \
	GOODCAUSE_DATABASE_URL="sqlite:///$(CURDIR)/instance/demo.sqlite3" GOODCAUSE_BASE_URL="http://127.0.0.1:$(PORT)"
FLASK := .venv/bin/flask --app app

# No index address and no path of this machine may reach a lock file, so its pip settings are left aside.
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= .venv/locking/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --strip-extras \
	--no-header --no-annotate $(LOCK_OPTIONS)

.PHONY: help install run test check bench lock messages

help: ## List what can be typed here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */make \1|/' | while IFS='|' read -r name does; do printf '%-16s %s\n' "$$name" "$$does"; done

install: $(STAMP) .venv/.assets ## Create .venv with the locked packages, compile catalogues, compress static files

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Goodcause needs Python 3.11 or newer, and there is no $(PYTHON) here. Install it, or name another: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Goodcause needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the virtual environment .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

$(STAMP): requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "Installing the locked packages (about a minute the first time)"
	@$(PYTHON_BIN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.assets: $(STAMP) tools/assets.py $(CATALOGUES) $(STATICS)
	@$(PYTHON_BIN) tools/assets.py
	@touch $@

run: install ## The demonstration on 127.0.0.1, with invented people: make run PORT=8000
	@mkdir -p -m 700 instance
	@$(DEMO) $(FLASK) migrate
	@$(DEMO) $(FLASK) demo
	@$(DEMO) $(FLASK) serve --host 127.0.0.1 --port $(PORT)

test: install ## All tests: make test, make test DATABASE=postgres, make test ARGS="-k move"
	@$(PYTHON_BIN) -m pytest -n 2 --database $(DATABASE) $(ARGS)

check: install ## Lint, format, types and templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/djlint --lint --quiet templates

bench: install ## Measure; prints ratios and writes bench/results.json
	@$(PYTHON_BIN) -m bench

lock: .venv/locking/bin/pip-compile ## Write the lock files anew; newer versions with make lock LOCK_OPTIONS=--upgrade
	@$(COMPILE) -o requirements.txt requirements.in
	@$(COMPILE) -o requirements-dev.txt requirements-dev.in
	@$(COMPILE) -o requirements-postgres.txt requirements-postgres.in

.venv/locking/bin/pip-compile: | .venv/bin/python
	@$(PYTHON_BIN) -m venv .venv/locking
	@.venv/locking/bin/python -m pip install -qq --disable-pip-version-check pip-tools==7.6.2

messages: install ## Collect the sentences into the catalogues; begin another language with make messages NEW=fr
	@$(PYTHON_BIN) tools/messages.py $(NEW)
	@$(PYTHON_BIN) tools/assets.py
