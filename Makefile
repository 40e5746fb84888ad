# Every target is one verb; each sets up what it needs in .venv first (scripts/setup), once.
EXAMPLES ?= 20000
SECONDS ?= 30
# Beside the base, for tables and work that need more: databases, pages, parquet, preview, survey, or all.
EXTRAS ?=
.NOTPARALLEL:
.PHONY: help site examples history preview extras test lint check clean quarto fuzz mutants bench incremental battery division million truth identity privacy acro faults reproducible peers scale rooms catalogues exports screenshots lock setup-site setup-examples setup-preview setup-dev setup-bench setup-mutants

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

site: setup-site ## Build the site into _site/
	@.venv/bin/segment-atlas build $(ARGS)

examples: setup-examples ## Build the example sites into _site-examples/ (ARGS="--renderer quarto", or their names)
	@scripts/examples $(ARGS)

history: setup-site ## Build a site month by month from a year of exports whose history is known
	@.venv/bin/python -m examples.months $(ARGS)

preview: setup-preview ## Build, serve on this machine, and rebuild on change
	@.venv/bin/segment-atlas preview $(ARGS)

extras: ## Install what the base does without (EXTRAS="parquet databases" for some; else all)
	@scripts/setup site $(or $(EXTRAS),all)

check: setup-site ## Check the site that stands in _site/
	@.venv/bin/segment-atlas check $(ARGS)

# Tests run beside each other, so each gets one numeric thread: several would wait for one another.
test: setup-dev ## Run the tests (ARGS="-k name" for some of them)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

fuzz: setup-dev ## Try every property on 20,000 new examples or for SECONDS=30, and tell what each reached
	@SEGMENT_ATLAS_EXAMPLES=$(EXAMPLES) SEGMENT_ATLAS_SECONDS=$(SECONDS) .venv/bin/python -m pytest -p tests.fuzz -m hypothesis -n auto --maxprocesses 4 $(ARGS)

mutants: setup-mutants ## Change the guards' code in thousands of ways; tests/mutants.md says which changes no test can see
	@OMP_NUM_THREADS=1 .venv/bin/mutmut run $(ARGS)
	@.venv/bin/mutmut results

catalogues: setup-dev ## Bring the catalogues of sentences up to the code
	@.venv/bin/python scripts/catalogues.py $(ARGS)

rooms: setup-dev ## Count rooms, floors, loose files and circles of the code
	@.venv/bin/python scripts/rooms.py $(ARGS)

lint: setup-dev ## Style, types, imports, workflows
	@scripts/lint

bench: setup-bench ## Measure the build beside its imports and the notebook way
	@.venv/bin/python tests/benchmarks/bench.py $(ARGS)

incremental: setup-dev ## Measure a build after each kind of change beside one that does every step
	@.venv/bin/python tests/benchmarks/incremental.py $(ARGS)

battery: setup-dev ## Measure the battery beside a plain loop over scikit-learn
	@.venv/bin/python tests/benchmarks/battery.py $(ARGS)

division: setup-dev ## Measure dividing customers and resamples, and recognising customers, beside scikit-learn
	@.venv/bin/python tests/benchmarks/division.py $(ARGS)

scale: setup-dev ## Measure whole sites of larger and larger tables beside reading and fitting them
	@.venv/bin/python tests/benchmarks/scale.py $(ARGS)

million: setup-bench ## Measure a million customers and all of CDNOW beside reading them
	@.venv/bin/python tests/benchmarks/million.py $(ARGS)

truth: setup-dev ## Hold the analysis against generated tables whose groups are known
	@.venv/bin/python tests/benchmarks/truth.py $(ARGS)

identity: setup-dev ## Count segments recognised rightly over histories of twelve months whose groups are known
	@.venv/bin/python tests/benchmarks/identity.py $(ARGS)

privacy: setup-dev ## Attack published sites of adversarial tables (ARGS="--every", or their names)
	@.venv/bin/python tests/benchmarks/privacy.py $(ARGS)

acro: setup-dev ## Hold what is published against the package acro, in an environment of its own
	@.venv/bin/python tests/benchmarks/oracle.py $(ARGS)

reproducible: setup-site ## Build the site on other file systems, clocks, zones, locales, hash seeds; count bytes that differ
	@.venv/bin/python tests/benchmarks/reproducible.py $(ARGS)

peers: setup-dev ## Hold the indices against R's fpc and cluster, where R is installed
	@.venv/bin/python tests/benchmarks/peers.py $(ARGS)

exports: setup-dev ## Hold what is made of known tools' exports against pandas (ARGS="shopify_orders" for one)
	@.venv/bin/python -m tests.exports.table $(ARGS)

faults: setup-dev ## Kill builds at random moments, and count what they leave (ARGS="--kills 20" for fewer)
	@.venv/bin/python tests/benchmarks/faults.py $(ARGS)

screenshots: setup-dev ## Take the pictures that the README and docs show
	@.venv/bin/python -m tests.browser.screenshots $(ARGS)

quarto: ## Install Quarto into .venv, for the full shell
	@scripts/setup quarto

lock: ## Write requirements/*.txt anew from pyproject.toml
	@scripts/lock $(ARGS)

clean: ## Remove what was built and the caches, but not .venv
	@rm -rf _site _site-examples build .site-* .replaced-* .mypy_cache .ruff_cache .pytest_cache mutants .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

setup-site:
	@scripts/setup site $(EXTRAS)

setup-examples: # whose own page is read by Pandoc
	@scripts/setup site pages $(EXTRAS)

setup-preview:
	@scripts/setup site preview $(EXTRAS)

setup-dev setup-bench setup-mutants:
	@scripts/setup $(@:setup-%=%)
