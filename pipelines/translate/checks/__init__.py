"""Compares a sentence with its translation and says, in flags, what a reader should not trust."""

from pipelines.translate.checks.judge import FLAGS, NOTES, VERSION, cost, judge
from pipelines.translate.checks.repair import numbers as repaired_numbers

__all__ = ["FLAGS", "NOTES", "VERSION", "cost", "judge", "repaired_numbers"]
