"""Can Polyglean run here? The machine and the installation; the records are the part of ``pipelines.store.audit``."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from crawler import archive
from pipelines.errors import PolygleanError
from pipelines.store.audit import Finding, Level

MIN_PYTHON = (3, 11)
LOW_SPACE = 1 << 30
"""Below 1 GiB a commit of 96 MiB of text, its copy in staging and the archive's open file may not fit."""
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")


def check(project: Path, output: Path, target: str) -> Iterator[Finding]:
    """Yield the findings about Python, its packages, translation packages, and the place for the output."""
    yield python()
    yield pins(project / "requirements.lock")
    yield translation(target)
    yield writable(output)
    yield space(output)


def python() -> Finding:
    """Compare Python's version with the oldest that is supported."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < MIN_PYTHON:
        return Finding(subject="python", level=Level.PROBLEM, detail=f"{version}; 3.11 or newer is needed")
    return Finding(subject="python", level=Level.FINE, detail=version)


def pins(lock: Path) -> Finding:
    """Compare the installed packages with the exact versions that were tested."""
    if not lock.is_file():
        return Finding(subject="packages", level=Level.NOTE, detail=f"{lock.name} is not here; nothing to compare with")
    wanted = [match.groups() for line in lock.read_text().splitlines() if (match := _PIN.match(line))]
    differ = [
        f"{name} {there or 'missing'} (tested: {pin})" for name, pin in wanted if (there := _version(name)) != pin
    ]
    if differ:
        more = f" and {len(differ) - 5} more" if len(differ) > 5 else ""
        detail = f"{', '.join(differ[:5])}{more}; `make setup` installs the tested ones"
        return Finding(subject="packages", level=Level.PROBLEM, detail=detail)
    return Finding(subject="packages", level=Level.FINE, detail=f"{len(wanted)}, all as in {lock.name}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def translation(target: str) -> Finding:
    """Name the installed translation packages, each tried with a word; without one, records are still written."""
    from pipelines.translate import install, packages

    try:
        found = packages.installed() + packages.bundled()
    except (PolygleanError, OSError) as error:
        return Finding(subject="translation", level=Level.PROBLEM, detail=str(error))
    into = [package.label for package in found if package.to_code == target]
    if not into:
        onward = "" if target == "en" else f" (for Chinese, with `scrapy models install en {target}` after it)"
        advice = (
            f"`scrapy models install zh en` gets the official one{onward}, `scrapy models install FILE` works offline"
        )
        return Finding(subject="translation", level=Level.NOTE, detail=f"no package into {target}: {advice}")
    # Those into English as well, which the way to another language may go through.
    used = [package for package in found if package.to_code in (target, packages.PIVOT)]
    faults = [f"{package.label} does not load ({fault})" for package in used if (fault := install.fault(package))]
    if faults:
        detail = f"{'; '.join(faults)}: `scrapy models install` puts a sound one in its place"
        return Finding(subject="translation", level=Level.PROBLEM, detail=detail)
    return Finding(subject="translation", level=Level.FINE, detail=", ".join(into))


def writable(output: Path) -> Finding:
    """Write, sync and remove a file where the output goes, without creating the folder if it is not there yet."""
    folder = output
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    probe = folder / f".polyglean-{os.getpid()}.probe"
    try:
        with probe.open("xb") as stream:
            stream.write(b"x")
            os.fsync(stream.fileno())
    except OSError as error:
        detail = f"cannot write to {folder}: {os.strerror(error.errno or 0)}"
        return Finding(subject="output", level=Level.PROBLEM, detail=detail)
    finally:
        with suppress(OSError):
            probe.unlink()
    return Finding(subject="output", level=Level.FINE, detail=f"{output} can be written")


def space(output: Path) -> Finding:
    """Look at the free space of the output's disk."""
    folder = next(folder for folder in (output.absolute(), *output.absolute().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    detail = f"{free / (1 << 30):,.1f} GiB free"
    if free < LOW_SPACE:
        return Finding(subject="disk", level=Level.PROBLEM, detail=f"{detail}; less than 1 GiB may not hold a commit")
    return Finding(subject="disk", level=Level.FINE, detail=detail)


def archives(output: Path, *, deep: bool) -> Iterator[Finding]:
    """Say what lies in the archive, and with ``deep`` whether each file is as its manifest states it."""
    folder = output / "archive"
    files, left = list(folder.glob("*.warc.gz")), list(folder.glob(f"*{archive.OPEN}"))
    if not files and not left:
        return
    problems = archive.check(output) if deep else []
    for problem in problems:
        yield Finding(subject="archive", level=Level.PROBLEM, detail=problem)
    if left:
        detail = f"{len(left)} file(s) open: a crawl is running, or was killed (the next crawl closes them)"
        yield Finding(subject="archive", level=Level.NOTE, detail=detail)
    if not problems:
        size = sum(path.stat().st_size for path in files) / 2**20
        read = "as their manifests state them" if deep else "not read (--deep does)"
        yield Finding(subject="archive", level=Level.FINE, detail=f"{len(files)} file(s), {size:.1f} MiB, {read}")
