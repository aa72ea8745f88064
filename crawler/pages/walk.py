"""What the user named, to files: folders are walked in sorted order, globs expanded, ``-`` reads paths from stdin."""

from __future__ import annotations

import glob
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pipelines.errors import BrokenPage

from . import formats
from .manifest import is_manifest, listed_paths

STDIN = "-"

# A browser's "save page, complete" puts images, frames and scripts of page.html beside it, under a localised name.
_ASSET_ENDINGS = (
    "_files", ".files", "_file", "-dateien", "_fichiers", "_archivos", "_bestanden", "-filer", "_tiedostot", "_pliki",
    "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar", "_datoteke", "_fitxers", "_failid", "_fails",
    "_bylos", "_fajlovi", "_fitxategiak",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read, or with ``problem`` (reason, detail) a spec that leads to none. ``source`` is as named."""

    path: Path
    source: str
    problem: tuple[str, str] | None = None


def find(specs: Sequence[str]) -> Iterator[Found]:
    """Yield the files behind the specs, one spec after the other, each folder sorted by name."""
    for spec in specs:
        if spec == STDIN:
            for line in sys.stdin:
                if name := line.rstrip("\r\n"):
                    yield from _one(name)
        else:
            yield from _one(spec)


def _one(spec: str) -> Iterator[Found]:
    path = Path(spec)
    try:
        if path.is_dir():
            yield from _folder(path)
            return
        if os.path.lexists(path):
            yield Found(path=path, source=_named(path))
            return
        names = sorted(glob.glob(spec, recursive=True)) if glob.has_magic(spec) else []  # noqa: PTH207 (absolute ones too)
    except (OSError, ValueError) as error:
        yield Found(
            path=path, source=_named(path), problem=("unreadable", getattr(error, "strerror", None) or str(error))
        )
        return
    if not names:
        what = "matches no file" if glob.has_magic(spec) else "no such file or folder"
        yield Found(path=path, source=_named(path), problem=("not_found", what))
    for name in names:
        # A glob such as ** names folders and the files in them: the folders themselves would repeat the files.
        if not Path(name).is_dir():
            yield Found(path=Path(name), source=_named(Path(name)))
        elif "**" not in spec:
            yield from _folder(Path(name))


def _folder(root: Path) -> Iterator[Found]:
    empty = True
    for found in _walk(root, set(), []):
        empty = False
        yield found
    if empty:
        yield Found(path=root, source=_named(root), problem=("no_pages", "the folder holds no pages"))


def _walk(folder: Path, visited: set[tuple[int, int]], listed: list[array[int]]) -> Iterator[Found]:
    """Yield the page files under a folder. ``visited`` stops link loops; ``listed``: hashes of manifests' own files."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in visited:
            return
        visited.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            names = sorted((entry.name, _is_dir(entry)) for entry in entries if _wanted(entry))
    except OSError as error:
        problem = ("unreadable", error.strerror or str(error))
        yield Found(path=folder, source=_named(folder), problem=problem)
        return
    manifests = {name for name, is_dir in names if not is_dir and formats.by_name(name) is formats.MANIFEST}
    manifests = {name for name in manifests if _is_manifest(folder / name)}
    inner = [*listed, *(_hashes(folder / name) for name in sorted(manifests))]
    pages = {name.lower().rpartition(".")[0] for name, is_dir in names if not is_dir and _is_html(name)}
    for name, is_dir in names:
        path = folder / name
        if is_dir:
            if not _is_asset_folder(name, pages):
                yield from _walk(path, visited, inner)
        elif name in manifests or (formats.by_name(name) is not formats.MANIFEST and not _is_listed(path, inner)):
            yield Found(path=path, source=_named(path))


def _wanted(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder's entry may be or hold a page; hidden ones (.git, editors' files) never are."""
    if entry.name.startswith(".") or entry.name in ("CVS", "__MACOSX"):
        return False
    if _is_dir(entry):
        return True
    # A link that leads nowhere is kept: a page that cannot be read is reported. Pipes and sockets are not pages.
    return formats.by_name(entry.name) is not None and (entry.is_symlink() or entry.is_file())


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _named(path: Path) -> str:
    r"""Return a path as it stands in a record; bytes that are no UTF-8 become ``\xe9``, for no file could hold them."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _is_html(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".xhtml"))


def _is_asset_folder(name: str, pages: set[str]) -> bool:
    lower = name.lower()
    return any(lower.endswith(end) and lower.removesuffix(end) in pages for end in _ASSET_ENDINGS)


def _is_manifest(path: Path) -> bool:
    try:
        return is_manifest(formats.head_of(path, 65536))
    except (OSError, BrokenPage):
        return True


def _hash(path: Path) -> int:
    return int.from_bytes(blake2b(os.path.realpath(path).encode("utf-8", "surrogateescape"), digest_size=8).digest())


def _hashes(manifest: Path) -> array[int]:
    """Return sorted 64-bit hashes of the files a manifest lists: 8 bytes a page, so that a million cost 8 MB."""
    return array("Q", sorted(_hash(path) for path in listed_paths(manifest)))


def _is_listed(path: Path, listed: list[array[int]]) -> bool:
    if not listed:
        return False
    key = _hash(path)
    for hashes in listed:
        at = bisect_left(hashes, key)
        if at < len(hashes) and hashes[at] == key:
            return True
    return False
