"""The hand-labelled outputs: a change of the checks may not find less of them, nor suspect more of the good ones."""

from __future__ import annotations

from benchmarks.translation import labelled


def test_every_output_has_a_label_and_a_source() -> None:
    outputs = list(labelled.read())
    assert len(outputs) >= 120
    assert {one.label for one in outputs} == {"ok", *labelled.MEANT}
    assert all(one.source and one.output for one in outputs)


def test_recall_and_precision_stay_where_they_were() -> None:
    counts = labelled.count(list(labelled.read()))
    named = {label: row["named"] / row["outputs"] for label, row in counts["labels"].items()}
    for label in ("code", "name", "loop", "untranslated", "date"):
        assert named[label] == 1, label
    assert named["number"] >= 0.93 and named["negation"] >= 0.94 and named["dropped"] >= 0.9
    assert counts["labels"]["ok"]["flagged"] <= 1
    for flag, hits in counts["flags"].items():
        assert hits["right"] / hits["raised"] >= 0.96, flag
