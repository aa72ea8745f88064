"""Which translation packages are there, and which of them translate from one language to another.

A package is an Argos package: a folder with ``metadata.json``, ``sentencepiece.model`` (or ``bpe.model``) and
``model/`` in CTranslate2's format. Installed ones lie in Argos's own folder, so that both programs share them;
``models/`` in the repository may hold bundled ``.argosmodel`` files, which serve only where nothing is installed.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from pipelines.errors import PackageError
from pipelines.translate import argos

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "models"
PIVOT = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One usable package on disk; ``bundled`` marks those that came with the repository."""

    from_code: str
    to_code: str
    from_name: str
    to_name: str
    version: str
    path: Path
    target_prefix: str = ""
    bundled: bool = False

    @property
    def name(self) -> str:
        """Return Argos's name of the package, such as ``translate-zh_en``."""
        return f"translate-{self.from_code}_{self.to_code}"

    @property
    def sha256(self) -> str:
        """Return the SHA-256 over everything that can change a translation."""
        return fingerprint(self.path)

    @property
    def label(self) -> str:
        """Return what a record says of its translator: name, version and checksum."""
        return f"{self.name} {self.version} sha256:{self.sha256}"

    def tokenizer(self) -> Any:
        """Return argostranslate's tokenizer, with ``encode(str) -> list[str]`` and ``decode``."""
        return argos.package_module().Package(self.path).tokenizer


def _parts(path: Path) -> list[Path]:
    """Return the files a translation depends on, in a fixed order."""
    files = [path / "metadata.json", path / "sentencepiece.model", path / "bpe.model"]
    files += sorted((path / "model").iterdir())
    return [file for file in files if file.is_file()]


def fingerprint(path: Path) -> str:
    """Return the SHA-256 over names and contents of a package's files; read once while they stay unchanged."""
    stamps = tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in _parts(path))
    return _fingerprint(path, stamps)


@functools.lru_cache(maxsize=32)
def _fingerprint(path: Path, stamps: tuple[tuple[int, int], ...]) -> str:
    digest = hashlib.sha256()
    for file in _parts(path):
        digest.update(f"{file.relative_to(path).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as handle:
            while chunk := handle.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def read(path: Path) -> Package:
    """Return the package in a folder; raise ``PackageError`` when it is not a complete translation package."""
    try:
        known = argos.package_module().Package(path)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise PackageError(f"{path}: not an Argos package ({error})") from None
    if known.type != "translate" or not known.from_code or not known.to_code:
        raise PackageError(f"{path}: a package of type {known.type!r}, not a translation package")
    if not hasattr(known, "tokenizer") or not (path / "model" / "model.bin").is_file():
        raise PackageError(f"{path}: an incomplete package (tokenizer or model missing)")
    return Package(
        from_code=str(known.from_code),
        to_code=str(known.to_code),
        from_name=known.from_name or known.from_code,
        to_name=known.to_name or known.to_code,
        version=str(known.package_version or "0"),
        path=path,
        target_prefix=known.target_prefix or "",
    )


def installed(folders: Iterable[Path] | None = None) -> list[Package]:
    """Return every usable package in the folders; what is not one is passed over with one log line."""
    found = []
    for folder in [argos.packages_dir()] if folders is None else folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if not path.is_dir() or path.name.startswith("."):
                continue
            try:
                found.append(read(path))
            except PackageError as error:
                logger.info("passed over: %s", error)
    return found


def unpacked_dirs() -> list[Path]:
    """Return where bundled packages may lie unpacked, best first: POLYGLEAN_CACHE if it is set, and nowhere else.

    Otherwise a git-ignored folder of the repository, then the user's cache: the repository of a container or a service
    is read-only, or belongs to somebody else.
    """
    if named := os.environ.get("POLYGLEAN_CACHE"):
        return [Path(named).expanduser() / "packages"]
    folders = [ROOT / ".cache" / "packages"]
    with contextlib.suppress(RuntimeError):  # a user without a home
        cache = os.environ.get("XDG_CACHE_HOME")
        folders.append((Path(cache) if cache else Path.home() / ".cache") / "polyglean" / "packages")
    return folders


def bundled(folder: Path | None = None, unpacked: Path | None = None) -> list[Package]:
    """Return the packages that came with the repository, unpacked on first use."""
    from pipelines.translate import install  # the two need each other: installing reads what it wrote

    found, places = [], [unpacked] if unpacked else unpacked_dirs()
    for file in sorted((folder or BUNDLED).glob("*.argosmodel")):
        try:
            package = install.unpack_once(file, places)
        except PackageError as error:
            logger.warning("the bundled package cannot be used: %s", error)
            continue
        found.append(replace(package, bundled=True))
    return found


def version_key(version: str) -> Version:
    """Return a version that can be compared; what is none counts as 0."""
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")


def best(packages: Sequence[Package], from_code: str, to_code: str) -> Package | None:
    """Return the newest package for a pair; a bundled one only where none is installed."""
    fitting = [package for package in packages if (package.from_code, package.to_code) == (from_code, to_code)]
    return max(fitting, key=lambda p: (not p.bundled, version_key(p.version), str(p.path)), default=None)


def route(packages: Sequence[Package], from_code: str, to_code: str) -> tuple[Package, ...]:
    """Return the packages to go through, one after another: direct, else via English, else none."""
    if direct := best(packages, from_code, to_code):
        return (direct,)
    first, second = best(packages, from_code, PIVOT), best(packages, PIVOT, to_code)
    return (first, second) if first and second else ()
