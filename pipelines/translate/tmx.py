"""The translation memory as TMX 1.4, the format translators' tools read and write.

Every unit carries a checksum of the target it was exported with. On the way back a unit whose target still has it is
the machine's and is passed over; any other one is a person's correction, and from then on goes before the engine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.errors import PolygleanError, UsageError
from pipelines.model import Sentence
from pipelines.store.durable import whole_file
from pipelines.translate.memory import Entry, Memory

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHECKSUM = "x-machine-checksum"
# ISO 639-2, as some tools write it, for the languages of ISO 639-1 that have packages; both codes where there are two.
_THREE_LETTERS = {
    "ara": "ar", "chi": "zh", "zho": "zh", "cmn": "zh", "cze": "cs", "ces": "cs", "dan": "da", "dut": "nl", "nld": "nl",
    "eng": "en", "fin": "fi", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "gre": "el", "ell": "el", "heb": "he",
    "hin": "hi", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "may": "ms", "msa": "ms", "nor": "nb",
    "nob": "nb", "per": "fa", "fas": "fa", "pol": "pl", "por": "pt", "rum": "ro", "ron": "ro", "rus": "ru", "slo": "sk",
    "slk": "sk", "bul": "bg", "hrv": "hr", "srp": "sr", "slv": "sl", "lit": "lt", "lav": "lv", "est": "et", "cat": "ca",
    "epo": "eo", "gle": "ga", "alb": "sq", "sqi": "sq", "aze": "az", "baq": "eu", "eus": "eu", "ben": "bn", "glg": "gl",
    "kir": "ky", "tgl": "tl", "ice": "is", "isl": "is",
    "spa": "es", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
}  # fmt: skip
_MAX_BYTES = 1 << 30
_BATCH = 1_000
# XML 1.0 has no place for these characters, and no sentence needs them.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: corrections taken over, units left as the machine made them, units without a pair."""

    corrections: int
    unchanged: int
    unusable: int


def _checksum(source: str, target: str) -> str:
    return hashlib.sha256(f"{source}\0{target}".encode("utf-8", "replace")).hexdigest()[:16]


def _clean(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _unit(entry: Entry) -> Any:
    source, target = _clean(entry.sentence.source), _clean(entry.sentence.target)
    unit = etree.Element("tu")
    if not entry.human:
        etree.SubElement(unit, "prop", type=_CHECKSUM).text = _checksum(source, target)
    if entry.sentence.flags:
        etree.SubElement(unit, "prop", type="x-flags").text = " ".join(entry.sentence.flags)
    etree.SubElement(unit, "prop", type="x-translator").text = _clean(entry.translator)
    for language, text in ((entry.from_code, source), (entry.to_code, target)):
        variant = etree.SubElement(unit, "tuv", {_LANG: language})
        etree.SubElement(variant, "seg").text = text
    return unit


def export(memory: Memory, file: Path) -> int:
    """Write everything to a TMX file, all or nothing; return how many units."""
    count = 0
    try:
        with whole_file(file) as handle, etree.xmlfile(handle, encoding="utf-8") as xml:
            xml.write_declaration()
            with xml.element("tmx", version="1.4"):
                header = {"creationtool": "polyglean", "creationtoolversion": "1", "segtype": "sentence"}
                header |= {"o-tmf": "polyglean", "adminlang": "en", "srclang": "*all*", "datatype": "plaintext"}
                xml.write(etree.Element("header", header))
                with xml.element("body"):
                    for entry in memory.entries():
                        xml.write(_unit(entry), pretty_print=True)
                        count += 1
    except OSError as error:
        raise PolygleanError(f"{file}: cannot be written ({error.strerror})") from None
    return count


def _units(file: Path) -> Iterator[Any]:
    """Yield the ``header`` and ``tu`` elements of a file one by one; entities and the network stay out."""
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise UsageError(f"{file}: larger than {_MAX_BYTES} bytes")
        with file.open("rb") as handle:
            safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
            for _, unit in etree.iterparse(handle, events=("end",), tag=("header", "tu"), **safe):
                yield unit
                unit.clear()
                while unit.getprevious() is not None:
                    del unit.getparent()[0]
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{file}: not a TMX file ({error.msg})") from None


def _language(code: str | None) -> str:
    """Return the language of a code with or without a region: zh-CN, zh_CN and chi are zh; empty for no code."""
    language = re.split("[-_]", code or "", maxsplit=1)[0].strip().lower()
    language = _THREE_LETTERS.get(language, language)
    return language if re.fullmatch("[a-z]{2,3}", language) else ""


def _pair(unit: Any, source_language: str) -> tuple[str, str, str, str] | None:
    """Return both languages and texts of a unit, the source first; None unless there are exactly two with text.

    The source is the unit's ``srclang``, else the file's. Where that names neither (``*all*``), it is the first.
    """
    found = []
    for variant in unit.findall("tuv"):
        language = _language(variant.get(_LANG) or variant.get("lang"))
        segment = variant.find("seg")
        text = "".join(segment.itertext()).strip() if segment is not None else ""
        if language and text:
            found.append((language, text))
    if len(found) != 2 or found[0][0] == found[1][0]:
        return None
    if found[1][0] == (_language(unit.get("srclang")) or source_language):
        found.reverse()
    (from_code, source), (to_code, target) = found
    return from_code, source, to_code, target


def load(memory: Memory, file: Path, *, author: str) -> Imported:
    """Take over what a translator changed or added; the file is read through before the first line is stored."""
    corrections: list[Entry] = []
    unchanged = unusable = 0
    source_language = ""
    for unit in _units(file):
        if unit.tag == "header":
            source_language = _language(unit.get("srclang"))
            continue
        pair = _pair(unit, source_language)
        if pair is None:
            unusable += 1
            continue
        from_code, source, to_code, target = pair
        checksum = next((p.text for p in unit.findall("prop") if p.get("type") == _CHECKSUM), None)
        if checksum == _checksum(source, target):
            unchanged += 1
            continue
        sentence = Sentence(source=source, target=target)
        corrections.append(
            Entry(from_code=from_code, to_code=to_code, translator=author, sentence=sentence, human=True)
        )
    for at in range(0, len(corrections), _BATCH):
        memory.correct(corrections[at : at + _BATCH], author)
    return Imported(corrections=len(corrections), unchanged=unchanged, unusable=unusable)
