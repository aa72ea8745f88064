"""A setting that cannot be used ends the command at once, with one line that says what would be."""

from __future__ import annotations

import pytest
from scrapy import Spider
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler import settings as defaults
from crawler.checks import check_arguments, check_settings
from crawler.spiders.news import NewsSpider
from crawler.spiders.replay import ReplaySpider


def changed(**values: object) -> Settings:
    made = Settings()
    made.setmodule(defaults)
    for name, value in values.items():
        made.set(name, value, priority="cmdline")
    return made


def test_the_settings_as_they_are_can_be_used() -> None:
    check_settings(changed())


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TEMPLATES", "banana", "must be True or False, not 'banana'"),
        ("STRICT", "maybe", "must be True or False"),
        ("REPROCESS", "", "must be True or False"),
        ("MAX_PAGE_BYTES", "1e6", "must be a whole number from 1024 to"),
        ("MAX_PAGE_BYTES", "12", "must be a whole number from 1024 to"),
        ("CLEAN_WORKERS", "2.5", "must be a whole number"),
        ("PAGES_IN_FLIGHT", "0", "must be a whole number from 1 to"),
        ("PAGE_TIMEOUT", "nan", "must be a number from 0.1 to 3600, not 'nan'"),
        ("DOWNLOAD_DELAY", "soon", "must be a number"),
        ("MAX_RUN_SECONDS", None, "must be a number"),
        ("DEFAULT_TIMEZONE", "Mars/Base", "no time zone is named 'Mars/Base'"),
        ("OUTPUT_DIRR", "elsewhere", "OUTPUT_DIRR is not known; did you mean OUTPUT_DIR?"),
        ("TEMPLATE", "True", "did you mean TEMPLATES?"),
        ("output_dir", "elsewhere", "did you mean OUTPUT_DIR?"),
        ("Templates", "True", "did you mean TEMPLATES?"),
        ("OUTPUT", "elsewhere", "did you mean OUTPUT_DIR?"),
        ("TRANSLATE_MEMORY", "m.sqlite", "did you mean TRANSLATION_MEMORY?"),
        ("TARGET_LANG", "en", "did you mean TARGET_LANGUAGE?"),
        ("TRANSLATE_BEAM", "4", "did you mean TRANSLATE_BEAM_SIZE?"),
        ("TIMEZONE", "Asia/Shanghai", "did you mean DEFAULT_TIMEZONE?"),
        ("TARGET_LANGUAGE", "english", "must be a code of two or three small letters"),
        ("LOG_LEVEL", "banana", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'banana'"),
        ("TRANSLATE_DEVICE", "tpu", "must be auto, cpu or cuda"),
        ("STATIC_HOSTS", "x", "must be a JSON object"),
        ("OUTPUT_DIR", " ", "name the folder for the records"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: object, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_settings(changed(**{name: value}))
    (line,) = str(caught.value.args[0]).splitlines()
    assert line.startswith(f"setting {name}") and said in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("TEMPLATES", "1"), ("STRICT", "false"), ("MAX_PAGE_BYTES", "2048"), ("PAGE_TIMEOUT", "0.5"), ("RETRY_TIMES", 0)],
)
def test_values_as_the_command_line_gives_them(name: str, value: object) -> None:
    check_settings(changed(**{name: value}))


@pytest.mark.parametrize(("spider", "given"), [(ReplaySpider, "page"), (NewsSpider, "source")])
def test_an_argument_that_a_spider_does_not_take_is_refused(spider: type[Spider], given: str) -> None:
    with pytest.raises(UsageError, match=f"{spider.name} has no argument '{given}'; it takes -a {given}s"):
        check_arguments(spider, {given: "seeds/"})
    check_arguments(spider, {f"{given}s": "seeds/", "_job": "1"})


def test_a_setting_of_somebody_else_is_left_alone() -> None:
    check_settings(changed(REDIS_URL="redis://localhost", JOBDIR="job"))
