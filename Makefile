# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-slow lint docs pictures clean

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade "pip>=24"
	$(BIN)/pip install --quiet -c constraints.txt -e ".[test,lint]"
	$(BIN)/python -m kantools.kernels.prepare
	touch $@

demo: $(VENV)/installed  ## find Kepler's third law in the planets table
	$(BIN)/kantools fit planets --out demo
	@echo "Open demo/report.html; beside it: the network, the parity plot, the formula as text, LaTeX and Python."

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## lint, then every test that is not marked slow, and the docstring examples
	OMP_NUM_THREADS=1 $(BIN)/pytest --doctest-modules --durations=15 -n 2

test-slow: $(VENV)/installed  ## every test there is
	OMP_NUM_THREADS=1 $(BIN)/pytest --doctest-modules -m "" -n 2

$(VENV)/installed-docs: $(VENV)/installed
	$(BIN)/pip install --quiet -c constraints.txt -e ".[docs]"
	touch $@

docs: $(VENV)/installed-docs  ## the documentation as a site, in site/; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

pictures: $(VENV)/installed  ## all figures and screenshots of the documentation; needs Chromium
	$(BIN)/pip install --quiet -c constraints.txt -e ".[browser]"
	$(BIN)/python docs/make_images.py
	$(BIN)/python docs/make_screenshots.py

clean:
	rm -rf $(VENV) build dist *.egg-info demo site
