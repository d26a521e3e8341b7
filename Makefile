# Everything a user or a developer runs. Needs Python 3.11 or newer, make and git, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench gates docs lock clean

run: $(READY)       ## set everything up and make the release of the embedded specimens
	$(BIN)/python flows/refresh.py --out release
	@echo "open release/explorer/index.html in a browser, or release/workbook.xlsx in Excel or LibreOffice"

test: $(READY)      ## set everything up and run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(READY)      ## style, types, direction of imports, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

bench: $(READY)     ## timings and sizes, each as a ratio within one run
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/comparison.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/refresh.py --no-faults
	$(BIN)/python benchmarks/scale.py --count 24 --workers 1 2

gates: $(READY)     ## quality on ../shared, held against benchmarks/floors.json
	$(BIN)/python benchmarks/gates.py

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "treatynlp needs Python 3.11 or newer; $(PYTHON) is older. Use: make PYTHON=python3.12 run"; exit 1; }
	@echo "Setting up $(VENV): the libraries are fetched once, which takes some minutes and prints little."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

docs: $(READY)      ## the documentation, into build/docs; every warning an error
	$(BIN)/python -m sphinx -W -n --keep-going -q -b html -d build/doctrees docs build/docs
	@echo "open: build/docs/index.html"

lock:               ## remake requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --all-extras --group dev --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
