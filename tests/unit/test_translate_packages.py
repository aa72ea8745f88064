"""Packages: finding, choosing, installing from files and an index, and everything a bad file may try."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from pipelines.errors import PackageError
from pipelines.translate import index, install, packages
from tests import forked
from tests.argos_tiny import build

ROOT = Path(__file__).resolve().parents[2]
TABLE = {"你好": " hello"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("file") / "zh_en.argosmodel", TABLE, version="1.9")


def archive(path: Path, entries: dict[str, bytes], **info: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in entries.items():
            entry = zipfile.ZipInfo(name)
            for key, value in info.items():
                setattr(entry, key, value)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, body)
    return path


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_install_says_the_checksum_and_leaves_only_the_package(file: Path, tmp_path: Path) -> None:
    done = install.install_file(file, tmp_path / "packages")
    assert done.file_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (done.package.version, done.package.name) == ("1.9", "translate-zh_en")
    assert [path.name for path in (tmp_path / "packages").iterdir()] == ["translate-zh_en-1_9"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".installing")]


def test_a_newer_package_takes_the_place_of_the_older_one(file: Path, tmp_path: Path) -> None:
    install.install_file(file, tmp_path / "packages")
    newer = build(tmp_path / "n.argosmodel", TABLE, version="1.10")
    assert install.install_file(newer, tmp_path / "packages").replaced == ("1.9",)
    assert [p.version for p in packages.installed([tmp_path / "packages"])] == ["1.10"]
    again = install.install_file(newer, tmp_path / "packages")
    assert again.replaced == ("1.10",)
    assert [p.version for p in packages.installed([tmp_path / "packages"])] == ["1.10"]


def test_stray_folders_and_files_do_not_break_the_listing(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    install.install_file(file, folder)
    (folder / "empty").mkdir()
    (folder / "half").mkdir()
    (folder / "half" / "metadata.json").write_text('{"from_code": "zh", "to_code": "en"}')
    (folder / "broken").mkdir()
    (folder / "broken" / "metadata.json").write_text("{no json")
    (folder / "list").mkdir()
    (folder / "list" / "metadata.json").write_text("[]")
    (folder / "notes.txt").write_text("x")
    assert [p.version for p in packages.installed([folder, tmp_path / "none"])] == ["1.9"]


def test_the_checksum_of_a_package_changes_with_its_model(file: Path, tmp_path: Path) -> None:
    package = install.install_file(file, tmp_path / "packages").package
    before = package.sha256
    assert package.label == f"translate-zh_en 1.9 sha256:{before}"
    model = package.path / "model" / "model.bin"
    body = bytearray(model.read_bytes())
    body[-1] ^= 1
    model.write_bytes(body)
    assert package.sha256 != before


def test_the_newest_installed_package_is_chosen_and_a_bundled_one_only_without(file: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    build(models / "translate-zh_en-9_0.argosmodel", TABLE, version="9.0")
    (models / "damaged.argosmodel").write_bytes(b"PK")
    found = packages.bundled(models, tmp_path / "unpacked")
    assert [(p.version, p.bundled) for p in found] == [("9.0", True)]
    assert packages.bundled(models, tmp_path / "unpacked") == found
    assert packages.best(found, "zh", "en") == found[0]
    installed = install.install_file(file, tmp_path / "packages").package
    assert packages.best([*found, installed], "zh", "en") == installed
    with pytest.raises(PackageError, match="came with the repository"):
        install.remove(found[0])


def test_routes(file: Path, tmp_path: Path) -> None:
    zh_en = install.install_file(file, tmp_path / "packages").package
    en_de = install.install_file(
        build(tmp_path / "d.argosmodel", TABLE, pair=("en", "de")), tmp_path / "packages"
    ).package
    known = packages.installed([tmp_path / "packages"])
    assert packages.route(known, "zh", "en") == (zh_en,)
    assert packages.route(known, "zh", "de") == (zh_en, en_de)
    assert packages.route(known, "fr", "de") == ()


def test_remove_takes_the_whole_folder_away(file: Path, tmp_path: Path) -> None:
    package = install.install_file(file, tmp_path / "packages").package
    install.remove(package)
    assert list((tmp_path / "packages").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../evil", "top/../../evil", "/tmp/evil", "top\\..\\evil", "C:/evil", "top/a/../../../evil"]
)
def test_nothing_is_written_outside_the_package(tmp_path: Path, name: str) -> None:
    bad = archive(tmp_path / "bad.argosmodel", {"top/metadata.json": b"{}", name: b"evil"})
    before = everything(tmp_path)
    with pytest.raises(PackageError, match=r"refused|one top folder"):
        install.install_file(bad, tmp_path / "packages")
    assert not [path for path in everything(tmp_path) - before if "evil" in path]
    assert list((tmp_path / "packages").iterdir()) == []


def test_links_are_refused(tmp_path: Path) -> None:
    bad = archive(tmp_path / "b.argosmodel", {"top/model": b"/etc"}, external_attr=(stat.S_IFLNK | 0o777) << 16)
    with pytest.raises(PackageError, match="link or device"):
        install.install_file(bad, tmp_path / "packages")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "b.argosmodel", {"top/metadata.json": b"{}", "top/zeros": bytes(64 << 20)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(PackageError, match="would unpack to"):
        install.install_file(bomb, tmp_path / "packages")


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(tmp_path / "b.argosmodel", {"top/metadata.json": b"{}", "top/zeros": bytes(8 << 20)})
    body = bytearray(bomb.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):  # the sizes in both kinds of header
        at = body.rfind(signature)
        body[at + offset : at + offset + 4] = (4096).to_bytes(4, "little")
    bomb.write_bytes(body)
    monkeypatch.setattr(install, "MAX_UNPACKED_BYTES", 1 << 20)
    with pytest.raises(PackageError):
        install.install_file(bomb, tmp_path / "packages")
    assert list((tmp_path / "packages").iterdir()) == []
    assert not list(tmp_path.glob(".installing*"))


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    many = {f"top/{number}": b"" for number in range(install.MAX_ENTRIES + 1)}
    with pytest.raises(PackageError, match="entries"):
        install.install_file(archive(tmp_path / "m.argosmodel", many), tmp_path / "packages")


def test_damaged_and_wrong_files_are_one_line_each(file: Path, tmp_path: Path) -> None:
    body = file.read_bytes()
    cases = {
        "text": b"no zip at all",
        "empty": b"",
        "torn": body[: len(body) // 2],
        "rotten": body[:5000] + bytes(50_000) + body[55_000:],
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PackageError) as caught:
            install.install_file(tmp_path / name, tmp_path / "packages")
        assert "\n" not in str(caught.value) and name in str(caught.value)
    other = archive(tmp_path / "other", {"top/readme": b"x"})
    with pytest.raises(PackageError, match="not an Argos package"):
        install.install_file(other, tmp_path / "packages")
    assert packages.installed([tmp_path / "packages"]) == []


def test_a_package_whose_model_does_not_load_is_never_put_in_place(file: Path, tmp_path: Path) -> None:
    good = install.install_file(file, tmp_path / "packages").package
    with zipfile.ZipFile(file) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    entries = {name: b"junk" if name.endswith("model.bin") else body for name, body in entries.items()}
    bad = archive(tmp_path / "bad.argosmodel", entries)
    with pytest.raises(PackageError, match="does not load"):
        install.install_file(bad, tmp_path / "packages")
    assert packages.installed([tmp_path / "packages"]) == [good]


def test_an_import_makes_no_folders_and_needs_neither_torch_nor_stanza(tmp_path: Path) -> None:
    code = (
        "import sys; from pipelines.translate import Translator, argos; argos.package_module(); "
        "print([m for m in ('torch', 'stanza', 'minisbd', 'argostranslate.translate', 'argostranslate.sbd', 'scrapy', "
        "'twisted') if m in sys.modules])"
    )
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert everything(tmp_path) == set()


class Index(http.server.BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        body = self.answers.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{address}/index")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield address
    server.shutdown()
    server.server_close()
    Index.answers = {}


def test_the_index_and_a_download(site: str, file: Path, tmp_path: Path) -> None:
    entries = [
        {"from_code": "zh", "to_code": "en", "package_version": v, "type": "translate", "links": [f"{site}/{v}"]}
        for v in ("1.9", "1.10", "1.2")
    ]
    entries.append({"from_code": "zh", "to_code": "en", "type": "sbd", "package_version": "7", "links": []})
    Index.answers = {"/index/index.json": json.dumps(entries).encode(), "/1.10": file.read_bytes()}
    offers = index.offers()
    assert [offer.version for offer in offers] == ["1.10", "1.9", "1.2"]
    got = index.download(index.choose(offers, "zh", "en"), tmp_path)
    assert got.read_bytes() == file.read_bytes()
    with pytest.raises(PackageError, match="no package xx → en"):
        index.choose(offers, "xx", "en")
    with pytest.raises(PackageError, match="404"):
        index.download(index.choose(offers[1:], "zh", "en"), tmp_path)


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[1, 2]", b"\xff\xfe"])
def test_what_is_no_index_is_one_line(site: str, body: bytes) -> None:
    Index.answers = {"/index/index.json": body}
    try:
        assert index.offers() == []
    except PackageError as error:
        assert "not a package index" in str(error)


def test_a_silent_host_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        start = time.monotonic()
        with pytest.raises(PackageError, match="cannot reach"):
            index.offers(timeout_s=0.3)
        assert time.monotonic() - start < 20


def test_only_web_addresses_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "file:///etc/")
    with pytest.raises(PackageError, match="only http"):
        index.offers()


def scrapy(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"HOME": str(home), "PATH": os.environ["PATH"], "ARGOS_PACKAGES_DIR": str(home / "packages")}
    return forked.run(*arguments, env=settings | environment)


def test_the_models_command(file: Path, tmp_path: Path) -> None:
    done = scrapy(tmp_path, "models", "install", str(file))
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256(file.read_bytes()).hexdigest() in done.stdout
    listed = scrapy(tmp_path, "models", "list")
    assert "(zh)" in listed.stdout and "1.9" in listed.stdout
    for arguments, code in (
        (("models",), 2),
        (("models", "install", "zh"), 2),
        (("models", "install", str(tmp_path / "nothing")), 1),
        (("models", "install", str(file), "--sha256", "00"), 1),
        (("models", "remove", "fr", "en"), 1),
    ):
        failed = scrapy(tmp_path, *arguments)
        assert failed.returncode == code
        assert len(failed.stderr.strip().splitlines()) == 1 and "Traceback" not in failed.stderr
    assert scrapy(tmp_path, "models", "remove", "zh", "en").returncode == 0
    assert "scrapy models install zh en" in scrapy(tmp_path, "models", "list").stdout


def test_set_up_goes_on_without_a_network(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    once = scrapy(tmp_path, "models", "install", "zh", "en", "--once", ARGOS_PACKAGE_INDEX=address, no_proxy="*")
    assert (once.returncode, len(once.stderr.strip().splitlines())) == (0, 1)
    assert "cannot reach" in once.stderr
    offline = scrapy(tmp_path, "models", "install", "zh", "en", "--once", POLYGLEAN_OFFLINE="1")
    assert (offline.returncode, offline.stderr) == (0, "")


def test_the_memory_command(tmp_path: Path) -> None:
    from pipelines.model import Sentence
    from pipelines.translate.memory import Entry, Memory

    path = tmp_path / "m.sqlite"
    memory = Memory(path)
    sentence = Sentence(source="你好", target="hello")
    memory.put({b"k": Entry(from_code="zh", to_code="en", translator="t", sentence=sentence)})
    memory.close()
    where = ("--memory", str(path))
    assert "zh → en: 1" in scrapy(tmp_path, "memory", "stats", *where).stdout
    tmx = str(tmp_path / "o.tmx")
    assert scrapy(tmp_path, "memory", "export", tmx, *where).stdout.startswith("1 units")
    assert "1 unchanged" in scrapy(tmp_path, "memory", "import", tmx, *where).stdout
    assert scrapy(tmp_path, "memory", "clear", *where).stdout.startswith("1 sentences")
    for arguments in (("memory",), ("memory", "import", str(tmp_path / "none"), *where)):
        failed = scrapy(tmp_path, *arguments)
        assert failed.returncode == 2 and len(failed.stderr.strip().splitlines()) == 1
