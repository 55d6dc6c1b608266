# The front door. `make build` and `make test` need only python3 (3.11 or newer, with venv and pip) and make.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_SPARK := .venv/.installed-spark
INSTALLED_BENCH := .venv/.installed-bench
DBT := $(BIN)/dbt
PROJECT := --project-dir dbt_project --profiles-dir .
BUILT := warehouse/inference_energy.duckdb
WAREHOUSE = $(or $(INFERENCE_ENERGY_WAREHOUSE),$(BUILT))

.DEFAULT_GOAL := help
.PHONY: help build build-spark test lint bench bench-workload install-engines warehouse shell reports docs export readme register-forecasts diff kill-test mutation-test clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-18s %s\n", $$1, $$2}' Makefile

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(INSTALLED_SPARK): $(INSTALLED)
	@echo "Installing Spark into .venv (half a gigabyte, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,spark]'
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	@touch $@

# What the tests of other engines need; without it they are skipped.
install-engines: $(INSTALLED_SPARK) $(INSTALLED_BENCH)

build: $(INSTALLED) ## build and test the warehouse: warehouse/inference_energy.duckdb
	@$(BIN)/python -m inference_energy.check_raw
	@$(BIN)/python -m inference_energy.build $(PROJECT)
	@echo "The warehouse is $(WAREHOUSE). Next: make shell, or the queries of MARTS.md."

build-spark: warehouse $(INSTALLED_SPARK) ## build the models of a workload with Apache Spark, WORKLOAD=logs/*.parquet: warehouse/spark
	@$(BIN)/python -m inference_energy.build_spark

test: $(INSTALLED) ## run all tests, in temporary folders
	@$(BIN)/python -m inference_energy.check_raw
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(INSTALLED) ## check style: ruff and sqlfluff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/sqlfluff lint --processes 2 dbt_project

bench: $(INSTALLED) ## measure speed and growth in a temporary folder, and fill the tables of BENCHMARKS.md (a quarter of an hour)
	@$(BIN)/python -m tests.bench BENCHMARKS.md

bench-workload: $(INSTALLED_SPARK) $(INSTALLED_BENCH) ## measure workloads of up to 100 million rows beside other engines, and fill the table of BENCHMARKS.md
	@$(BIN)/python -m tests.bench.workload BENCHMARKS.md

warehouse: $(INSTALLED)
	@test -f "$(WAREHOUSE)" || $(MAKE) --no-print-directory build

shell: warehouse ## open the DuckDB shell on the warehouse, read-only
	@$(BIN)/duckdb -readonly "$(WAREHOUSE)"

reports: warehouse ## draw every figure and table of the paper as one offline page: reports/site/index.html
	@$(BIN)/python -m reports reports/site

docs: warehouse ## write the documentation of every table and column as one page: docs/index.html
	@$(DBT) docs generate --static --target published $(PROJECT)
	@mkdir -p docs && cp dbt_project/target/static_index.html docs/index.html
	@echo "Wrote docs/index.html"

export: warehouse ## write each mart as Parquet and CSV with its column descriptions: export/
	@$(BIN)/python -m inference_energy.export export

readme: warehouse ## fill what README.md and MARTS.md take from the marts, and draw the pictures anew
	@$(BIN)/python -m inference_energy.readme .
	@$(BIN)/python -m reports.pictures reports/pictures

register-forecasts: warehouse ## write down what the trends say of 2027 to 2030, once, in raw/reference/registered_forecasts.csv
	@$(BIN)/python -m inference_energy.register_forecasts raw/reference/registered_forecasts.csv

diff: $(INSTALLED) ## tell which rows and numbers of which marts differ: make diff OLD=a.duckdb NEW=b.duckdb
	@$(BIN)/python -m inference_energy.diff "$(OLD)" "$(NEW)"

kill-test: $(INSTALLED) ## kill 100 builds at random, with readers throughout (about half an hour)
	@$(BIN)/python tests/killing.py

mutation-test: $(INSTALLED) ## change raw files in 500 random ways, none of which may pass unseen (about half an hour)
	@$(BIN)/python tests/mutating.py

clean: ## remove what was built (.venv stays)
	@rm -rf dbt_project/target dbt_project/logs docs export reports/site $(BUILT) $(BUILT).wal warehouse/build warehouse/dimensions warehouse/spark .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
