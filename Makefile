# Everything runs in .venv, installed from requirements.lock with hashes.
PYTHON ?= python3
CORPUS ?= corpus/documents
OUTPUTS ?= outputs
BIN := .venv/bin
READY := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup pipeline test train train-encoder evaluate bench simulate golden check fix lock clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16
	@echo
	@echo "make pipeline CORPUS=folder OUTPUTS=folder    analyse your own documents"

setup: $(READY)  ## Make .venv and install everything into it

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else \
	  f"Python 3.11, 3.12 or 3.13 is needed, this is {v.major}.{v.minor}; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

pipeline: $(READY)  ## Analyse corpus/documents and write the tables to outputs
	$(BIN)/pipeline run "$(CORPUS)" --output "$(OUTPUTS)"

test: $(READY)  ## Run the tests
	$(BIN)/python -m pytest

train: $(READY)  ## Train the topic classifier on corpus/labels
	$(BIN)/pipeline train topics

train-encoder: $(READY)  ## Fine-tune the encoder (installs PyTorch; NER=folder of public sets, PLAIN=texts)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/pipeline train encoder $(if $(NER),--public "$(NER)") $(if $(PLAIN),--plain "$(PLAIN)")

evaluate: $(READY)  ## Print the figures of the README
	$(BIN)/pipeline evaluate $(if $(PLAIN),--plain "$(PLAIN)")

bench: $(READY)  ## Measure words a second, and a million mentions through resolve
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_resolve

simulate: $(READY)  ## Show by simulation how many labels suggested batches save
	$(BIN)/python -m tests.simulate

golden: $(READY)  ## Write the golden files of the tests anew
	$(BIN)/python -m tests.test_run

check: $(READY)  ## Check format, lint, types and architecture; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py tests/test_docs.py

fix: $(READY)  ## Format, and mend what lint can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)  ## Resolve requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-emit-index-url --output-file requirements.lock

clean:  ## Remove .venv, outputs and caches
	rm -rf .venv outputs .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
