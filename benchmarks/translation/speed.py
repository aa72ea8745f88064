"""Polyglean's translation beside plain argostranslate: the same package, the same sentences, taking turns.

The package has the official zh→en model's shape (6+6 layers, d 512, int8, 32,000 tokens) and is wired by hand to
translate word by word (``tests/argos_tiny.py``): decoding costs what the official model's costs, and its texts pass the
checks, as a good model's mostly do. Both sides run in turn, each in a fresh process, so that other load on the machine
meets both; the ratios are what to look at.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.translate.install import install_file
from tests.argos_tiny import build

_ROOT = Path(__file__).resolve().parents[2]
_CACHE = _ROOT / ".cache" / "translation"
_SHAPE = {"layers": 6, "size": 512, "heads": 8, "inner": 2048}
_VOCABULARY = 32_000
_WORDS = 1_500
# Sentences of Chinese news: 10–60 words of a token each, most of them near 26, as in wmt21 with the official tokenizer.
_MEAN, _SPREAD = 26, 10


def words(rng: random.Random) -> dict[str, str]:
    """Return made-up Chinese words of two characters and English words of about the length translations have."""
    # The common characters of GB 2312, by their sounds; others would be taken for Traditional script and converted.
    characters = bytes(b for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA) for b in (row, cell)).decode(
        "gb2312"
    )
    # Characters that the checks read something into: numbers, negations, names.
    shunned = set(
        "零一二两三四五六七八九十百千万亿兆几数半多余个成折倍点分年月日时周双俩不没未无非否别莫勿毫难从并绝禁严拒切请全完绝所整昼"
    )
    usable = [c for c in characters if c not in shunned]
    found: dict[str, str] = {}
    while len(found) < _WORDS:
        english = "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(4))
        found["".join(rng.sample(usable, 2))] = f" {english}"
    return found


def corpus(table: dict[str, str], articles: int, rng: random.Random) -> list[str]:
    """Return articles of 6–14 paragraphs with 1–4 sentences each."""
    known = list(table)

    def sentence() -> str:
        count = max(10, min(60, round(rng.gauss(_MEAN, _SPREAD))))
        chosen = rng.sample(known, count)
        return "".join(chosen[: count // 2]) + "，" + "".join(chosen[count // 2 :]) + "。"

    return [
        "\n\n".join("".join(sentence() for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(6, 14)))
        for _ in range(articles)
    ]


def _package(table: dict[str, str]) -> Path:
    """Return a packages folder with the model; built once, in a folder that git ignores."""
    recipe = json.dumps([table, _SHAPE, _VOCABULARY], sort_keys=True).encode()
    folder = _CACHE / f"{hashlib.sha256(recipe).hexdigest()[:12]}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory() as work:
            file = build(Path(work) / "m.argosmodel", table, pad_to=_VOCABULARY, quantization="int8", **_SHAPE)
            install_file(file, folder)
    return folder


def _turn(module: str, articles: Path, packages: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "out.json"
        homes = {f"XDG_{name}_HOME": work for name in ("DATA", "CONFIG", "CACHE")}
        environment = os.environ | homes | {"ARGOS_PACKAGES_DIR": str(packages), "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, "-m", f"benchmarks.translation.{module}", str(articles), str(out)]
        subprocess.run(command, check=True, cwd=_ROOT, env=environment)
        figures: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return figures


def _same(one: list[str], other: list[str]) -> bool:
    """Compare texts without white space: argostranslate joins the sentences of a line in its own way."""
    return ["".join(text.split()) for text in one] == ["".join(text.split()) for text in other]


def run(console: Console, *, rounds: int, articles: int) -> dict[str, Any]:
    """Print each round's figures and the ratios, and return them."""
    rng = random.Random(4)
    table = words(rng)
    texts = corpus(table, articles, rng)
    sentences = sum(text.count("。") for text in texts)
    packages = _package(table)
    shown = Table("round", "side", "sentences/s", "CPU s", "wall s", "peak MB", "load s", box=None)
    shown.title = f"\n{articles} articles, {sentences} sentences, the official zh→en model's shape"
    cpu, wall, same = [], [], True
    figures_of: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "articles.json"
        file.write_text(json.dumps(texts), "utf-8")
        for number in range(1, rounds + 1):
            turns = {"argostranslate": _turn("plain_argos", file, packages), "polyglean": _turn("ours", file, packages)}
            for name, figures in turns.items():
                numbers = (figures["cpu_s"], figures["wall_s"], figures["peak_mb"], figures["load_s"])
                rate = f"{sentences / figures['wall_s']:.1f}"
                shown.add_row(str(number), name, rate, *(f"{value:.1f}" for value in numbers))
                figures_of.append({"round": number, "side": name} | {k: v for k, v in figures.items() if k != "texts"})
            plain, ours = turns.values()
            cpu.append(plain["cpu_s"] / ours["cpu_s"])
            wall.append(plain["wall_s"] / ours["wall_s"])
            same = same and _same(plain["texts"], ours["texts"])
    console.print(shown)
    console.print(
        f"polyglean needs {median(cpu):.1f} times less CPU and {median(wall):.1f} times less wall time (median of "
        f"{rounds} rounds; CPU {min(cpu):.1f}–{max(cpu):.1f}, wall {min(wall):.1f}–{max(wall):.1f}); "
        f"texts {'equal' if same else 'NOT equal'}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    return {
        "articles": articles,
        "sentences": sentences,
        "turns": figures_of,
        "times_less_cpu": cpu,
        "times_less_wall": wall,
        "texts_equal": same,
    }
