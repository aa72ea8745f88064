"""Parallel text to SentencePiece ids on disk, and back into arrays.

usage: python -m training.vocabulary OUT_DIR --pairs TRAIN.tsv.gz [--terms TERMS.tsv.gz] [--size 24000]

Lines are ``Chinese<TAB>English``. OUT_DIR gets ``spm.model``, and ``tokens.xz`` with four little-endian arrays one
after another, whose names, order and sizes are in ``tokens.json``: ``src`` and ``tgt``, the ids of all sentences
(uint16, without begin and end marks), ``src_len`` and ``tgt_len``, each sentence's length (uint8).
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece

UNKNOWN, BEGIN, END, PADDING = 0, 1, 2, 3
# A side must fit a byte's length together with its end mark; news sentences past it are rare and cut when translated.
MAX_PIECES = 126
_SAMPLE = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All sentences of one language: their ids one after another, and where each begins and how long it is."""

    ids: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a gzipped file; lines without two texts are passed over."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            source, _, target = line.rstrip("\n").partition("\t")
            if source and target:
                yield source, target.partition("\t")[0]


def learn(pairs: list[tuple[str, str]], size: int) -> bytes:
    """Return one SentencePiece model for both languages; digits stay single, so that numbers can be copied."""
    step = max(1, len(pairs) // _SAMPLE)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(text for pair in pairs[::step] for text in pair),
        model_writer=model,
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        split_digits=True,
        normalization_rule_name="nmt_nfkc",
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        pad_id=PADDING,
        minloglevel=1,
    )
    return model.getvalue()


def is_plausible(source: int, target: int) -> bool:
    """Tell from two lengths in pieces whether a pair can be a translation; what is far off is misaligned."""
    fits = 0 < source <= MAX_PIECES and 0 < target <= MAX_PIECES
    return fits and source < 4 * target + 8 and target < 4 * source + 8


def encode(pairs: list[tuple[str, str]], model: bytes) -> dict[str, np.ndarray]:
    """Return the arrays of all plausible pairs."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    sources = processor.encode([source for source, _ in pairs])
    targets = processor.encode([target for _, target in pairs])
    kept = [(s, t) for s, t in zip(sources, targets, strict=True) if is_plausible(len(s), len(t))]
    arrays = {}
    for name, side in (("src", [s for s, _ in kept]), ("tgt", [t for _, t in kept])):
        arrays[name] = np.concatenate([np.asarray(ids, "<u2") for ids in side])
        arrays[f"{name}_len"] = np.asarray([len(ids) for ids in side], "<u1")
    return arrays


def save(arrays: dict[str, np.ndarray], folder: Path) -> None:
    """Write the arrays; xz with two-byte alignment makes them a third smaller than npz, and they travel to a GPU."""
    (folder / "tokens.json").write_text(json.dumps({name: len(array) for name, array in arrays.items()}))
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 64 << 20, "lc": 0, "lp": 1, "pb": 1}]
    with lzma.open(folder / "tokens.xz", "wb", filters=filters) as handle:
        for array in arrays.values():
            handle.write(array.tobytes())


def load(folder: Path) -> tuple[Side, Side]:
    """Return both sides of what ``save`` wrote."""
    raw, at, arrays = lzma.decompress((folder / "tokens.xz").read_bytes()), 0, {}
    for name, count in json.loads((folder / "tokens.json").read_text()).items():
        kind = np.dtype("<u1" if name.endswith("_len") else "<u2")
        arrays[name] = np.frombuffer(raw, kind, count, at)
        at += count * kind.itemsize
    sides = []
    for name in ("src", "tgt"):
        lengths = arrays[f"{name}_len"].astype(np.int64)
        sides.append(Side(ids=arrays[name], starts=np.cumsum(lengths) - lengths, lengths=lengths))
    return sides[0], sides[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=Path, required=True, action="append", help="may be given several times")
    parser.add_argument("--terms", type=Path, help="dictionary and names, kept out of the vocabulary's sample")
    parser.add_argument("--size", type=int, default=24_000)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pairs = [pair for path in options.pairs for pair in read_pairs(path)]
    model = learn(pairs, options.size)
    (options.out / "spm.model").write_bytes(model)
    if options.terms:
        pairs += read_pairs(options.terms)
    arrays = encode(pairs, model)
    save(arrays, options.out)
    print(f"{len(arrays['src_len'])} of {len(pairs)} pairs kept")


if __name__ == "__main__":
    main()
