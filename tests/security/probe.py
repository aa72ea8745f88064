"""A spider that tries to get into the private network in every way a page or a feed could make it."""

import json
import os
import resource

import scrapy

from crawler import sources
from crawler.guard import POLICY

PLAN = json.loads(os.environ["PROBE"])
(HONEST,) = sources.parse(
    '[[source]]\nname = "h"\nsite = "http://honest.test/"\nfeeds = ["http://honest.test/f"]\n'
    'allow_addresses = ["127.0.0.2/32"]\n'
)
POLICY.grant([HONEST])


class ProbeSpider(scrapy.Spider):
    name = "probe"
    custom_settings = PLAN.get("settings") or {}

    async def start(self):
        for url, meta in PLAN["requests"]:
            # The role "robots" leaves robots.txt out, so that the address itself is what is refused.
            yield scrapy.Request(url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)

    def parse(self, response):
        print("GOT", response.status, len(response.body), response.url)

    def failed(self, failure):
        print("NOT", type(failure.value).__name__, failure.request.url)

    def closed(self, reason):
        print("PEAK", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
