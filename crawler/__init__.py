"""Getting pages, and running: spiders, discovery, what may be fetched, commands."""
