"""``python -m benchmarks.captures.train_title``: learn which line of a capture is its title; write the weights as JSON.

Every capture is read by the line model that never saw its host. It is learned from as it is, with its address and
without, from its title on and from a few lines above it on, as people select parts of a page. The weights of all hosts
go to pipelines/data; four sets, each blind to a quarter of the hosts, are kept beside this file for the benchmark.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.captures import CACHE, TITLES, add_data, fold_of, hosts, load_truth, read_folds
from benchmarks.captures.__main__ import scorer
from benchmarks.captures.render import RENDERERS, render
from pipelines.capture import votes
from pipelines.capture.choice import choose
from pipelines.capture.head import first_text
from pipelines.capture.headline import Candidates
from pipelines.capture.joins import join
from pipelines.capture.lines import Line, read
from pipelines.pruning.shapes import Shape, shape

DATA = Path(__file__).parents[2] / "pipelines" / "data" / "capture_title.json"
PENALTY = 40.0
"""Strength of the penalty on the squares of the weights; 20 and 60 find the same share of the titles within .005."""
LEAST = 0.005
"""Share of the true titles that would be below the bar: a line less like a title than these is none. Taught to leave
captures that are cut below their title without one, the weights find 3 % fewer of those that begin with it."""
ROUNDS = 60
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The lines of one capture that may be its title: what is seen on each, and which is it."""

    host: str
    rows: list[dict[str, float]]
    is_title: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A capture with the lines that a model chose, and those that say what the truth's title says."""

    host: str
    url: str
    lines: Sequence[Line]
    shapes: Sequence[Shape]
    chosen: Sequence[bool]
    titles: Sequence[bool]

    def cases(self, rnd: random.Random) -> Iterator[Case]:
        """Yield the capture as it is and in parts."""
        start = first_text(self.shapes, self.chosen)
        for url in dict.fromkeys((self.url, "")):
            yield self._case(0, start, url)
        above = [at for at in range(start) if self.titles[at]]
        if above:
            yield self._case(above[-1], start, "")
            yield self._case(max(0, above[-1] - rnd.randint(1, 6)), start, "")

    def _case(self, cut: int, start: int, url: str) -> Case:
        found = Candidates(self.lines[cut:], self.shapes[cut:], self.chosen[cut:], start - cut, url)
        return Case(host=self.host, rows=found.rows(), is_title=[self.titles[at + cut] for at in found.places])


def captures(data: Path) -> Iterator[Capture]:
    """Yield the captures of all pages with a known title that a blind model finds an article in."""
    truth = [page for page in load_truth(data) if page.get("title")]
    models = [votes.build(item) for item in read_folds()]
    plain = scorer(data).nk
    for name in RENDERERS:
        texts = render(data, CACHE, name, [page["id"] for page in truth])
        for page in truth:
            lines = join(read(texts[page["id"]]))
            shapes = [shape(line.text) for line in lines]
            chosen = choose(lines, shapes, models[fold_of(hosts(page), len(models))])
            told = {plain(title) for title in (page["title"], *(page.get("title_alt") or ()))}
            titles = [plain(line.text) in told for line in lines]
            if any(chosen):
                url = page.get("url") or ""
                yield Capture(host=hosts(page), url=url, lines=lines, shapes=shapes, chosen=chosen, titles=titles)


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Return the weights that make the true titles most likely, each among the lines of its capture."""
    cases = [case for case in cases if any(case.is_title)]
    names = list(cases[0].rows[0])
    table = np.array([[row[name] for name in names] for case in cases for row in case.rows])
    right = np.array([flag for case in cases for flag in case.is_title], dtype=float)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    weights = _climb((table - mean) / spread, right, np.array([len(case.rows) for case in cases])) / spread
    bar = float(np.quantile((table @ weights)[right > 0], LEAST))
    return {"": -bar, **dict(zip(names, weights.tolist(), strict=True))}


def _climb(table: Array, right: Array, sizes: npt.NDArray[np.int64]) -> Array:
    """Return the weights of the greatest penalised likelihood, by steps of Fisher scoring."""
    first = np.cumsum(sizes) - sizes
    case = np.repeat(np.arange(len(sizes)), sizes)
    found = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        score = table @ found
        power = np.exp(score - np.maximum.reduceat(score, first)[case])
        share = power / np.add.reduceat(power, first)[case]
        truth = power * right / np.add.reduceat(power * right, first)[case]
        means = np.add.reduceat(table * share[:, None], first, axis=0)
        bend = (table * share[:, None]).T @ table - means.T @ means + PENALTY * np.eye(len(found))
        found = found + 0.7 * np.linalg.solve(bend, table.T @ (truth - share) - PENALTY * found)
    return found


def main() -> None:
    """Learn, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures.train_title", description=__doc__)
    add_data(parser)
    options = parser.parse_args()
    rnd = random.Random(3)
    cases = [case for capture in captures(options.data) for case in capture.cases(rnd)]
    folds = len(read_folds())
    _write(TITLES, [fit([case for case in cases if fold_of(case.host, folds) != fold]) for fold in range(folds)])
    _write(DATA, fit(cases))
    print(f"{len(cases)} captures and parts of them")


def _write(path: Path, found: Any) -> None:
    rounded = json.loads(json.dumps(found), parse_float=lambda text: round(float(text), 4))
    path.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
