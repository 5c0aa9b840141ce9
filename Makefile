# Luoshi. `make run` starts it with the demo town; `make test` runs every test.
.PHONY: setup run test check dev screens setup-bench clean

setup:
	@bash scripts/setup.sh

run: setup
	@.venv/bin/luoshi run --demo

dev: setup
	@bash scripts/setup_dev.sh

test: dev
	@bash scripts/test.sh

check: dev
	@bash scripts/check.sh

# make screens OUT=folder: a picture of each page, with an index.html
screens: dev
	@.venv/bin/luoshi screens "$(or $(OUT),build/screens)"

# Reference libraries for benches, in a virtual environment of their own.
setup-bench: setup
	@bash scripts/setup_bench.sh

clean:
	rm -rf build .venv var
