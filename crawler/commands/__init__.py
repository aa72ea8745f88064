"""Commands of `scrapy` in this project; each is thin and loads what it needs only when it runs."""
