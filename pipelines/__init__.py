"""What happens to a page: decoding, cleaning, translating, storing. Free of Scrapy, except for ``stages``."""
