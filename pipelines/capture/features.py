"""What the line model sees of each line of a capture: its form, its neighbours, its place, the headline; numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.capture.body import locate
from pipelines.capture.lines import Line
from pipelines.capture.reach import FAR, ahead, back, sums_of
from pipelines.capture.repeats import repeats
from pipelines.capture.stats import NAMES, Array, own
from pipelines.capture.worth import NAMES as WORTHS
from pipelines.capture.worth import known, worths
from pipelines.pruning.shapes import Shape

HIGH = 60
"""The same for the distance to the headline, which also says how long the article has gone on."""
GAP = 4
"""Lines without running text that part two clusters of it."""
TOLD = 60
"""Columns of the running text whose words are the page's own."""
SHORT = 30
"""Columns of the lines of menus."""
TITLE_COLUMNS = (12, 160)
NEAR = ("log_columns", "prose", "sentence", "sentences", "closed", "list", "separators", "dated", "reason")
"""Own features that are also given of the line above and the line below. Lines farther away add nothing: without
them F1 of hosts not seen rises by .001."""
AGAINST_TEXT = ("wide", "function", "capital", "small", "word_len")
"""Own features that are also given against the page's running text: another language, another tone."""


class _Sheet:
    """The columns of a capture, by name, while they are put together."""

    def __init__(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
        matrix, self.words, self.tokens = own(lines, shapes)
        self.columns: dict[str, Array] = {name: matrix[:, index] for index, name in enumerate(NAMES)}
        self.size = len(lines)
        self.rows = np.arange(self.size)
        self.widths = np.array([float(shape.columns) for shape in shapes])
        self.running = (self.columns["prose"] + self.columns["sentence"]) > 0
        once = self.columns["copies"] == 1
        self.mass: Array = np.where(self.running & once, np.minimum(self.widths, 600), 0.0)

    def add(self, name: str, values: Array | float) -> None:
        """Add one column, or one number that is the same for the whole page."""
        self.columns[name] = values if isinstance(values, np.ndarray) else np.full(self.size, values)

    def bounds(self, reach: int) -> tuple[Array, Array]:
        """Return for each line where the lines within ``reach`` of it begin and end."""
        return np.maximum(0, self.rows - reach), np.minimum(self.size, self.rows + reach + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns, the matrix (one row a line), and the words whose worth a table may know."""

    names: tuple[str, ...]
    matrix: Array
    tokens: Sequence[set[str]]

    def with_worths(self, table: Mapping[str, int]) -> tuple[tuple[str, ...], Array]:
        """Return names and matrix with the columns that a table of words gives."""
        return self.names + WORTHS, np.concatenate([self.matrix, worths(*known(self.tokens, table))], axis=1)


def columns(lines: Sequence[Line], shapes: Sequence[Shape]) -> Columns:
    """Return what the line model sees of a capture, but for the worth of its words."""
    sheet = _Sheet(lines, shapes)
    _add_neighbours(sheet)
    _add_windows(sheet)
    _add_places(sheet)
    counts = _add_words(sheet)
    _add_topics(sheet)
    _add_signs(sheet, shapes)
    _add_clusters(sheet)
    _add_stretch(sheet, lines, shapes)
    _add_groups(sheet)
    _add_runs(sheet)
    _add_page(sheet)
    _add_headline(sheet, counts)
    _add_copies(sheet, lines)
    sheet.columns |= repeats(lines, shapes, sheet.words)
    matrix = np.array(list(sheet.columns.values()), np.float32).T
    return Columns(names=tuple(sheet.columns), matrix=matrix, tokens=sheet.tokens)


def features(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[tuple[str, ...], Array]:
    """Return the names of the columns, and the matrix: one row a line."""
    found = columns(lines, shapes)
    return found.names, found.matrix


def _add_neighbours(sheet: _Sheet) -> None:
    for step in (-1, 1):
        for name in NEAR:
            sheet.add(f"{name}{step:+d}", _shifted(sheet.columns[name], step))


def _add_windows(sheet: _Sheet) -> None:
    """Add the running text near a line, on either side, its share of all characters there, and the share of menus."""
    mass, widths, rows = sums_of(sheet.mass), sums_of(sheet.widths), sheet.rows
    short = sums_of((sheet.widths < SHORT) & ~sheet.running)
    for reach in (3, 8, 20):
        low, high = sheet.bounds(reach)
        before, after = mass[rows] - mass[low], mass[high] - mass[rows + 1]
        sheet.add(f"before{reach}", np.log1p(before))
        sheet.add(f"after{reach}", np.log1p(after))
        around = widths[high] - widths[low] - sheet.widths
        sheet.add(f"dens{reach}", (before + after) / np.maximum(1, around))
        sheet.add(f"short{reach}", (short[high] - short[low]) / (high - low))
    run, listed = sums_of(sheet.mass > 0), sums_of(sheet.columns["list"])
    for reach in (12, 40):
        low, high = sheet.bounds(reach)
        sheet.add(f"run{reach}", (run[high] - run[low]) / (high - low))
    low, high = sheet.bounds(8)
    sheet.add("list8", listed[high] - listed[low])


def _add_places(sheet: _Sheet) -> None:
    """Add where a line stands in the page and in its running text."""
    sums, rows, mass = sums_of(sheet.mass), sheet.rows, sheet.mass
    total = max(1.0, float(sums[-1]))
    above, below = back(mass > 0), ahead(mass > 0)
    sheet.add("place", rows / max(1, sheet.size))
    sheet.add("mass_before", sums[rows] / total)
    sheet.add("mass_after", (total - sums[rows + 1]) / total)
    sheet.add("total", np.log1p(total))
    sheet.add("size", np.log1p(sheet.size))
    sheet.add("back", above)
    sheet.add("ahead", below)
    sheet.add("gap", above + below)
    sheet.add("of_longest", mass / max(1.0, float(mass.max(initial=0.0))))


def _add_words(sheet: _Sheet) -> Counter[str]:
    """Add how far a line shares its words with the page's running text other than itself; return its words."""
    counts: Counter[str] = Counter()
    told = sheet.mass >= TOLD
    for words, counted in zip(sheet.words, told.tolist(), strict=True):
        if counted:
            counts.update(words)
    known = counts.get
    hits = [sum(known(word, 0) > own for word in words) for words, own in zip(sheet.words, told.tolist(), strict=True)]
    sizes = np.array([max(1, len(words)) for words in sheet.words])
    sheet.add("shared", np.array(hits) / sizes)
    sheet.add("hits", np.minimum(hits, 12))
    return counts


def _add_topics(sheet: _Sheet) -> None:
    """Add how often each topic's words occur within five lines on either side."""
    low, high = sheet.bounds(5)
    for name in NAMES:
        if name.startswith("topic_"):
            sums = sums_of(sheet.columns[name])
            sheet.add(f"{name}_near", sums[high] - sums[low])


SIGNS = ("related", "comment", "stamp", "byline", "share", "legal", "editor")


def _signs(shape: Shape) -> tuple[bool, ...]:
    """Return which of ``SIGNS`` a line is; they tell where a reader is: above an article, below it, among comments."""
    reason, form = shape.reason, shape.form
    return (
        form == "section" and reason in ("related_links", "subscription"),
        reason == "comment_form" and form != "part",
        shape.seems_stamp,
        reason in ("byline", "source_line", "date_line") and not shape.prose,
        reason in ("share_bar", "category") and not shape.prose,
        reason in ("copyright", "legal_notice"),
        reason == "editor_credit",
    )


def _add_signs(sheet: _Sheet, shapes: Sequence[Shape]) -> None:
    """Add for each sign how far back and ahead it stands, how many stand within eight lines and how many above."""
    found = np.array([_signs(shape) for shape in shapes], bool).reshape(sheet.size, len(SIGNS))
    low, high = sheet.bounds(8)
    for index, name in enumerate(SIGNS):
        flags = found[:, index]
        sums = sums_of(flags)
        sheet.add(f"{name}_back", back(flags))
        sheet.add(f"{name}_ahead", ahead(flags))
        sheet.add(f"{name}_near", sums[high] - sums[low])
        sheet.add(f"{name}_seen", np.minimum(sums[sheet.rows], 9))
    stamps = np.flatnonzero(sheet.columns["stamp"])
    first = int(stamps[0]) if len(stamps) else -HIGH
    sheet.add("first_stamp", np.clip(sheet.rows - first, -HIGH, HIGH))


def _add_clusters(sheet: _Sheet) -> None:
    """Add which cluster of running text a line is in: its text, its rank, its order, the text before it.

    A cluster ends where more than ``GAP`` lines in a row are no running text; a line outside belongs to the nearest
    cluster above it.
    """
    of: list[int] = []
    sizes, last = [0.0], -GAP - 2
    for index, value in enumerate(sheet.mass.tolist()):
        if value:
            if index - last > GAP + 1:
                sizes.append(0.0)
            sizes[-1] += value
            last = index
        of.append(len(sizes) - 1)
    mass = np.array(sizes)
    greatest = float(mass.max()) or 1.0
    ranks = np.empty(len(mass))
    ranks[np.argsort(-mass, kind="stable")] = np.arange(len(mass))
    sheet.add("cl_mass", np.log1p(mass[of]))
    sheet.add("cl_share", mass[of] / greatest)
    sheet.add("cl_rank", np.minimum(ranks[of], 9))
    sheet.add("cl_no", np.minimum(of, 20))
    sheet.add("cl_before", sums_of(mass)[of] / greatest)


def _add_stretch(sheet: _Sheet, lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
    """Add where a line lies against the stretch that plain rules take for the article."""
    start, end = locate(lines, shapes)
    sheet.add("st_in", (sheet.rows >= start) & (sheet.rows < end))
    sheet.add("st_start", np.clip(sheet.rows - start, -FAR, FAR))
    sheet.add("st_end", np.clip(sheet.rows - end, -FAR, FAR))


def _add_groups(sheet: _Sheet) -> None:
    """Add what the lines between two blank lines have in common, and those of the groups before and after."""
    starts = sheet.columns["after_blank"] > 0
    starts[0] = True
    first, group = np.flatnonzero(starts), np.cumsum(starts) - 1
    size = np.bincount(group).astype(float)
    width = np.bincount(group, sheet.widths) / size
    run = np.bincount(group, sheet.running.astype(float)) / size
    sheet.add("gr_pos", np.minimum(sheet.rows - first[group], FAR))
    sheet.add("gr_mass", np.log1p(np.bincount(group, sheet.mass))[group])
    for step in (0, -2, -1, 1, 2):
        name = f"{step:+d}" if step else ""
        sheet.add(f"gr_size{name}", np.minimum(_shifted(size, step), FAR)[group])
        sheet.add(f"gr_width{name}", _shifted(width, step)[group])
        sheet.add(f"gr_run{name}", _shifted(run, step)[group])


def _add_runs(sheet: _Sheet) -> None:
    """Add how long the run of short lines is that a line stands in: menus, lists of headlines, tables."""
    short = ~sheet.running & (sheet.widths < 100)
    edges = np.concatenate([[True], short[1:] != short[:-1]])
    run, first = np.cumsum(edges) - 1, np.flatnonzero(edges)
    size = np.bincount(run)
    place = sheet.rows - first[run]
    sheet.add("run_size", np.where(short, np.minimum(size[run], 40), 0))
    sheet.add("run_pos", np.where(short, np.minimum(place, 40), 0))
    sheet.add("run_left", np.where(short, np.minimum(size[run] - place, 40), 0))
    sheet.add("run_width", np.where(short, (np.bincount(run, sheet.widths) / size)[run], 0))


def _add_page(sheet: _Sheet) -> None:
    """Add how a line differs from the page's running text, and how the page parts its paragraphs."""
    prose = sheet.columns["prose"] > 0
    blank = sheet.columns["after_blank"] > 0
    sheet.add("pg_blank", float((blank & prose).sum() / max(1, prose.sum())))
    sheet.add("of_median", sheet.widths / (np.median(sheet.widths[prose]) if prose.any() else 100.0))
    total = float(sheet.mass.sum()) or 1.0
    for name in AGAINST_TEXT:
        values = sheet.columns[name]
        usual = float((values * sheet.mass).sum() / total)
        sheet.add(f"{name}_diff", values - usual)
        if name == "wide":
            sheet.add("wide_total", usual)


def _headline(sheet: _Sheet, counts: Counter[str]) -> tuple[int, float]:
    """Return the line most probably the headline, and how sure that is: its words recur in running text below it."""
    after = sheet.mass.sum() - np.cumsum(sheet.mass)
    low, high = TITLE_COLUMNS
    fits = (sheet.widths >= low) & (sheet.widths <= high) & ~sheet.running & (after > 0.25 * max(1.0, sheet.mass.sum()))
    best, place = 0.0, -1
    for index in np.flatnonzero(fits).tolist():
        words = sheet.words[index]
        if len(words) >= 3:
            score = sum(min(counts.get(word, 0), 4) for word in words) / (len(words) + 3) ** 0.5
            if score > best + 1e-9:
                best, place = score, index
    return place, best


def _add_headline(sheet: _Sheet, counts: Counter[str]) -> None:
    """Add how far a line is from the headline and its date, and how much of the headline is said in and near it."""
    place, score = _headline(sheet, counts)
    if place < 0:
        for name in ("dist", "overlap", "before", "near", "stamp", "score"):
            sheet.add(f"ti_{name}", -9.0)
        return
    title, rows = sheet.words[place], sheet.rows
    said = np.array([len(words & title) / len(title) for words in sheet.words])
    sums = sums_of(said * (sheet.widths >= 40))
    low, high = sheet.bounds(3)
    dated = np.flatnonzero((sheet.columns["dated"] > 0) & (rows >= place))
    stamp = int(dated[0]) if len(dated) else place
    sheet.add("ti_dist", np.clip(rows - place, -HIGH, HIGH))
    sheet.add("ti_overlap", said)
    sheet.add("ti_before", sums[rows])
    sheet.add("ti_near", sums[high] - sums[low])
    sheet.add("ti_stamp", np.clip(rows - stamp, -HIGH, HIGH))
    sheet.add("ti_score", score)


def _add_copies(sheet: _Sheet, lines: Sequence[Line]) -> None:
    """Add how many lines begin and end alike: price lists, heads of comments, "Read more"."""
    for name, part in (("first3", slice(0, 3)), ("last2", slice(-2, None))):
        parts = [line.text[part] for line in lines]
        counts = Counter(parts)
        sheet.add(name, np.array([min(counts[each] - 1, 12) for each in parts]))


def _shifted(values: Array, step: int) -> Array:
    """Return what stands ``step`` places on, -1 beyond the ends."""
    if not step:
        return values
    found = np.full(len(values), -1.0)
    if 0 < step < len(values):
        found[:-step] = values[step:]
    elif 0 < -step < len(values):
        found[-step:] = values[:step]
    return found
