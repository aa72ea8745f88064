"""The only door to argostranslate: its ``package`` module, without what it does on import.

``argostranslate.package`` reads metadata, the index and tokenizers well. ``argostranslate.translate`` and ``.sbd``
pull in stanza, torch and minisbd, and are never imported. Importing its ``settings`` makes five folders in the
home directory, so it is imported while the three XDG variables point at a folder that is thrown away.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
_MOVED = (*_XDG, "ARGOS_PACKAGES_DIR", "SNAP")
_lock = threading.Lock()
_module: ModuleType | None = None

DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """Point every folder that argostranslate makes at a temporary one."""
    kept = {name: os.environ.pop(name) for name in _MOVED if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="polyglean-") as folder:
        os.environ.update(dict.fromkeys(_XDG, folder))
        try:
            yield
        finally:
            for name in _XDG:
                os.environ.pop(name, None)
            os.environ.update(kept)


def package_module() -> ModuleType:
    """Return ``argostranslate.package``, imported once."""
    global _module
    with _lock:
        if _module is None:
            with _elsewhere():
                _module = importlib.import_module("argostranslate.package")
            # At INFO its loggers print whole texts.
            logging.getLogger("argostranslate").setLevel(logging.WARNING)
            logging.getLogger("argostranslate.utils").setLevel(logging.WARNING)
        return _module


def _setting(name: str) -> str | None:
    """Return an Argos setting as argostranslate finds it: environment first, then its settings.json."""
    if value := os.environ.get(name):
        return value
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    try:
        settings = json.loads((home / "argos-translate" / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    value = settings.get(name) if isinstance(settings, dict) else None
    return str(value) if value else None


def packages_dir() -> Path:
    """Return the folder argostranslate installs to, ``ARGOS_PACKAGES_DIR`` or its default; it may not exist."""
    if value := _setting("ARGOS_PACKAGES_DIR"):
        return Path(value).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "argos-translate" / "packages"


def index_address() -> str:
    """Return the address of the package index; a folder's address may lack its last slash."""
    address = _setting("ARGOS_PACKAGE_INDEX") or DEFAULT_INDEX
    return address if address.endswith(".json") else address.rstrip("/") + "/index.json"
