"""What stands at the head of a saved text about it: front matter, headers, the fields of services for reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.pages import read_pages
from pipelines import capture
from pipelines.capture.front import read
from pipelines.config import Config
from pipelines.metadata import dates
from pipelines.model import Draft
from tests.metadata_pages import FETCHED

TEXT = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said. Buses will go round"
    " by the market, and ferries run twice as often. The council has looked for the money since autumn, it said."
)
BODY = "\n\n".join(TEXT.replace("Monday", day) for day in ("Monday", "Tuesday", "Friday"))
FRONT = """---
title: "Harbour bridge closes: three weeks"
source: "https://www.example.org/bridge"
author:
  - "[[Ann Lee]]"
  - "[[Bo Ek]]"
published: 2024-01-19
created: 2024-02-20
tags:
  - "clippings"
---
"""
READER = """Title: Harbour bridge closes: three weeks | Harbour Post

URL Source: https://www.example.org/bridge

Published Time: 2024-01-19T08:15:00Z

Markdown Content:
*   [News](https://www.example.org/news)
*   [Sport](https://www.example.org/sport)
*   [Mail](https://www.example.org/mail)

# Harbour bridge closes: three weeks

By Ann Lee and Bo Ek

"""
MAIL = """---------- Forwarded message ---------
From: Harbour Post <news@example.org>
Date: Fri, 19 Jan 2024 07:30:12 +0000
Subject: Harbour bridge closes: three weeks
To: <reader@example.com>,
 <other@example.com>

By Ann Lee and Bo Ek

"""


def draft(text: str) -> Draft:
    return capture.extract(text, url="", fetched_at=FETCHED, config=Config())


@pytest.mark.parametrize("head", [FRONT, READER, MAIL], ids=["front matter", "reader", "mail"])
def test_what_a_text_states_of_itself_is_its_metadata(head: str) -> None:
    found = draft(head + BODY)
    assert found.meta.title == "Harbour bridge closes: three weeks"
    assert set(found.meta.authors) == {"Ann Lee", "Bo Ek"}
    assert found.meta.published is not None
    assert dates.local_day(found.meta.published, None) == "2024-01-19"
    assert [block.text for block in found.blocks] == BODY.split("\n\n")


def test_every_line_of_the_head_is_on_the_record() -> None:
    lines = {line.strip().removeprefix("- ") for line in MAIL.split("\n")[1:6] if line.strip()}
    assert lines - {"<other@example.com>"} <= {gone.text for gone in draft(MAIL + BODY).removed}


def test_lines_are_found_where_they_were() -> None:
    assert read(FRONT + BODY)[1].split("\n").index(TEXT) == FRONT.count("\n")


def test_chinese_fields() -> None:
    head = "标题：跨江大桥夜间封闭维修\n作者：王晓明\n日期：2024年1月19日\n\n"
    text = "市交通局昨日宣布，从本月十五日起，跨江大桥每晚十一点至次日凌晨五点封闭维修，预计工程将持续四个月。"
    found = draft(head + text + "\n\n" + text.replace("昨日", "今天"))
    assert (found.meta.title, found.meta.authors) == ("跨江大桥夜间封闭维修", ("王晓明",))


@pytest.mark.parametrize(
    "text",
    [
        f"Title: what is in a name?\n\n{BODY}",
        f"Date: 19 January 2024\nSource: Harbour Post\n\n{BODY}",
        f"---\n{TEXT}\n---\n{BODY}",
        f"---\ntitle: never closed\n\n{BODY}",
        f"Harbour bridge closes\n\nTitle: x\nAuthor: Ann Lee\n\n{BODY}",
        "",
    ],
    ids=["one field", "no title", "rules", "no end", "not at the head", "nothing"],
)
def test_what_is_no_head(text: str) -> None:
    assert read(text)[1] == text


def test_an_address_is_no_title() -> None:
    found = draft(f"https://www.example.org/harbour-bridge-closes\n\nHarbour bridge\n\n19 January 2024\n\n{BODY}")
    assert found.meta.title == "Harbour bridge"


CLIPPED = """---
created: 2024-02-01T10:00:00 (UTC +01:00)
tags: []
source: https://www.example.org/bridge
author: Ann Lee
---

# Harbour bridge closes: three weeks

"""
EXTRACTED = """---
title: Harbour bridge closes: three weeks
url: https://www.example.org/bridge
hostname: example.org
sitename: Harbour Post
description: Ferries run twice as often.
categories: ['City', 'Traffic']
tags: [bridge, 'ferries', "bridge"]
---
"""


def test_the_address_names_a_head_without_a_title() -> None:
    found = draft(CLIPPED + BODY)
    assert found.meta.title == "Harbour bridge closes: three weeks"
    assert found.meta.authors == ("Ann Lee",)
    assert found.meta.published is None  # the day of the clipping is not the article's
    assert found.meta.tags == ()
    assert [block.text for block in found.blocks] == BODY.split("\n\n")


def test_what_else_a_head_states() -> None:
    meta = draft(EXTRACTED + BODY).meta
    assert (meta.site, meta.description, meta.section) == ("Harbour Post", "Ferries run twice as often.", "City")
    assert meta.tags == ("bridge", "ferries")


@pytest.mark.parametrize("head", [FRONT, READER, CLIPPED, EXTRACTED])
def test_the_stated_address_is_that_of_the_page(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(head + BODY, "utf-8")
    (found,) = read_pages([str(tmp_path)], max_bytes=100_000)
    assert found.url == "https://www.example.org/bridge"


@pytest.mark.parametrize(
    "head", ["Source: https://www.example.org/bridge\n\n", "---\nsource: the harbour post\nauthor: Ann Lee\n---\n", ""]
)
def test_no_address_is_taken_from_a_line_of_the_text(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(head + BODY, "utf-8")
    (found,) = read_pages([str(tmp_path)], max_bytes=100_000)
    assert found.url == (tmp_path / "a.txt").as_uri()


@pytest.mark.parametrize(
    "head",
    [
        "Saved on 2025-03-04 10:11\nSource: https://www.example.org/bridge\n----\n",
        "Source: https://www.example.org/bridge\nRetrieved: 4 March 2025\n\n",
        "Abgerufen am 4.3.2025 10:11\nURL: https://www.example.org/bridge\n\n",
        "采集时间：2025-03-04 10:11\n原文链接：https://www.example.org/bridge\n\n",
    ],
)
def test_the_day_of_a_copy_is_not_the_articles(head: str) -> None:
    text = f"{head}Harbour bridge closes for three weeks\n\nBy Ann Lee, 19 January 2024\n\n{BODY}"
    draft = capture.extract(text, url="", fetched_at=FETCHED, config=Config())
    assert draft.meta.title == "Harbour bridge closes for three weeks"
    assert draft.meta.published is not None and draft.meta.published.at.date().isoformat() == "2024-01-19"
    assert read(text)[0].address == "https://www.example.org/bridge"


def test_a_line_that_begins_with_such_a_word_is_no_head() -> None:
    text = f"Saved 2,000 jobs at the yard\n\nSource: https://www.example.org/bridge\n\n{BODY}"
    assert read(text)[1] == text


@pytest.mark.parametrize(
    ("note", "head"),
    [
        ("Thought this might interest you. See you!", MAIL.partition("\nBy ")[0]),
        ("FYI", "-----Original Message-----\nFrom: Ann Lee\nSent: January 19, 2024 7:30\nTo: All\nSubject: {}\n"),
        ("Read this!", "Begin forwarded message:\n\nFrom: Ann Lee\nSubject: {}\nDate: January 19, 2024\nTo: All\n"),
        ("Zur Kenntnis.", "Von: Ann Lee\nGesendet: Freitag, 19. Januar 2024 07:30\nAn: Alle\nBetreff: {}\n"),
        ("Pour info.", "De : Ann Lee\nEnvoyé : vendredi 19 janvier 2024 07:30\nÀ : Tous\nObjet : {}\n"),
        ("Os lo paso.", "De: Ann Lee\nEnviado: viernes, 19 de enero de 2024\nPara: Todos\nAsunto: {}\n"),
        ("转给大家看看。", "发件人：李安\n发送时间：2024年1月19日 07:30\n收件人：全体\n主题：{}\n"),
        ("ご参考まで。", "差出人: 李安\n日時: 2024年1月19日 7:30\n宛先: 全員\n件名: {}\n"),
    ],
    ids=["Google", "Outlook", "Apple", "German", "French", "Spanish", "Chinese", "Japanese"],
)
def test_a_message_passed_on_with_a_note(note: str, head: str) -> None:
    text = f"{note}\n\n{head.format('Harbour bridge closes: three weeks')}\n{BODY}"
    found = draft(text)
    assert found.meta.title == "Harbour bridge closes: three weeks"
    assert found.meta.published and dates.local_day(found.meta.published, None) == "2024-01-19"
    assert [block.text for block in found.blocks] == BODY.split("\n\n")
    assert found.removed[0].text == note
    assert read(text)[1].split("\n").index(TEXT) == text.split("\n").index(TEXT)


@pytest.mark.parametrize(
    "above",
    [f"Harbour bridge closes\n\n{BODY}", "Harbour bridge closes\n\nThe message to all offices says:"],
    ids=["an article", "announced"],
)
def test_a_message_that_a_text_quotes_is_not_passed_on(above: str) -> None:
    text = f"{above}\n\nFrom: Ann Lee\nTo: All\nSubject: The bridge\n\n{BODY}"
    assert read(text)[1] == text


def test_what_a_mail_says_is_not_enough_without_its_subject() -> None:
    text = f"Harbour bridge closes\n\nFrom: Harbour Post\nTo: All\nDate: 19 January 2024\n\n{BODY}"
    assert read(text)[1] == text
