"""The line model: what networks say of each line of a capture, and of the worth of its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol

import numpy as np

from pipelines.capture import network
from pipelines.capture.features import columns
from pipelines.capture.lines import Line, flat, is_flat
from pipelines.capture.stats import Array
from pipelines.pruning.shapes import Shape

PARTS = {"words": "capture_words.json", "networks": "capture_networks.json", "flat": "capture_networks_flat.json"}


class Model(Protocol):
    """Whatever gives each line of a capture a probability of being the article's."""

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineModel:
    """A table of words, and networks over the columns of the lines and of their words; ``flat`` for flat captures.

    Boosted trees beside the networks changed F1 of hosts not seen by less than .002, and took as long. Networks that
    learn from captures with and without blank lines lose .02 of the Chinese ones with: they trust blank lines less.
    """

    words: Mapping[str, int]
    networks: network.Networks
    flat: network.Networks

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""
        networks = self.networks
        if is_flat(lines):
            networks, lines = self.flat, flat(lines)
        names, matrix = columns(lines, shapes).with_worths(self.words)
        found: Array = 1 / (1 + np.exp(-networks.log_odds(names, matrix)))
        return found


def build(data: Mapping[str, Any]) -> LineModel:
    """Build the model from its JSON: ``words``, ``networks`` and those for captures that are ``flat``."""
    return LineModel(words=data["words"], networks=network.build(data["networks"]), flat=network.build(data["flat"]))


@cache
def load() -> LineModel:
    """Return the model of the package, built once in a process."""
    folder = resources.files("pipelines").joinpath("data")
    return build({part: json.loads(folder.joinpath(name).read_text("utf-8")) for part, name in PARTS.items()})
