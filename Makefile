# Everything sets itself up: any target works on a fresh clone.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := run

export QT_QPA_PLATFORM_THEME ?=

.PHONY: venv system lock run demo test lint shots bench messages clean

venv: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	sh tools/system.sh
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@
