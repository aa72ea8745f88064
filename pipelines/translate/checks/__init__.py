"""Compares a sentence with its translation and says, in flags, what a reader should not trust."""

from pipelines.translate.checks.judge import FLAGS, VERSION, cost, judge

__all__ = ["FLAGS", "VERSION", "cost", "judge"]
