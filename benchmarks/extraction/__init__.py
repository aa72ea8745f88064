"""Article text, titles, dates, authors and speed of Polyglean and its peers on one set of pages."""
