"""The order of rows does not depend on which worker was quicker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler import settings as project
from pipelines.config import Config
from pipelines.items import InOrder, PageItem
from pipelines.model import Rejected
from pipelines.stages import config_from


def item(number: int) -> PageItem:
    return PageItem(number=number, page=None, outcome=Rejected(url="u", source=str(number), reason="r"))


@given(st.permutations(range(20)))
def test_items_are_written_in_the_order_of_their_pages(numbers: list[int]) -> None:
    written: list[int] = []
    order = InOrder(lambda one: written.append(one.number))
    for number in numbers:
        order.put(item(number))
    assert written == list(range(20))


def test_a_page_lost_in_a_cut_run_holds_nothing_back_at_the_end() -> None:
    written: list[int] = []
    order = InOrder(lambda one: written.append(one.number))
    for number in (3, 0, 2):
        order.put(item(number))
    assert written == [0]
    order.flush()
    assert written == [0, 2, 3]


def test_settings_and_config_agree_on_the_defaults() -> None:
    settings = Settings()
    settings.setmodule(project)
    assert config_from(settings) == Config()
