# Without make, on Windows for instance, the same by hand: see README.md.
PYTHON ?= python3
BIN := .venv/bin
# what an editable install copies into .venv: after a change it must be installed again
COPIED := pyproject.toml $(wildcard seminarkit/forms/*.js seminarkit/forms/*.css seminarkit/forms/labextension/* templates/report/* templates/voila/*)

# what is run with the oldest and the newest packages: that reports, forms, files and the rest of what
# stands on them come out
BOUNDS := tests/core tests/data tests/forms tests/report tests/seminar tests/discuss/test_seating.py tests/publish/test_document.py \
	tests/publish/test_slides.py tests/test_pdffile.py tests/test_tablefile.py tests/test_wordfile.py tests/test_yamldata.py

.PHONY: demo test nightly oldest newest lint clean

demo: .venv/kit
	@$(BIN)/seminar demo

# two processes, and all of the browser's tests in one of them
test: .venv/dev lint
	$(BIN)/python -m pytest -q -n 2

# what takes long: walks over all cases, kills by the hundred
nightly: .venv/dev
	$(BIN)/python -m pytest -q -m nightly
	$(BIN)/python -m pytest -q -m "hypothesis and not nightly" --hypothesis-profile=night

# the bounds in pyproject.toml: the oldest packages that they allow, and the newest, also those that
# are not released yet
oldest: CHOICE := --resolution lowest-direct
newest: CHOICE := --prerelease allow --upgrade
oldest newest: .venv/uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/$@
	$(BIN)/uv pip install --quiet --python .venv/$@/bin/python --compile-bytecode $(CHOICE) --editable '.[test]'
	.venv/$@/bin/python -m pytest -q -n 2 $(wildcard $(BOUNDS))

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
	rm -rf inbox received packs dossiers output seminar.db seminar.db-wal seminar.db-shm .seminar.*
