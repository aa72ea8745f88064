"""The translation memory: what is kept, shared, evicted, exported, corrected, and survives a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.errors import UsageError
from pipelines.model import Sentence, Status
from pipelines.translate import Translator, tmx
from pipelines.translate.corrections import corrections_sha256
from pipelines.translate.install import install_file
from pipelines.translate.memory import Entry, Memory, key_of
from tests.argos_tiny import build
from tests.unit.test_translate_translator import WORDS, article

ROOT = Path(__file__).resolve().parents[2]


def entry(source: str, target: str = "target", *flags: str) -> Entry:
    sentence = Sentence(source=source, target=target, score=-0.5, flags=flags)
    return Entry(from_code="zh", to_code="en", translator="t", sentence=sentence)


def test_what_was_put_comes_back_and_the_first_one_stays(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    memory.put({b"a": entry("甲", "first", "negation")})
    Memory(tmp_path / "m.sqlite").put({b"a": entry("甲", "second"), b"b": entry("乙")})
    assert memory.get([b"a"])[b"a"] == Sentence(source="甲", target="first", score=-0.5, flags=("negation",))
    assert set(memory.get([b"a", b"b", b"c"])) == {b"a", b"b"}


def test_many_keys_at_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    keys = [key_of(str(number)) for number in range(3_000)]
    memory.put({key: entry(str(number)) for number, key in enumerate(keys)})
    assert len(memory.get(keys)) == 3_000


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_keys(one: list[str], other: list[str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_the_oldest_go_when_the_file_outgrows_its_cap_and_corrections_stay(tmp_path: Path) -> None:
    cap = 2 << 20
    memory = Memory(tmp_path / "m.sqlite", max_bytes=cap)
    memory.correct([entry("人", "person")], "me")
    memory.put({key_of("old"): entry("old")})
    connection = sqlite3.connect(tmp_path / "m.sqlite", isolation_level=None)
    connection.execute("UPDATE sentence SET used = used - 9")
    connection.close()
    for batch in range(12):
        memory.put({key_of(f"{batch}/{n}"): entry("源" * 100, "t" * 300) for n in range(500)})
        assert memory.size() <= cap
    assert memory.stats().sentences > 500
    assert memory.get([key_of("old")]) == {}
    assert memory.corrections("zh", "en", ["人"]) == {"人": "person"}
    memory.close()
    assert (tmp_path / "m.sqlite").stat().st_size <= cap * 1.1


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"this is no database, and longer than a header of sixteen bytes" * 40)
    memory = Memory(path)
    memory.put({b"a": entry("甲")})
    assert memory.get([b"a"])
    assert len(list(tmp_path.glob("m.sqlite.damaged-*"))) == 1


def test_a_memory_that_cannot_be_opened_costs_no_record(tmp_path: Path) -> None:
    install_file(build(tmp_path / "a.argosmodel", WORDS), tmp_path / "packages")
    (tmp_path / "file").write_text("")
    inside_a_file = tmp_path / "file" / "m.sqlite"
    translator = Translator.open(Config(), packages_dirs=[tmp_path / "packages"], memory_path=inside_a_file)
    assert translator.translate([article("今天下雨。")])[0].status is Status.TRANSLATED


WRITER = """
import sys, itertools
from pathlib import Path
from pipelines.model import Sentence
from pipelines.translate.memory import Entry, Memory, key_of
memory = Memory(Path(sys.argv[1]))
print("ready", flush=True)
for batch in itertools.count():
    memory.put({
        key_of(sys.argv[2], str(batch), str(n)): Entry(
            from_code="zh", to_code="en", translator=sys.argv[2],
            sentence=Sentence(source=f"{batch}/{n}", target="t" * 200, score=None, flags=()))
        for n in range(50)
    })
    print(batch, flush=True)
"""


def test_kill_9_of_one_of_two_processes_leaves_the_memory_sound(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def start(name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITER, str(path), name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        return process

    survivor = start("survivor")
    finished = {"survivor": -1}
    for number in range(5):
        victim = start(f"victim{number}")
        assert victim.stdout is not None
        for _ in range(3 + number):
            last = int(victim.stdout.readline())
        time.sleep(0.002 * number)  # somewhere inside the next transaction
        victim.send_signal(signal.SIGKILL)
        rest = victim.stdout.read().split()
        victim.wait()
        finished[f"victim{number}"] = int(rest[-1]) if rest else last
    assert survivor.poll() is None
    survivor.kill()
    assert survivor.stdout is not None
    finished["survivor"] = int(survivor.stdout.read().split()[-1])
    survivor.wait()

    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    memory = Memory(path)
    for name, last in finished.items():
        keys = [key_of(name, str(batch), str(n)) for batch in range(last + 1) for n in range(50)]
        assert len(memory.get(keys)) == len(keys), f"{name} lost what it had written"
    sentences = memory.stats().sentences
    assert sentences % 50 == 0, "half a transaction is visible"


def test_corrections_come_back_by_tmx_and_go_before_the_engine(tmp_path: Path) -> None:
    install_file(build(tmp_path / "a.argosmodel", WORDS), tmp_path / "packages")
    page = article("今天下雨。公司购买芯片。", title="今天")

    def translated() -> tuple[str | None, list[tuple[str, ...]]]:
        translator = Translator.open(Config(), packages_dirs=[tmp_path / "packages"], memory_path=tmp_path / "m.sqlite")
        (done,) = translator.translate([page])
        translator.close()
        return done.text, [sentence.flags for sentence in done.sentences]

    assert translated() == ("today rain. company buys chips.", [(), (), ()])
    memory = Memory(tmp_path / "m.sqlite")
    assert tmx.export(memory, tmp_path / "out.tmx") == 3
    text = (tmp_path / "out.tmx").read_text("utf-8")
    (tmp_path / "in.tmx").write_text(text.replace("today rain.", "It is raining today."), "utf-8")
    done = tmx.load(memory, tmp_path / "in.tmx", author="me")
    assert (done.corrections, done.unchanged, done.unusable) == (1, 2, 0)
    assert translated() == ("It is raining today. company buys chips.", [(), ("corrected",), ()])
    assert memory.clear() == 3
    assert translated()[0] == "It is raining today. company buys chips."
    assert memory.clear(corrections=True) == 3


def test_the_hash_of_corrections_follows_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    assert corrections_sha256(path) == "" and not path.exists()
    memory = Memory(path)
    memory.put({b"a": entry("甲", "A")})
    assert corrections_sha256(path) == "", "the machine's own sentences are no part of it"
    seen = []
    for source, target in (("甲", "One"), ("乙", "Two"), ("甲", "First"), ("甲", "One")):
        memory.correct([replace(entry(source, target), human=True)], "me")
        seen.append(corrections_sha256(path))
    assert len(set(seen)) == 3 and seen[1] == seen[3]
    memory.correct([replace(entry("甲", "One"), human=True)], "somebody else, later")
    assert corrections_sha256(path) == seen[1]
    memory.close()
    path.write_bytes(b"no database" * 99)
    assert corrections_sha256(path) == ""


def test_tmx_holds_any_text(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    memory.put({b"a": entry("<甲> & \x00\x0b\ufffe“乙”", "]]> <b> &amp;"), b"b": entry("丙", "t", "negation", "cut")})
    tmx.export(memory, tmp_path / "o.tmx")
    done = tmx.load(memory, tmp_path / "o.tmx", author="me")
    assert (done.corrections, done.unchanged) == (0, 2)


@pytest.mark.parametrize(
    "body",
    [
        "no xml",
        "<tmx><body><tu>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx><body>&b;',
    ],
)
def test_a_broken_tmx_changes_nothing(tmp_path: Path, body: str) -> None:
    (tmp_path / "b.tmx").write_text(body)
    memory = Memory(tmp_path / "m.sqlite")
    with pytest.raises(UsageError, match="not a TMX file"):
        tmx.load(memory, tmp_path / "b.tmx", author="me")
    assert memory.stats().corrections == 0


@pytest.mark.parametrize(
    ("of_file", "of_unit", "first"),
    [
        ("ZH-CN", "", "en-US"),  # as editors write it that sort the languages
        ("zh", "", "zh"),
        ("en", "zh-CN", "en"),  # a unit's own goes before the file's
        ("*all*", "", "zh"),
        ("", "", "zh"),
        ("de", "", "zh"),
    ],
)
def test_the_source_of_a_tmx_is_the_language_it_names(tmp_path: Path, of_file: str, of_unit: str, first: str) -> None:
    texts = {"zh": "今天下雨。", "en": "It is raining."}
    other = "zh" if first.startswith("en") else "en"
    variants = [f'<tuv xml:lang="{code}"><seg>{texts[code[:2]]}</seg></tuv>' for code in (first, other)]
    (tmp_path / "x.tmx").write_text(
        f'<tmx version="1.4"><header srclang="{of_file}"/><body><tu srclang="{of_unit}">{"".join(variants)}</tu></body></tmx>'
    )
    memory = Memory(tmp_path / "m.sqlite")
    assert tmx.load(memory, tmp_path / "x.tmx", author="me").corrections == 1
    assert memory.corrections("zh", "en", ["今天下雨。"]) == {"今天下雨。": "It is raining."}
    assert memory.corrections("en", "zh", ["It is raining."]) == {}


@pytest.mark.parametrize(
    ("chinese", "english"), [("zh_CN", "en_US"), ("chi", "eng"), ("zho-Hans", "eng-GB"), ("ZH_cn", "EN")]
)
def test_a_tmx_may_write_its_languages_in_other_ways(tmp_path: Path, chinese: str, english: str) -> None:
    (tmp_path / "x.tmx").write_text(
        f'<tmx version="1.4"><header srclang="{chinese}"/><body><tu><tuv xml:lang="{english}"><seg>It rains.</seg></tuv>'
        f'<tuv xml:lang="{chinese}"><seg>下雨。</seg></tuv></tu></body></tmx>'
    )
    memory = Memory(tmp_path / "m.sqlite")
    assert tmx.load(memory, tmp_path / "x.tmx", author="me").corrections == 1
    assert memory.corrections("zh", "en", ["下雨。"]) == {"下雨。": "It rains."}


def test_a_tmx_whose_languages_are_no_codes_is_counted_as_unusable(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_text(
        '<tmx version="1.4"><header srclang="*all*"/><body><tu><tuv xml:lang="Chinese"><seg>下雨。</seg></tuv>'
        '<tuv xml:lang="English"><seg>It rains.</seg></tuv></tu></body></tmx>'
    )
    done = tmx.load(Memory(tmp_path / "m.sqlite"), tmp_path / "x.tmx", author="me")
    assert (done.corrections, done.unusable) == (0, 1)


def test_entities_of_a_tmx_reach_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "x.tmx").write_text(
        f'<!DOCTYPE tmx [<!ENTITY s SYSTEM "{tmp_path}/secret">]><tmx><body><tu>'
        '<tuv xml:lang="zh"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a&s;</seg></tuv></tu></body></tmx>'
    )
    memory = Memory(tmp_path / "m.sqlite")
    tmx.load(memory, tmp_path / "x.tmx", author="me")
    assert "secret" not in str(memory.corrections("zh", "en", ["甲"]))
