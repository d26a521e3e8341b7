# Everything a user or a developer runs. Needs Python 3.11 or newer, make and git, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEVELOPER := $(VENV)/.ready-to-develop

.PHONY: run test quick lint bench gates docs lock clean

run: $(READY)         ## set up what running needs and make the release of the embedded specimens
	$(BIN)/python flows/refresh.py --out release
	@echo "open release/explorer/index.html in a browser, or release/workbook.xlsx in Excel or LibreOffice"

test: $(DEVELOPER)    ## set everything up and run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -rs

quick: $(DEVELOPER)   ## lint, and the tests of what has changed since main
	$(BIN)/python .ci/quick.py

lint: $(DEVELOPER)    ## style, types, direction of imports, declared libraries, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry --no-ansi src flows
	$(BIN)/codespell

bench: $(DEVELOPER)     ## timings and sizes, each as a ratio within one run
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/comparison.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/refresh.py --no-faults
	$(BIN)/python benchmarks/workers.py --count 24 --workers 1 2

gates: $(DEVELOPER)     ## quality on ../shared, held against benchmarks/floors.json
	$(BIN)/python benchmarks/gates.py

# uv installs in seconds what takes pip minutes; pip brings it, checked by its hash. Where only pip has been told of an
# index of one's own, uv fails and pip does it all.
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python
define set_up
@echo "Setting up $(VENV) from $(1): the libraries are fetched once."
$(INSTALL) --require-hashes -r $(1) || $(BIN)/python -m pip install --quiet --require-hashes -r $(1)
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

$(READY): requirements.lock pyproject.toml | $(BIN)/uv
	$(call set_up,requirements.lock)
	@touch $(READY)

$(DEVELOPER): requirements-dev.lock pyproject.toml | $(BIN)/uv
	$(call set_up,requirements-dev.lock)
	@touch $(READY) $(DEVELOPER)

$(BIN)/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "treatynlp needs Python 3.11 or newer; $(PYTHON) is older. Use: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock

docs: $(DEVELOPER)      ## the documentation, into build/docs; every warning an error
	$(BIN)/python -m sphinx -W -n --keep-going -q -b html -d build/doctrees docs build/docs
	@echo "open: build/docs/index.html"

# The libraries of a run are the same in both locks: the second one is made within the first.
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links
lock:                 ## remake the locks from pyproject.toml: of running, of developing, of the installer
	$(COMPILE) --extra flows --extra ocr --group build pyproject.toml -o requirements.lock
	$(COMPILE) --all-extras --group dev --group build --constraints requirements.lock pyproject.toml -o requirements-dev.lock
	echo uv | $(COMPILE) - -o requirements-uv.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
