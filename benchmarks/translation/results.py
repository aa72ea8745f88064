"""Keeps each part's last figures in ``benchmarks/results/translation.json`` and writes all of them out as one page."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parents[1] / "results"
PARTS = ("fidelity", "labelled", "flow", "speed", "quality")


def machine() -> str:
    """Return what the figures were measured on, and how busy it was."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").is_file() else []
    name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"


def keep(part: str, command: str, figures: Any, shown: str) -> None:
    """Put one part's figures in the place of its last ones, with the command and what it printed."""
    file = _FOLDER / "translation.json"
    known = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    known[part] = {
        "command": command,
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "figures": figures,
        "shown": "\n".join(line.rstrip() for line in shown.strip("\n").splitlines()),
    }
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
    page = ["# Translation", "", "`make bench-translation POLYGLEAN_EVAL=FOLDER` measures all of this again."]
    for name in [name for name in PARTS if name in known]:
        one = known[name]
        page += ["", f"## {name.capitalize()}", "", f"`{one['command']}` ({one['machine']})", ""]
        page += ["```", one["shown"], "```"]
    (_FOLDER / "translation.md").write_text("\n".join(page) + "\n", "utf-8")
