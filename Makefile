# The front door. `make` alone lists what can be done; `make run` and `make test` are all a newcomer needs.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ASSETS := src/evenhand/web/assets
NODE := $(VENV)/npm/node_modules
SERVED := src/evenhand/web/served/staticfiles.json
STATIC = $(wildcard $(ASSETS)/*.scss $(ASSETS)/*.js) $(shell find src/evenhand/*/static -type f -not -path "*/built/*")
SCENARIOS = $(sort $(shell find scenarios -name '*.yaml'))
EDITIONS = $(sort $(wildcard src/evenhand/policy/editions/*.toml))
DOCS := $(BIN)/evenhand docs

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)
export DJANGO_SETTINGS_MODULE := evenhand.settings

# Installs a Debian package as root, refreshing apt's lists only when the first try fails; needs_root says what to do otherwise.
APT_INSTALL = DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends
apt = { $(APT_INSTALL) $(1) >/dev/null 2>&1 || { apt-get -q -o DPkg::Lock::Timeout=600 update >/dev/null && $(APT_INSTALL) $(1) >/dev/null; }; }
can_apt = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null

.PHONY: help setup assets run test check replay bench mutants crash docs format postgres sandbox chromium screenshots

help: ## list these targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(SERVED) ## make the project's own environment; does nothing when nothing changed

run: setup sandbox ## set up, load the demonstration landlord at first, and serve on http://127.0.0.1:8000/
	@$(BIN)/evenhand serve --demo

test: setup postgres sandbox chromium ## run every test; the pure core must be covered branch by branch
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

check: setup ## format, lint, types, imports, migrations, generated docs, editions
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run
	$(DOCS) --check
	for edition in $(EDITIONS); do $(BIN)/evenhand policy check "$$edition"; done

format: setup ## put the code into the house format
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

replay: setup ## replay every scenario through the pure engine
	@$(BIN)/evenhand replay $(SCENARIOS)

docs: setup ## write docs/steps.md, docs/states.md and docs/policy-trace.md again
	$(DOCS)

bench: setup postgres ## print speeds, each beside a bare baseline from the same run
	@$(BIN)/python -m benchmarks

screenshots: setup chromium ## draw the pictures of the README anew, from the demonstration landlord
	@$(BIN)/python -m tests.browser.screenshots

mutants: setup ## break each seeded rule in turn and print which search finds it
	@$(BIN)/python -m tests.mutants

crash: setup postgres ## kill a writing process hundreds of times and count what was lost
	@$(BIN)/python -m tests.crash

# What comes from npm is fetched beside the environment, at the version and hash the lock file names, and nothing of it is run.
$(READY): pyproject.toml uv.lock Makefile $(ASSETS)/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "make: Evenhand needs Python 3.11 or newer; name one with 'make PYTHON=python3.11 setup'" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { $(can_apt) && echo 'make: installing python3-venv' && $(call apt,python3-venv); } \
		|| { echo "make: python3-venv is missing; as root: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/python -m uv sync --frozen --quiet $$(command -v npm >/dev/null || echo --group node)
	@mkdir -p $(VENV)/npm && cp $(ASSETS)/package.json $(ASSETS)/package-lock.json $(VENV)/npm
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --prefix $(VENV)/npm --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
	@echo 'make: the environment in $(VENV) is ready'

# The styles are compiled and every static file is named by its content and compressed, once for development, tests and the wheel.
assets: $(SERVED) ## build styles and scripts again, where one of them changed

$(SERVED): $(READY) $(STATIC)
	@mkdir -p src/evenhand/web/static/web/built
	@PATH="$$PATH:$(CURDIR)/$(BIN)" $(NODE)/.bin/sass --no-source-map --style=compressed --load-path=$(NODE) \
		$(ASSETS)/evenhand.scss src/evenhand/web/static/web/built/evenhand.css
	@cp $(ASSETS)/*.js $(NODE)/govuk-frontend/dist/govuk/govuk-frontend.min.js src/evenhand/web/static/web/built
	@sed -i '/^\/\/# sourceMappingURL/d' src/evenhand/web/static/web/built/govuk-frontend.min.js
	@$(BIN)/django-admin collectstatic --noinput --clear --verbosity 0
	@echo 'make: styles and scripts are built'

# The record's tests need PostgreSQL's server binaries, never a running cluster: Debian is told not to start one.
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
		|| { $(can_apt) && echo 'make: installing postgresql, without a cluster' && mkdir -p /etc/postgresql-common \
			&& { [ -e /etc/postgresql-common/createcluster.conf ] \
				|| echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf; } \
			&& $(call apt,postgresql); } \
		|| { echo '*** No PostgreSQL server here: EVERY TEST ON POSTGRESQL WILL BE SKIPPED.' >&2; \
			echo '*** As root: apt-get install postgresql' >&2; }

# The browser tests open every page as somebody would; without a browser they are skipped.
chromium:
	@{ command -v chromium && PATH="$$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q libatomic.so.1; } >/dev/null \
		|| { $(can_apt) && echo 'make: installing chromium' && $(call apt,chromium fonts-liberation libatomic1); } \
		|| { echo '*** No Chromium here: EVERY TEST IN A BROWSER WILL BE SKIPPED.' >&2; \
			echo '*** As root: apt-get install chromium fonts-liberation libatomic1' >&2; }

# Pictures that people upload are drawn anew behind bubblewrap's walls; without it, in a process with limits only.
sandbox:
	@command -v bwrap >/dev/null \
		|| { $(can_apt) && echo 'make: installing bubblewrap' && $(call apt,bubblewrap); } \
		|| echo '*** No bubblewrap here: pictures are read outside a sandbox. As root: apt-get install bubblewrap' >&2
