# Two commands do everything: `make run` and `make test`. Both may be repeated.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# A folder with corpus.jsonl and queries.jsonl, for `make bench`.
DATA ?= ../shared/data/xquad_vi
Q ?= Bộ trưởng khuyến nghị Đồng Tháp dành bao nhiêu phần trăm ngân sách cho CNTT?

.PHONY: run ask index dev test fast-test lint eval eval-sample bench install lock clean

run: $(VENV)/run.stamp
	$(BIN)/bot models prepare
	$(BIN)/bot index
	$(BIN)/bot serve

ask: $(VENV)/run.stamp
	$(BIN)/bot models prepare
	$(BIN)/bot index
	$(BIN)/bot ask "$(Q)"

index: $(VENV)/run.stamp
	$(BIN)/bot models prepare
	$(BIN)/bot index

install: $(VENV)/run.stamp

dev: $(VENV)/test.stamp

# The whole suite: the fast tests, then those with the real models and the real browser.
test: $(VENV)/test.stamp
	bash .ci/install-tools
	$(BIN)/bot models prepare
	$(BIN)/python -m pytest

fast-test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -m "not models and not browser and not slow"

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Every gold question to our engine and to the textbook baseline: hours, and resumed where it was broken off.
eval: $(VENV)/test.stamp
	$(BIN)/bot models prepare
	ours=$$($(BIN)/bot eval run --suite all --split all --system ours) \
	&& $(BIN)/bot eval run --suite all --split all --system baseline \
	&& $(BIN)/bot eval report "$$ours" --publish \
	&& $(BIN)/bot eval gate "$$ours"

# What the landing gate asks: every search in every way of typing, and a fixed sample of the answers.
eval-sample: $(VENV)/test.stamp
	$(BIN)/bot models prepare
	searches=$$($(BIN)/bot eval run --suite retrieval --split all --fresh) && $(BIN)/bot eval gate "$$searches"
	answers=$$($(BIN)/bot eval run --suite answers --split dev --limit 16 --fresh) && $(BIN)/bot eval gate "$$answers"

bench: $(VENV)/test.stamp
	$(BIN)/bot models prepare
	$(BIN)/python -m evals.bench retrieval "$(DATA)"
	$(BIN)/python -m evals.bench typing "$(DATA)"

$(VENV)/uv.stamp:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	touch $@

$(VENV)/run.stamp: pyproject.toml requirements.lock .ci/install.py | $(VENV)/uv.stamp
	$(BIN)/python .ci/install.py embedded
	touch $@

$(VENV)/test.stamp: pyproject.toml requirements.lock .ci/install.py | $(VENV)/uv.stamp
	$(BIN)/python .ci/install.py embedded,dev
	touch $@ $(VENV)/run.stamp

# Choose new versions for everything that is installed.
lock: | $(VENV)/uv.stamp
	$(BIN)/python .ci/install.py --lock

# The data folder (models, index) stays: see `bot doctor` for where it is.
clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
