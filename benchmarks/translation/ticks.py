"""A process with nothing but a ticking event loop: what the machine's other load alone does to one.

``python -m benchmarks.translation.ticks`` ticks until its standard input closes, then prints its lags as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

TICK_S = 0.005
_ROOT = Path(__file__).resolve().parents[2]


async def tick(lags_ms: list[float]) -> None:
    """Note at every tick by how much the loop is late; runs until it is cancelled."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(TICK_S)
        lags_ms.append((time.perf_counter() - before - TICK_S) * 1000)


class Control:
    """The same ticks in a process of their own, for as long as the block lasts; ``lags_ms`` is sorted afterwards."""

    def __enter__(self) -> Control:
        """Start the process."""
        self.lags_ms: list[float] = []
        command = [sys.executable, "-m", "benchmarks.translation.ticks"]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_: object) -> None:
        """End it and take its lags."""
        printed, _ = self._process.communicate()
        self.lags_ms = sorted(json.loads(printed))


async def _until_closed() -> list[float]:
    lags_ms: list[float] = []
    loop, closed = asyncio.get_running_loop(), asyncio.Event()

    def wait() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(closed.set)

    threading.Thread(target=wait, daemon=True).start()
    ticking = asyncio.create_task(tick(lags_ms))
    await closed.wait()
    ticking.cancel()
    return lags_ms


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_until_closed())))
