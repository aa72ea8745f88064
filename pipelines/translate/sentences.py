"""Texts into sentences and back, without losing a character; long sentences into clauses.

``"".join`` over the segments of a text is the text. White space travels beside the sentences, so paragraphs,
blank lines, leading and trailing space come out of a translation as they went in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import sentencex

_LINES = re.compile(r"([^\n]*\n+|[^\n]+\Z)")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
# From the strongest mark to the weakest. A mark between two digits is a number's own (1,000 and 10:30).
_CLAUSE_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:[。！？!?；;]|……|(?<=[^\W\d_])\.(?=\s))[”’」』）)\"']*\s*",
        r"(?<!\d)[:：]\s*|[:：](?!\d)\s*|——\s*",
        r"(?<!\d)[,，]\s*|[,，](?!\d)\s*|،\s*",
        r"、|(?<=[^\s、])\s+(?=\S)",
    )
)
# Inside these runs a hard cut would break a word or a number.
_WORD = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ0-9０-９.,'’%\-]+")
# A sentence that begins with a digit or a Latin letter: sentencex sees no end before one, as if 。 were a full stop of
# numbers. News in Chinese and Japanese begins one sentence in a hundred with a day or the name of a company.
_MISSED_END = re.compile(r"(?<![。！？])[。！？]++[”’」』）)】》〉〕]*+(?=[0-9０-９A-Za-z])")
_OPENING, _CLOSING = "“‘「『（(【《〈〔", "”’」』）)】》〉〕"
# sentencex takes the square of a line's length in Chinese and Japanese (24,000 characters 0.2 s, 96,000 3.7 s), and of
# the brackets and quotes in it in any language, and holds the interpreter's lock meanwhile: long lines come in pieces.
_PIECE, _PIECE_SPACED = 2_000, 20_000
_PIECE_END = re.compile(rf"(?<![。！？!?])[。！？!?]++\s*+(?=[^\W\d_A-Za-z]|[{_OPENING}])")
_PIECE_END_SPACED = re.compile(r"(?<=[^\W\d_][^\W\d_][^\W_])[.!?؟।]\s+(?=[^\W\d_])")
_PAIRED = re.compile(rf"[{_OPENING}]|[{_CLOSING}]|\"")
# Languages written without spaces between sentences.
_UNSPACED = frozenset({"zh", "zt", "ja", "th", "lo", "km", "my", "yue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence with the white space before and after it; ``core`` is empty for white space alone."""

    lead: str
    core: str
    trail: str


def _lines(text: str) -> Iterator[str]:
    for match in _LINES.finditer(text):
        yield match.group()


def split(text: str, language: str) -> list[Segment]:
    """Return a text's sentences; a line break always ends one."""
    segments = []
    for line in _lines(text):
        parts = chain.from_iterable(_parts(piece, language) for piece in _pieces(line, language))
        for part in chain.from_iterable(map(_ended, _closed(parts))):
            lead, core, trail = _EDGES.fullmatch(part).groups()  # type: ignore[union-attr]  # it matches anything
            segments.append(Segment(lead=lead, core=core, trail=trail))
    return _merged(segments)


def _parts(piece: str, language: str) -> list[str]:
    """Return what sentencex takes for the sentences of a piece."""
    parts = list(sentencex.segment("zh" if language == "zt" else language, piece)) if piece.strip() else [piece]
    return parts if "".join(parts) == piece else [piece]  # never at the price of a character


def _pieces(line: str, language: str) -> Iterator[str]:
    """Yield a line in pieces that end with a sentence; one that goes on for too long is cut where it may be."""
    spaced = language not in _UNSPACED
    size, end = (_PIECE_SPACED, _PIECE_END_SPACED) if spaced else (_PIECE, _PIECE_END)
    start = 0
    while len(line) - start > size:
        at = _last_end(line[start : start + size], end)
        yield line[start : start + at]
        start += at
    yield line[start:]


def _last_end(text: str, end: re.Pattern[str]) -> int:
    """Return where the last sentence of a text ends, outside of quotes and brackets where there is such a place.

    A quote that is not closed is none to sentencex either. Without any end, it is the last space or the text's end.
    """
    ends = [match.end() for match in end.finditer(text)]
    outside, depth, quotes, seen = 0, 0, 0, 0
    for at in ends:
        for mark in _PAIRED.findall(text, seen, at):
            quotes += mark == '"'
            depth = max(depth + (mark in _OPENING) - (mark in _CLOSING), 0)
        seen = at
        if not depth and quotes % 2 == 0:
            outside = at
    return outside or (ends[-1] if ends else text.rfind(" ") + 1) or len(text)


def _closed(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts with closing marks where their opening marks are: sentencex ends 『再見！』 before 』."""
    held = ""
    for part in parts:
        moved = 0
        while (at := _CLOSING.find(part[moved : moved + 1] or " ")) >= 0:
            if held.count(_OPENING[at]) <= held.count(_CLOSING[at]):
                break
            held += part[moved]
            moved += 1
        if held:
            yield held
        held = part[moved:]
    if held:
        yield held


def _ended(part: str) -> Iterator[str]:
    """Yield the sentences in what sentencex takes for one; what is quoted or in brackets stays whole, as with it."""
    start = 0
    for end in _MISSED_END.finditer(part):
        before = part[start : end.end()]
        if sum(map(before.count, _OPENING)) == sum(map(before.count, _CLOSING)) and before.count('"') % 2 == 0:
            yield before
            start = end.end()
    yield part[start:]


def _merged(segments: list[Segment]) -> list[Segment]:
    """Join what has no letter or digit of its own (a closing quote, white space) to the sentence before it."""
    merged: list[tuple[str, list[str], str]] = []
    for segment in segments:
        lead, cores, trail = merged[-1] if merged else ("", [], "\n")
        if not cores or "\n" in trail or is_text(segment.core):
            merged.append((segment.lead, [segment.core] if segment.core else [], segment.trail))
        elif segment.core:
            cores.append(trail + segment.lead + segment.core)
            merged[-1] = (lead, cores, segment.trail)
        else:
            merged[-1] = (lead, cores, trail + segment.lead + segment.trail)
    return [Segment(lead=lead, core="".join(cores), trail=trail) for lead, cores, trail in merged]


def is_text(text: str) -> bool:
    """Tell whether there is a letter or a digit, that is anything to translate."""
    return any(character.isalnum() for character in text)


def join(segments: Sequence[Segment], translated: Sequence[str], from_code: str, to_code: str) -> str:
    """Put translated sentences in their sources' places; a space comes between sentences where the target has them."""
    spaced = to_code not in _UNSPACED
    out = []
    for number, (segment, text) in enumerate(zip(segments, translated, strict=True)):
        trail = segment.trail
        if segment.core and number + 1 < len(segments):
            if spaced and not trail and not segments[number + 1].lead:
                trail = " "
            elif not spaced and from_code not in _UNSPACED and trail == " ":
                trail = ""
        out.append(segment.lead + text + trail)
    return "".join(out)


def _middle_cut(text: str, tiers: Sequence[re.Pattern[str]], margin: float) -> int:
    """Return the position after the mark nearest the middle, of the strongest kind with one there; 0 for none."""
    size = len(text)
    for tier in tiers:
        ends = [match.end() for match in tier.finditer(text)]
        inner = [end for end in ends if margin * size <= end <= (1 - margin) * size and 0 < end < size]
        if inner:
            return min(inner, key=lambda end: abs(end - size / 2))
    return 0


def _hard_cut(text: str) -> int:
    """Return a position near the middle that lies in no word or number, or the very middle."""
    middle = len(text) // 2
    for match in _WORD.finditer(text):
        if match.start() < middle < match.end():
            at = match.end() if match.end() < len(text) else match.start()
            return at if 0 < at < len(text) else middle
    return middle


def cut(text: str, pieces: Callable[[str], int], limit: int) -> list[str]:
    """Cut a sentence at clause marks until no part has more pieces than the limit; joined, the parts are the text."""
    if len(text) < 2 or pieces(text) <= limit:
        return [text]
    at = _middle_cut(text, _CLAUSE_MARKS, 0.2) or _middle_cut(text, _CLAUSE_MARKS, 0.0) or _hard_cut(text)
    return cut(text[:at], pieces, limit) + cut(text[at:], pieces, limit)


def halves(text: str, least: int = 8) -> list[str]:
    """Return a sentence in two at the clause mark nearest its middle, or whole where that leaves a scrap."""
    at = _middle_cut(text, _CLAUSE_MARKS[:3], 0.15)
    return [text[:at], text[at:]] if at >= least and len(text) - at >= least else [text]


def join_clauses(sources: Sequence[str], targets: Sequence[str], to_code: str) -> str:
    """Join the translations of one sentence's parts; the full stop a model puts after a clause becomes its comma."""
    out = ""
    for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
        text = target.strip()
        inside = number + 1 < len(sources)
        if inside and source.rstrip()[-1:] in "，,、" and text.endswith((".", "。")) and not text.endswith(".."):
            text = text[:-1] + ("，" if to_code in _UNSPACED else ",")
        if out and text and to_code not in _UNSPACED:
            out += " "
        out += text
    return out
