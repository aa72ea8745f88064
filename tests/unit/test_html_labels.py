"""A label goes with its links: "Polecamy:" above a list of other articles that is left out."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract
from pipelines.html.labels import without_labels
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

PROSE = (
    "<p>W dniu {} rada wysłuchała {} mówców w sprawie hali i żaden z nich nie chciał, aby zamknięto ją na zimę; "
    "głosowanie odbędzie się w piątek.</p>"
)
LINKS = "<ul><li><a href='/2024/01/11/most'>Most w Krasnymstawie zamknięty</a></li><li><a href='/2024/01/11/dworzec'>Dworzec jak nowy</a></li></ul>"


def body(inside: str) -> list[str]:
    text = [PROSE.format(day, day + 3) for day in range(2, 8)]
    page = (
        "<html><head><title>Hala zostaje otwarta</title></head><body><nav><a href='/'>Portal</a></nav><article>"
        f"<h1>Hala zostaje otwarta</h1>{''.join(text[:3])}{inside}{''.join(text[3:])}</article></body></html>"
    )
    draft = extract(page, url="https://a.pl/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    return [block.text for block in draft.blocks]


@pytest.mark.parametrize(
    "label", ["O tym się mówi:", "Więcej o technologiach przeczytasz w tekstach:", "Ранее:", "Δείτε:", "Meer hierover:"]
)
def test_a_label_above_links_that_are_left_out_goes_with_them(label: str) -> None:
    found = body(f"<p><strong>{label}</strong></p>{LINKS}")
    assert "Dworzec jak nowy" not in found
    assert label not in found
    assert len(found) == 6


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Radny powiedział:</p><p>Nikt z nas nie chce, żeby hala przez całą zimę stała pusta i zamknięta na głucho.</p>",
        "<p>Radny powiedział:</p><ul><li>hala zostaje otwarta do końca kwietnia tego roku</li><li>sauna też</li></ul>",
    ],
)
def test_a_label_above_text_stays(inside: str) -> None:
    assert "Radny powiedział:" in body(inside)


def test_the_name_of_a_field_above_the_text_goes() -> None:
    page = "<html><body><h1>Hala zostaje otwarta</h1><div class='field'><div class='{}'>Opis odcinka:</div>{}</div></body></html>"
    text = "".join(PROSE.format(day, day + 3) for day in range(2, 8))
    for name, stays in (("field-label", False), ("intro", True)):
        root = parse(page.format(name, text))
        assert root is not None
        found = Walker().walk(root)
        keep = without_labels(found, [leaf.level == 0 for leaf in found.leaves])
        assert keep[1] is stays
        assert sum(keep) == 6 + stays
