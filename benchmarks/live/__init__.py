"""Benchmark of a live crawl."""
