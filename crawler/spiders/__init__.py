"""Spiders: each yields RawPage items into the pipelines."""
