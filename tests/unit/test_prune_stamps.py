"""Dates below the text: what the article says of a day stays, the page's own stamp goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata, Stamp
from pipelines.pruning.prune import prune
from tests.pruned import block, run
from tests.words import PROSE

META = Metadata(
    site="The Northern Courier",
    published=Stamp(at=datetime(2024, 3, 12, 8, 30, tzinfo=UTC), raw="12 March 2024", precision="day"),
)


def left(*lines: Block | str) -> list[str]:
    """The texts that are left of a page with its site and day."""
    blocks = tuple(line if isinstance(line, Block) else block(line) for line in lines)
    return [each.text for each in prune(Draft(url="u", meta=META, blocks=blocks), Config()).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Arne Dahl, lamplighter, born 4 May 1931; died 2 March 2024",
        "Deadline for applications: 30 April 2024",
        "The exhibition is open until 30 June 2024",
        "Next meeting: 15 April 2024, 7pm, Town Hall",
        "截止日期：2024年4月30日",
    ],
)
def test_a_date_below_the_text_that_says_something_stays(line: str) -> None:
    assert left(*PROSE, line) == [*PROSE, line]
    assert run(*PROSE, line, capture=True)[0] == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "12 April 2024",
        "Harwich 14.04.2024",
        "Content last reviewed: 3 May 2022",
        "First published 3 May 2022 in The Fen Review",
        "Dernière mise à jour : 3 mai 2022",
        "The Northern Courier 14 April 2024",
        "Broadcast: Radio Harwich, 12.03.2024, 15:10",
        "Geschrieben am 3. Mai 2022 von admin",
        "Escrito el 3 de mayo de 2022 por admin en Noticias",
        "Letzte Prüfung: 3. Mai 2022",
        "Max Weber says: May 3, 2022 at 10:15 am",
        "（原载《江南日报》2022年5月3日）",
        "《江南日报》（2022年5月3日 第03版）",
        "文章录入：admin 2022-05-03",
    ],
)
def test_a_stamp_below_the_text_goes(line: str) -> None:
    assert left(*PROSE, line) == PROSE


def test_a_headline_with_its_day_below_the_text_goes() -> None:
    assert left(*PROSE, block("Sauna prices to rise in spring (3 May 2023)", link_density=0.8)) == PROSE


class Counted(tuple[Block, ...]):
    """The blocks of a page, counting how often one of them is asked for."""

    asked = 0

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        Counted.asked += 1
        return super().__getitem__(place)


@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.HEADING])
def test_dates_without_end_are_each_looked_at_a_few_times(kind: Kind) -> None:
    """A page of nothing but dates is read in linear time, whatever stands above each of them."""
    dates = [block(f"{1 + at % 28} May {1990 + at // 28}", kind, level=2) for at in range(300)]
    blocks = Counted((*map(block, PROSE), *dates))
    Counted.asked = 0
    prune(Draft(url="u", meta=META, blocks=blocks), Config())
    assert Counted.asked <= 60 * len(blocks)
