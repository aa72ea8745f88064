"""All checks of one sentence together, the list of flags, and how bad each is."""

from __future__ import annotations

from pipelines.translate.checks import shape

# Part of every memory key: raise it when a change here changes what is flagged or chosen.
VERSION = "1"

FLAGS: dict[str, int] = {
    "empty": 1_000,
    "loop": 500,
    "cut": 300,
    "untranslated": 100,
    "short": 80,
    "long": 20,
}
"""Every flag a check can set, with its cost: among candidates the one with the lowest total is kept."""


def judge(source: str, target: str, *, from_code: str, to_code: str, cut: bool = False) -> tuple[str, ...]:
    """Return the flags of a translation, worst first; ``cut`` tells that the engine stopped it at its limit."""
    if not target.strip():
        return ("empty",)
    flags = ["cut"] if cut else []
    if shape.loops(source, target):
        flags.append("loop")
    if shape.left_over(source, target, to_code):
        flags.append("untranslated")
    flags += shape.length_flags(source, target)
    return tuple(sorted(flags, key=lambda flag: (-FLAGS[flag], flag)))


def cost(flags: tuple[str, ...]) -> int:
    """Return how bad a set of flags is; 0 for none."""
    return sum(FLAGS.get(flag, 0) for flag in flags)
