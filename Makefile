.DEFAULT_GOAL := help
.PHONY: help demo test shelf lint types check gallery docs man findings package clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1: \2/p' Makefile | sed 's/^\([a-z]*\):/  make \1\t/'

demo: ## install what is needed, and make a PDF and an EPUB of the example bulletin
	@scripts/demo

test: ## install what is needed, and run the tests
	@scripts/test

shelf: ## install Ace, foliate-js, calibre and pandoc, and give e-books to them
	@scripts/shelf

lint: ## hold the code against the rules of style
	@scripts/setup test
	.venv/bin/ruff format --check
	.venv/bin/ruff check

types: ## check the types
	@scripts/setup test
	.venv/bin/mypy

check: test lint types ## all three, as CI does

man: ## write docs/newsbook.1 from the help
	PYTHONPATH=src .venv/bin/python scripts/manpage.py

findings: ## write docs/zh-Hant/findings.md from templates/findings.toml
	PYTHONPATH=src .venv/bin/python scripts/findings.py

gallery: ## set a spread in each style for docs/gallery.md
	@scripts/setup test
	.venv/bin/python scripts/gallery.py

docs: ## make the documentation as a site, in English and Chinese
	@scripts/setup test
	@scripts/site

package: ## make the sdist and the wheel, and try them
	@scripts/setup test
	@scripts/package

clean: ## remove what was made, and the virtual environment
	rm -rf .venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
