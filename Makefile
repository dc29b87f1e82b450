# What people type here. `make help` says what each does; README.md has the settings.

SHELL := /bin/sh
VENV := .venv
RUN := $(VENV)/bin/python

REQUIREMENTS := $(if $(filter postgres%,$(DATABASE_URL)),requirements-postgres.txt,requirements.txt)

# The one the lock files were made with comes first.
PYTHONS := $(if $(PYTHON),$(PYTHON),python3.13 python3.14 python3.12 python3 python)
IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 12))'

# Installs a file of requirements, unless that very file is already installed.
install = cmp -s $(1) $(VENV)/$(1) || { \
	    echo "Installing $(1)" && \
	    $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	    cp $(1) $(VENV)/; }

.PHONY: help run setup test check messages bench lock clean environment development

help:  ## what there is to type
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' Makefile | expand -t 14

run: setup  ## install what is missing, load the studio into an empty database, serve it
	@exec $(RUN) -m studio.serve

setup: environment  ## all of `make run` before serving
	@$(call install,$(REQUIREMENTS))
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py collectstatic --no-input --verbosity 0
	@$(RUN) manage.py loadstudio --if-empty
	@$(RUN) manage.py loadpages
	@$(RUN) manage.py nextsteps

# Hundreds of short processes would each compile the program anew where bytecode may not be kept.
check test bench: export PYTHONDONTWRITEBYTECODE :=

# One process more than there are cores: tests wait for servers and browsers part of their time.
# Each begins with a stretch of files of its own, whose modules are set up once.
test: development  ## every test, on SQLite; those that touch the database's rules on PostgreSQL too
	@$(RUN) -m tests.chromium
	@jobs=$$($(RUN) -c 'import os; print((os.cpu_count() or 1) + 1)') && \
	    $(RUN) -m pytest -n $$jobs --dist worksteal && \
	    $(RUN) -m tests.on_postgres -n $$jobs --dist worksteal -m both_engines

check: export DATA_DIR := $(VENV)/check-data
check: development  ## format, lint, types, imports, templates, migrations, deployment
	@$(RUN) -m ruff format --check --output-format concise .
	@$(RUN) -m ruff check --output-format concise .
	@$(RUN) -m mypy --num-workers auto
	@$(VENV)/bin/lint-imports --no-logo
	@find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 6.1 --check {} +
	@$(RUN) manage.py makemigrations --check --dry-run
	@BASE_URL=https://studio.example TRUSTED_PROXIES=1 \
	    $(RUN) manage.py check --deploy --fail-level WARNING

messages: development  ## bring the Spanish words in locale/ up to date, and compile them
	@$(RUN) -m tests.catalogue

bench: development  ## benchmarks, with a table at the end
	@$(RUN) -m benchmarks --large

lock: environment  ## make the requirements*.txt anew from pyproject.toml
	@rm -rf $(VENV)/lock && $(RUN) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	@compile() { \
	    $(VENV)/lock/bin/python -m piptools compile --quiet --upgrade --generate-hashes \
	        --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	        --no-emit-trusted-host --no-emit-find-links "$$@" pyproject.toml; }; \
	compile --output-file requirements.txt && \
	compile --extra postgres --constraint requirements.txt --output-file requirements-postgres.txt && \
	compile --extra dev --constraint requirements-postgres.txt --output-file requirements-dev.txt

clean:  ## remove what make made; the data in var/ stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment, made anew when its Python has gone or the directory was moved.
environment:
	@$(RUN) $(IS_NEW_ENOUGH) 2>/dev/null && test "$$(cat $(VENV)/made 2>/dev/null)" = "$(CURDIR)" || { \
	    bare=; \
	    for python in $(PYTHONS); do \
	        "$$python" $(IS_NEW_ENOUGH) 2>/dev/null || continue; \
	        "$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$$python; continue; }; \
	        echo "Making $(VENV) with $$("$$python" --version)"; \
	        "$$python" -m venv --clear $(VENV) && echo "$(CURDIR)" >$(VENV)/made; \
	        exit; \
	    done; \
	    if [ "$$bare" ]; then \
	        echo "$$bare has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)."; \
	    else \
	        echo "No Python 3.12 or newer among $(PYTHONS): install one, or name it with make PYTHON=..."; \
	    fi >&2; \
	    exit 1; }

development: environment
	@$(call install,requirements-dev.txt)
