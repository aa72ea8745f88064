"""All checks of one sentence together, the list of flags, and how bad each is.

What a flag on a sentence says (a record with any but a note is ``translated_with_flags``):

- ``empty``: nothing came out, for the sentence or a part of it; the source stands in its place.
- ``loop``: the translation repeats a phrase back to back where the source does not.
- ``cut``: the engine stopped at its length limit; the end is missing.
- ``untranslated``: characters of the source's script are left in the translation.
- ``short``, ``long``: the length cannot be right for the source's; content dropped, or made up.
- ``number_wrong``: a number of the source is missing and another stands there instead.
- ``number_lost``: a number of the source is missing. ``number_added``: one comes from nowhere.
- ``negation``: the source denies something, nothing in the translation can mean that.
- ``code_lost``: a code such as H100 or GPT-5 is missing. ``name_lost``: a name in Latin letters is missing.
- ``glossary``: a term of the glossary, or a name the page explains, could not be had without breaking the sentence.
- ``repaired``: a number was wrong by a power of ten and has been put right; read it before you quote it.
- ``cantonese``: written Cantonese, given to a Mandarin model. ``foreign``: Japanese or Korean inside a Chinese page,
  left as it is.
- ``corrected``: a note, not a fault: the translation is a person's, from the translation memory.

Numbers and negation are compared for Chinese into English alone, names in Latin letters for Chinese into any language,
everything else for every pair.
"""

from __future__ import annotations

from pipelines.translate import sentences
from pipelines.translate.checks import names, negation, numbers, shape, words

# Part of every memory key: raise the number when a change of code changes what is flagged or chosen.
VERSION = f"4.{words.digest()}"

FLAGS: dict[str, int] = {
    "empty": 1_000,
    "loop": 500,
    "cut": 300,
    "untranslated": 100,
    "short": 80,
    "number_wrong": 60,
    "number_lost": 50,
    "number_added": 40,
    "negation": 40,
    "code_lost": 30,
    "name_lost": 20,
    "long": 20,
    "glossary": 10,
    "repaired": 0,
    "cantonese": 0,
    "foreign": 0,
    "corrected": 0,
}
"""Every flag there is, with its cost: among candidates the one with the lowest total is kept."""

NOTES = frozenset({"corrected"})
"""Flags that say how a sentence came about, not that something may be wrong with it."""

_CHINESE = frozenset({"zh", "zt"})


def judge(source: str, target: str, *, from_code: str, to_code: str, cut: bool = False) -> tuple[str, ...]:
    """Return the flags of a translation, worst first; ``cut`` tells that the engine stopped it at its limit."""
    if not target.strip() or (not sentences.is_text(target) and sentences.is_text(source)):
        return ("empty",)
    flags = ["cut"] if cut else []
    if shape.loops(source, target):
        flags.append("loop")
    if shape.left_over(source, target, to_code):
        flags.append("untranslated")
    flags += shape.length_flags(source, target)
    if from_code in _CHINESE and to_code == "en":
        flags += number_flags(numbers.compare_zh_en(source, target))
        if negation.lost(source, target):
            flags.append("negation")
    codes, plain = names.lost(source, target)
    if from_code not in _CHINESE:
        # Between alphabets only what mixes letters and digits is sure to stay as it is.
        codes, plain = [code for code in codes if any(c.isdigit() for c in code)], []
    flags += ["code_lost"] * bool(codes) + ["name_lost"] * bool(plain)
    return tuple(sorted(flags, key=lambda flag: (-FLAGS[flag], flag)))


def number_flags(found: numbers.Comparison) -> list[str]:
    """Return the flag of a comparison: a number lost and another come in its place is a wrong one."""
    if found.lost and found.added:
        return ["number_wrong"]
    return ["number_lost"] * bool(found.lost) + ["number_added"] * bool(found.added)


def cost(flags: tuple[str, ...]) -> int:
    """Return how bad a set of flags is; 0 for none."""
    return sum(FLAGS.get(flag, 0) for flag in flags)
