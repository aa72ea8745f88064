"""Whether a page is an article at all, and what it is if not."""
