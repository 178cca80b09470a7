# Without make, on Windows for instance, the same by hand: see README.md.
PYTHON ?= python3
BIN := .venv/bin
# what an editable install copies into .venv: after a change it must be installed again
COPIED := pyproject.toml $(wildcard seminarkit/core/forms/*.js seminarkit/core/forms/*.css seminarkit/core/forms/labextension/* templates/report/* templates/voila/*)

# what is run with the oldest and the newest packages: that reports, forms, files and the rest of what
# stands on them come out
BOUNDS := tests/core tests/data tests/reports tests/topics/groups/test_seating.py tests/site/test_document.py \
	tests/site/test_slides.py

.PHONY: demo test nightly oldest newest lint clean

demo: .venv/kit
	@$(BIN)/seminar demo

# three processes on two cores, as half of the time is spent waiting for browsers, servers and disks
test: .venv/dev lint
	$(BIN)/python -m pytest -q -n 3

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
