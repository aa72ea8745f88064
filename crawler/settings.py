"""Every Scrapy setting, once, each with its reason. Live crawling adds ``crawler.live_settings``.

Any of them can be changed for one run: ``scrapy crawl replay -a pages=seeds/ -s OUTPUT_DIR=elsewhere``.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from crawler.live_settings import *  # noqa: F403 (Scrapy reads the settings of one module)
from crawler.screen import tell_interrupts

tell_interrupts()  # nothing of ours is loaded earlier

BOT_NAME = "polyglean"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"
PROJECT_DIR = Path(__file__).resolve().parent.parent

# --- what comes out, and where
OUTPUT_DIR = "output"
RUN_ID = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
"""Names a run's files and rows; sorts by time, and two runs of one second differ."""
REPROCESS = False
"""True: pages that are stored already are cleaned and stored anew, in place of their old rows."""
STRICT = False
"""True: a run with broken pages (empty, torn, unreadable) exits with 1."""

# --- cleaning (pipelines.config says what each does)
TARGET_LANGUAGE = "en"
MAX_PAGE_BYTES = 16 * 1024 * 1024
MIN_TEXT_CHARS = 60
DEFAULT_TIMEZONE = ""
TEMPLATES = False
"""True: blocks that recur on other pages of the same host are cut. A replay reads its pages twice for it; a crawl knows
what the crawls before it have counted. Off, so that replaying an archive gives the crawl's own rows."""
CLEAN_WORKERS = 0
"""Worker processes; 0: one a core."""
PAGE_TIMEOUT = 60.0
"""Seconds for one page; the slowest of the public benchmark's pages takes below 2."""
PAGES_IN_FLIGHT = 256
"""Pages between the reader and the store; bounds memory, and is what a translation batch can gather from."""

# --- translation
TRANSLATE_DEVICE = "auto"
TRANSLATE_BEAM_SIZE = 4
TRANSLATE_HYPOTHESES = 4
TRANSLATE_BATCH_SENTENCES = 256
TRANSLATE_MAX_WAIT_MS = 200
TRANSLATION_MEMORY = ""
"""Empty: memory.sqlite in OUTPUT_DIR."""
GLOSSARY = ""
"""A CSV file (source, target, optional case and scope), or empty."""

ITEM_PIPELINES = {
    "pipelines.stages.CleanStage": 100,
    "pipelines.stages.TranslateStage": 200,
    "pipelines.stages.StoreStage": 300,
}

# --- Scrapy itself
TELNETCONSOLE_ENABLED = False  # a console on localhost that runs code for whoever connects
REMOTE_CONTROL_ENABLED = False  # the same over HTTP, on by default since Scrapy 2.19
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logs.QuietLogFormatter"
STATS_DUMP = False  # the summary is what a person reads; the manifest holds the figures
FEED_EXPORT_ENCODING = "utf-8"
