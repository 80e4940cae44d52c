# Every target sets itself up: `make demo` and `make test` work on a fresh clone.
PYTHON ?= python3
BIN := .venv/bin
RU := resources/translations/ru
DATA ?= demo/data
.DEFAULT_GOAL := run

.PHONY: venv run demo test lint messages shots bench bundle clean

venv: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml tools/system.sh
	sh tools/system.sh
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q dossier_app
	touch $@

run: venv
	$(BIN)/dossier-app

# A sample binder, the day's briefs on paper, and the window where there is a display.
demo: venv
	sh tools/demo.sh $(BIN)/dossier-app $(DATA)

test: venv
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py check

# Collect the messages of the code into the catalogue, and compile it.
messages: venv
	$(BIN)/python tools/messages.py update

# Every screen and dialog as a picture: both languages, light and dark, 100 and 150 %.
shots: venv
	QT_QPA_PLATFORM=offscreen $(BIN)/python tools/shots.py shots

# The budgets: each figure beside that of the bare library, in one table. Makes binders of up
# to 100,000 dossiers in build/bench the first time, which takes some minutes.
bench: venv
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -o addopts="--import-mode=importlib" \
		-p benchmark --benchmark-quiet tests/benchmarks -s

bundle: venv
	$(BIN)/pyinstaller --noconfirm build.spec

clean:
	rm -rf .venv build dist shots demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
