"""Installing a package from a file: nothing outside its folder, nothing unbounded, and all of it or none.

A package file is a zip archive with one top folder. It is checked entry by entry, unpacked with a byte counter into
a hidden folder beside the packages, loaded once for trial, and only then renamed into place. The folder of the
packages itself never holds anything half made: one stray folder there breaks argostranslate's own listing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipelines.errors import PackageError
from pipelines.translate import packages
from pipelines.translate.packages import Package

# The official index's largest package is under 400 MB unpacked; stanza and spaCy folders inside count as well.
MAX_UNPACKED_BYTES = 2 << 30
MAX_ENTRIES = 2_000
# Weights hardly compress (int8: about 1.1); metadata and vocabularies reach 10. A bomb reaches 1,000.
MAX_RATIO = 100
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An installed package, the SHA-256 of the file it came from, and the versions it took the place of."""

    package: Package
    file_sha256: str
    replaced: tuple[str, ...] = ()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex; raise ``PackageError`` when it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise PackageError(f"{path}: cannot be read ({error.strerror})") from None


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time change the packages in a folder; the lock lies beside it, not in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f".{folder.name}.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise PackageError(f"{folder}: cannot be written ({error.strerror})") from None


def _checked_entries(archive: zipfile.ZipFile, size: int) -> tuple[str, list[zipfile.ZipInfo]]:
    """Return the top folder's name and the files to unpack, or raise for the first thing out of order."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise PackageError(f"refused: {len(entries)} entries, more than {MAX_ENTRIES}")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES or total > MAX_RATIO * max(size, 1):
        raise PackageError(f"refused: {size} bytes would unpack to {total}")
    tops = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        bad = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename
        if bad or not path.parts or "\0" in entry.orig_filename:
            raise PackageError(f"refused: the entry {entry.filename!r} points outside the package")
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise PackageError(f"refused: the entry {entry.filename!r} is a link or device")
        if entry.flag_bits & 0x1:
            raise PackageError("refused: the archive is encrypted")
        tops.add(path.parts[0])
    if len(tops) != 1 or (top := next(iter(tops))).startswith("."):
        raise PackageError("refused: a package has exactly one top folder")
    return top, [entry for entry in entries if not entry.is_dir()]


def _unpack(file: Path, into: Path) -> Path:
    """Unpack a checked archive into an empty folder; the counter trusts no size the archive states."""
    left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            top, entries = _checked_entries(archive, file.stat().st_size)
            for entry in entries:
                target = into / entry.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("xb") as sink:
                    while chunk := source.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise PackageError(f"refused: unpacks to more than {MAX_UNPACKED_BYTES} bytes")
                        sink.write(chunk)
                    sink.flush()
                    os.fsync(sink.fileno())
    except PackageError as error:
        raise PackageError(f"{file}: {error}") from None
    # RuntimeError and what derives from it: encrypted, or packed in a way that zipfile does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, FileExistsError, RuntimeError) as error:
        raise PackageError(f"{file}: not a sound package file ({error})") from None
    except OSError as error:
        raise PackageError(f"{file}: cannot be unpacked ({error.strerror or error})") from None
    return into / top


def _trial(folder: Path, file: Path) -> Package:
    """Load a package once and translate a word with it, so that a damaged one is never put in place."""
    try:
        package = packages.read(folder)
    except PackageError as error:
        raise PackageError(f"{file}: {str(error).split(': ', 1)[-1]}") from None
    if found := fault(package):
        raise PackageError(f"{file}: its model does not load ({found})")
    return package


def fault(package: Package) -> str | None:
    """Return in a line why a package cannot translate a word, or None where it can."""
    from pipelines.translate.engine import Engine

    engine = Engine(package, threads=1)
    try:
        engine.translate(["1"], beam_size=1, num_hypotheses=1, max_length=4)
    except Exception as error:
        line = str(error).strip().splitlines()
        return line[0] if line else repr(error)
    finally:
        engine.close()
    return None


def _put(folder: Path, target: Path) -> None:
    """Rename a finished folder into place; an old one of the same name steps aside first."""
    aside = folder.parent / "replaced"
    if target.exists():
        target.rename(aside)
    folder.rename(target)
    fd = os.open(target.parent, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)


def install_file(file: Path, folder: Path) -> Installed:
    """Install a package file; older packages of the same pair in that folder are taken away afterwards."""
    if not file.is_file():
        raise PackageError(f"{file}: no such file")
    checksum = file_sha256(file)
    if not zipfile.is_zipfile(file):
        raise PackageError(f"{file}: not a package (an .argosmodel file is a zip archive)")
    with _locked(folder), tempfile.TemporaryDirectory(prefix=".installing-", dir=folder.parent) as work:
        fresh = _unpack(file, Path(work))
        package = _trial(fresh, file)
        pair = (package.from_code, package.to_code)
        older = [p for p in packages.installed([folder]) if (p.from_code, p.to_code) == pair]
        target = folder / fresh.name
        _put(fresh, target)
        for old in older:
            if old.path != target:
                shutil.rmtree(old.path, ignore_errors=True)
    return Installed(
        package=replace(package, path=target),
        file_sha256=checksum,
        replaced=tuple(p.version for p in older),
    )


def _can_be_written(folder: Path) -> bool:
    """Tell whether a folder is there, or can be made, and takes files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def unpack_once(file: Path, folders: Sequence[Path]) -> Package:
    """Return the package of a file, unpacked under its checksum's name; a second call finds it there.

    It lies in whichever folder has it already, else in the first that can be written.
    """
    name = file_sha256(file)[:16]
    folder = next((one for one in folders if (one / name).is_dir()), None)
    folder = folder or next((one for one in folders if _can_be_written(one)), None)
    if folder is None:
        tried = " nor ".join(map(str, folders))
        raise PackageError(f"{file}: cannot be unpacked into {tried}: name a folder in POLYGLEAN_CACHE")
    target = folder / name
    if not target.is_dir():
        with _locked(folder), tempfile.TemporaryDirectory(prefix=".installing-", dir=folder) as work:
            if not target.is_dir():
                fresh = _unpack(file, Path(work))
                _trial(fresh, file)
                _put(fresh, target)
    return packages.read(target)


def remove(package: Package) -> None:
    """Take an installed package away: renamed first, so that nobody sees half of it."""
    if package.bundled:
        raise PackageError(f"{package.name} came with the repository; delete its file in models/ instead")
    folder = package.path.parent
    with _locked(folder), tempfile.TemporaryDirectory(prefix=".removing-", dir=folder.parent) as work:
        package.path.rename(Path(work) / package.path.name)
