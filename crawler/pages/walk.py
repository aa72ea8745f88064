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

from pipelines.decode import HTML_ENDINGS
from pipelines.errors import BrokenPage

from . import formats
from .manifest import SUFFIXES as MANIFEST_SUFFIXES
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
            for name in _names_on_stdin():
                yield from _one(name)
        else:
            yield from _one(spec)


def _names_on_stdin() -> Iterator[str]:
    """Yield the lines of standard input that are not empty; a closed one has none."""
    if sys.stdin is None:
        return
    # As bytes: a file's name need not be text. (A stdin replaced by a test or a notebook has no buffer.)
    for number, line in enumerate(getattr(sys.stdin, "buffer", sys.stdin)):
        name = os.fsencode(line)
        name = name.removeprefix(b"\xef\xbb\xbf") if number == 0 else name  # a list saved by Windows begins with it
        if name := name.rstrip(b"\r\n"):
            yield os.fsdecode(name)


def _one(spec: str) -> Iterator[Found]:
    path = Path(spec)
    if not spec:  # an unset variable in a script; as a path it would be the working folder
        yield Found(path=path, source="''", problem=("not_found", "an empty name"))
        return
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
        # os.path, not Path: a link into a forbidden place, or to a name too long, is no folder rather than an error.
        if not os.path.isdir(name):  # noqa: PTH112
            yield Found(path=Path(name), source=_named(Path(name)))
        elif "**" not in spec:
            yield from _folder(Path(name))


_Steps = Iterator[tuple[Path, bool, list["array[int]"]]]


def _folder(root: Path) -> Iterator[Found]:
    """Yield the page files under a folder. A stack rather than recursion: folders can be nested 2,000 deep."""
    visited: set[tuple[int, int]] = set()
    start: _Steps = iter([(root, True, [])])
    stack, empty = [start], True
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            continue
        path, is_dir, listed = step
        if not is_dir:
            empty = False
            yield Found(path=path, source=_named(path))
            continue
        try:
            stack.append(_entries(path, visited, listed))
        except OSError as error:
            empty = False
            yield Found(path=path, source=_named(path), problem=("unreadable", error.strerror or str(error)))
    if empty:
        yield Found(path=root, source=_named(root), problem=("no_pages", "the folder holds no pages"))


def _entries(folder: Path, visited: set[tuple[int, int]], listed: list[array[int]]) -> _Steps:
    """Return the files and folders to go through in a folder, sorted by name; ``visited`` stops loops of links.

    ``listed`` holds hashes of the files that manifests in the folders above name; the manifest yields those.
    """
    status = folder.stat()
    if (status.st_dev, status.st_ino) in visited:
        return iter(())
    visited.add((status.st_dev, status.st_ino))
    with os.scandir(folder) as entries:
        names = sorted((entry.name, _is_dir(entry)) for entry in entries if _wanted(entry))
    data = {name for name, is_dir in names if not is_dir and name.lower().endswith(MANIFEST_SUFFIXES)}
    manifests = {name for name in data if _is_manifest(folder / name)}
    inner = [*listed, *(_hashes(folder / name) for name in sorted(manifests))]
    skipped = (data - manifests) | _asset_folders(names)
    steps = ((folder / name, is_dir, inner) for name, is_dir in names if name not in skipped)
    return (step for step in steps if step[1] or not _is_listed(step[0], inner) or step[0].name in manifests)


def _asset_folders(names: Sequence[tuple[str, bool]]) -> set[str]:
    """Return the folders that a browser made beside a page it saved."""
    candidates = {
        name: name.lower().removesuffix(ending)
        for name, is_dir in names
        for ending in _ASSET_ENDINGS
        if is_dir and name.lower().endswith(ending)
    }
    if not candidates:
        return set()
    pages = {name.lower().rpartition(".")[0] for name, is_dir in names if not is_dir and _is_html(name)}
    return {name for name, stem in candidates.items() if stem in pages}


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
    r"""Return a path as it stands in a record, on one line: no UTF-8, or a line break, become ``\xe9``, ``\x0a``."""
    name = path.as_posix()
    if name.isprintable():
        return name
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char >= " " else f"\\x{ord(char):02x}" for char in name)


def _is_html(name: str) -> bool:
    return name.lower().endswith(HTML_ENDINGS)


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
