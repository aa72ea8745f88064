"""The table of words: where each stands, in articles or outside them, told by the hosts of the public pages.

A host is one voice whatever its number of pages. The lines that a model is trained on see a table without their own
host, and a mixture one without either: else the model would trust the table more than it deserves on other hosts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.captures.sheets import Capture, Sheet
from pipelines.capture.stats import own
from pipelines.capture.worth import UNIT, worths

LEAST_HOSTS = 4
"""Hosts that a word needs to be in the table."""
DOUBT = 4.0
"""Hosts that are added to a word's own, half of them for the article."""


class Vocabulary:
    """The words of all pages as numbers, and for each host its words and the share of them that is in the body."""

    def __init__(self, pages: Sequence[Capture]) -> None:
        counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for page in pages:
            lines, shapes, shares = zip(*page.lines, strict=True)
            _, _, tokens = own(lines, shapes)
            for share, words in zip(shares, tokens, strict=True):
                for word in words:
                    counts[page.host][word][share > 0.5] += 1
        hosts = Counter(word for words in counts.values() for word in words)
        self.words = sorted(word for word, number in hosts.items() if number >= LEAST_HOSTS)
        self.place = {word: index for index, word in enumerate(self.words)}
        self.hosts: dict[str, tuple[Any, Any]] = {}
        for host, words in counts.items():
            shares_of = {
                self.place[word]: ins / (out + ins) for word, (out, ins) in words.items() if word in self.place
            }
            self.hosts[host] = (
                np.array(list(shares_of), np.int64),
                np.array(list(shares_of.values()), np.float64),
            )

    def numbers(self, tokens: Sequence[set[str]]) -> tuple[Any, Any]:
        """Return the numbers of all known words of a page, and how many each line has."""
        lines = [sorted(self.place[token] for token in line if token in self.place) for line in tokens]
        counts = np.array([len(line) for line in lines], np.int64)
        return np.fromiter((number for line in lines for number in line), np.int64, int(counts.sum())), counts

    def voices(self, hosts: set[str]) -> tuple[Any, Any]:
        """Return for each word the sum of the hosts' shares, and the number of hosts that use it."""
        inside, voices = np.zeros(len(self.words)), np.zeros(len(self.words))
        for host in sorted(hosts):
            places, shares = self.hosts[host]
            inside[places] += shares
            voices[places] += 1
        return inside, voices

    def table(self, hosts: set[str]) -> dict[str, int]:
        """Return the table that hosts give."""
        inside, voices = self.voices(hosts)
        values = worth(inside, voices)
        return {word: int(values[i]) for i, word in enumerate(self.words) if voices[i] >= LEAST_HOSTS}

    def rows(self, sheets: Sequence[Sheet], hosts: set[str]) -> list[Any]:
        """Return the columns of worth of each sheet of ``hosts``, by a table without its own host and its partner."""
        inside, voices = self.voices(hosts)
        inside_table = voices >= LEAST_HOSTS
        values: dict[tuple[str, str], Any] = {}
        found = []
        for sheet in sheets:
            pair = sheet.host, sheet.partner
            if pair not in values:
                less, fewer = inside.copy(), voices.copy()
                for places, shares in (self.hosts[host] for host in pair if host):
                    less[places] -= shares
                    fewer[places] -= 1
                values[pair] = worth(less, fewer)
            numbers, counts = sheet.words
            kept = inside_table[numbers]
            sums = np.concatenate([[0], np.cumsum(kept)])
            edges = np.concatenate([[0], np.cumsum(counts)])
            found.append(worths(values[pair][numbers[kept]], sums[edges[1:]] - sums[edges[:-1]]))
        return found


def worth(inside: Any, voices: Any) -> Any:
    """Return the log odds (in ``UNIT``) of a word's standing in the body, drawn to 0 by ``DOUBT``."""
    share = (inside + DOUBT / 2) / (voices + DOUBT)
    return np.round(np.log(share / (1 - share)) / UNIT)
