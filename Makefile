VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run demo check test bench format constraints migration sample

run:            ## the service with the settings of .env
	$(BIN)/gridbot serve

demo:           ## a town to play with, on http://127.0.0.1:8080
	$(BIN)/gridbot demo

test:
	$(BIN)/pytest

check:          ## what CI runs, on SQLite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench:
	$(BIN)/python -m bench

sample:         ## the demo's roster workbook, from the facts of the paper
	$(BIN)/python -m bot.demo.sample

constraints:    ## pins every package; names no host
	(echo "# Every package that gridbot uses, pinned. Made by: make constraints" && \
	 uv pip compile -q --no-header --no-annotate --no-emit-index-url --all-extras --upgrade pyproject.toml) > constraints.txt

migration:      ## NAME="what changed": a new migration from the difference between tables and models
	$(BIN)/python -m migrations "$(NAME)"
