"""Runs one system in a process of its own: one JSON line a page in, one out, with the processor seconds it took."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PIP = ("install", "--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "20")
TIMEOUT = 60.0
"""Seconds a system may take for one page before it is stopped and the page counts as empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system under test: its name in the tables, what to install for it, and the settings of its worker."""

    name: str
    label: str
    requires: tuple[str, ...] = ()
    """Nothing: it runs in this environment."""


SYSTEMS = (
    System(name="polyglean", label="**Polyglean**"),
    System(name="polyglean-all", label="Polyglean, no page rejected"),
    System(name="polyglean-unseen", label="Polyglean, hosts unseen, no page rejected"),
    System(name="trafilatura", label="trafilatura 2.3.1", requires=("trafilatura==2.3.1", "lxml_html_clean")),
    System(
        name="trafilatura-fast", label="trafilatura 2.3.1, fast", requires=("trafilatura==2.3.1", "lxml_html_clean")
    ),
    System(
        name="trafilatura-precision",
        label="trafilatura 2.3.1, precision",
        requires=("trafilatura==2.3.1", "lxml_html_clean"),
    ),
    System(
        name="trafilatura-text",
        label="trafilatura 2.3.1, no metadata",
        requires=("trafilatura==2.3.1", "lxml_html_clean"),
    ),
    System(name="readability", label="readability-lxml 0.9", requires=("readability-lxml==0.9", "lxml_html_clean")),
    System(name="newspaper", label="newspaper4k 0.9.6", requires=("newspaper4k[all]==0.9.6", "lxml_html_clean")),
    System(
        name="magic-html",
        label="magic-html 0.1.5",
        requires=(
            "https://github.com/opendatalab/magic-html/releases/download/magic_html-v0.1.5/"
            "magic_html-0.1.5-py3-none-any.whl",
        ),
    ),
    System(name="justext", label="jusText 3.0.2", requires=("jusText==3.0.2", "lxml_html_clean")),
    System(name="goose3", label="goose3 3.1.22", requires=("goose3==3.1.22", "lxml_html_clean", "jieba")),
    System(name="boilerpy3", label="boilerpy3 1.0.7", requires=("boilerpy3==1.0.7",)),
    System(name="resiliparse", label="resiliparse 2.0.1", requires=("resiliparse==2.0.1",)),
)


class Unavailable(Exception):
    """A peer cannot be installed here; the table says so."""


def interpreter(system: System, cache: Path) -> Path:
    """Return the Python that runs a system, building its environment when it is not there yet."""
    if not system.requires:
        return Path(sys.executable)
    folder = cache / "venvs" / system.name.split("-")[0]
    python, stamp = folder / "bin" / "python", folder / ".ready"
    wanted = "\n".join(system.requires)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"installing {system.label} into {folder}", file=sys.stderr, flush=True)
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", *PIP, *system.requires],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode:
            last = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
            raise Unavailable(last[-1][:160] if last else f"{step[1:3]} failed")
    stamp.write_text(wanted, "utf-8")
    return python


class Worker:
    """A running system. A page that kills it or takes too long counts as empty, and the worker starts again."""

    def __init__(self, system: System, cache: Path, core: int | None) -> None:
        self.system = system
        self.core = core
        self.python = interpreter(system, cache)
        self.log = cache / f"{system.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._start()

    def _start(self) -> None:
        """Start the process and wait until it is ready, so that imports are no page's time."""
        script = "ours.py" if not self.system.requires else "peer.py"
        home = str(HERE.parents[1]) if script == "ours.py" else ""
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": home}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(self.python), str(HERE / script), self.system.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
            )
        if self.core is not None:
            os.sched_setaffinity(self.process.pid, {self.core})
        if self._read(120.0) is None:
            said = self.log.read_text("utf-8", "replace").strip().split("\n")
            raise Unavailable(f"its worker does not start: {said[-1]}")

    def _read(self, timeout: float) -> dict[str, Any] | None:
        """Return the next answer, None when the process ended or took too long."""
        assert self.process is not None and self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(timeout):
                return None
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def run(self, page: dict[str, Any]) -> dict[str, Any]:
        """Return the prediction for one page, with ``seconds`` of processor time."""
        assert self.process is not None and self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(page).encode() + b"\n")
            self.process.stdin.flush()
            answer = self._read(TIMEOUT)
        except BrokenPipeError:
            answer = None
        if answer is None:
            self.stop()
            self._start()
            return {"id": page["id"], "failed": "stopped", "seconds": TIMEOUT}
        return answer

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    stream.close()
