"""What a page says of itself: title, dates, authors, site, section, tags; each the page's own, or nothing."""
