"""How well pages that are no article are told from articles: index pages, stubs, walls, errors, galleries."""
