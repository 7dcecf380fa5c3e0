# Kursdag: `make run` starts everything on this machine, `make test` tests it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Tests start many processes: where Python is told to keep nothing compiled, half of their time goes into compiling.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 4566
PROGRAMME ?= kollegasamarbeid
PEOPLE ?= 10000

.PHONY: help setup fmt check test run bench scale gallery reset build build-Publish build-Invite build-Send build-Deliveries build-Answer build-Aggregate build-Desk build-Retire

help: ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install everything that this folder needs, into this folder
	@.ci/setup

fmt: setup ## format the code
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .

check: setup ## lint, types and the tests that need no emulator, about a minute
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/lint-imports --no-logo >/dev/null || .venv/bin/lint-imports --no-logo
	@.venv/bin/cfn-lint
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/pytest -m "not stack and not slow" -n 2

test: check ## everything: check, then the deployed stack and the browser
	@.venv/bin/pytest -m "slow or stack" -n 2 --dist loadfile --no-loadscope-reorder

run: setup ## the whole service on this machine (PORT=4566 PROGRAMME=kollegasamarbeid)
	@exec .venv/bin/python -m infra.run --port $(PORT) --programme $(PROGRAMME)

bench: setup ## measure speed and weight beside their floors, about four minutes
	@.venv/bin/python -m infra.bench

scale: setup ## a seminar of 10,000 people from its files to its results, up to half an hour (PEOPLE=10000)
	@.venv/bin/python -m infra.scale --people $(PEOPLE)

gallery: setup ## live through the five programmes and take pictures of all that they produce, into gallery/
	@.venv/bin/python -m infra.gallery

reset: setup ## stop a running service and forget all its data
	@.venv/bin/python -m infra.stack.deploying reset

build: setup ## what is deployed to AWS, in .aws-sam/build
	@KURSDAG_TARGET=aws .tools/sam/bin/sam build --build-in-source

# Called by `sam build`, once per function of the template.
build-Publish build-Invite build-Send build-Deliveries build-Answer build-Aggregate build-Desk build-Retire: build-%:
	@.venv/bin/python -m infra.build $* "$(ARTIFACTS_DIR)"
