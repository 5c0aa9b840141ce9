# Luoshi. `make run` starts it with the demo town; `make test` runs every test.
.PHONY: setup run test check dev clean

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

clean:
	rm -rf build .venv var
