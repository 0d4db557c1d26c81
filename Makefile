# Each target is a script of the same name, for those without make.
.PHONY: run demo check test test-long

run:
	@scripts/run

demo:
	@scripts/run demo

check:
	@scripts/check

test:
	@scripts/test

test-long:
	@scripts/test long
