"""What programs make of the pictures of a page."""

from __future__ import annotations

import pytest

from pipelines.capture.lines import read
from pipelines.capture.pictures import silence

CAPTION = "Cars slide on the road to the harbour in the snow."


def odds(line: str) -> float:
    found = [0.8]
    silence(read(line), found)
    return found[0]


@pytest.mark.parametrize(
    "line",
    [
        "[273]",
        "[fd727ba0ecf84b5f94b801187aea213c]",
        "[transparen]",
        "[IMG]",
        "[238] [239]",
        "7.jpg",
        "harbour_snow-2.JPEG",
        f"{CAPTION} {CAPTION}",
        "（视觉中国）沈阳公园晨练的老年人。（视觉中国）沈阳公园晨练的老年人。",
        " ".join(["How Your Brain Corrupts Your Shopping"] * 3),
    ],
)
def test_pictures_are_no_text(line: str) -> None:
    assert odds(line) == 0.0


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        "[applause]",
        "[laughs and leaves]",
        CAPTION,
        f"{CAPTION} {CAPTION[:-1]}",
        "ha ha",
        "Hallelujah Hallelujah",
        "See image.png below",
    ],
)
def test_text_stays(line: str) -> None:
    assert odds(line) == 0.8
