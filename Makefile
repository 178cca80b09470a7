# Without make, on Windows for instance, the same by hand: see README.md.
PYTHON ?= python3
BIN := .venv/bin
# what an editable install copies into .venv: after a change it must be installed again
COPIED := pyproject.toml $(wildcard seminarkit/forms/*.js seminarkit/forms/*.css seminarkit/forms/labextension/* templates/report/* templates/voila/*)

.PHONY: demo test nightly lint clean

demo: .venv/kit
	@$(BIN)/seminar demo

# two processes, and all of the browser's tests in one of them
test: .venv/dev lint
	$(BIN)/python -m pytest -q -n 2

# what takes long: walks over all cases, kills by the hundred
nightly: .venv/dev
	$(BIN)/python -m pytest -q -m nightly
	$(BIN)/python -m pytest -q -m "hypothesis and not nightly" --hypothesis-profile=night

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv
	@touch $@

.venv/kit: .venv/uv $(COPIED)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --editable .
	@touch $@

.venv/dev: .venv/uv $(COPIED)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --editable '.[dev]'
	@touch $@ .venv/kit

clean:
	rm -rf inbox received packs dossiers output seminar.db seminar.db-wal seminar.db-shm .seminar.lock .seminar.serve.lock
