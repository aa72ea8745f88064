"""The worker of a peer, run by the peer's own environment: the standard library and the peer, nothing of Polyglean.

Every peer gets the page as text that is decoded already, and is called as its manual says for one article.
"""

import contextlib
import html
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Prediction = dict[str, Any]
Extract = Callable[[str, str, str], Prediction]


def plain(markup: str) -> str:
    """Return the text of simple mark-up, one block a line."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", markup or "")
    text = re.sub(
        r"(?i)<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|pre)|br)\b[^>]*>", "\n", text
    )
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def trafilatura(name: str) -> Extract:
    """Trafilatura with its defaults, or fast, or precise, or without metadata."""
    from trafilatura import bare_extraction

    # Nothing else set: its default reads the comments too, which costs it time, and keeps them apart from the body.
    options: dict[str, Any] = {"with_metadata": not name.endswith("-text")}
    if name.endswith("-fast"):
        options["fast"] = True
    if name.endswith("-precision"):
        options["favor_precision"] = True

    def run(text: str, url: str, lang: str) -> Prediction:
        found = bare_extraction(text, url=url or None, **options)
        if found is None:
            return {}
        authors = [each.strip() for each in (found.author or "").split(";") if each.strip()]
        return {"title": found.title, "author": authors, "date": found.date, "body": found.text}

    return run


def readability(name: str) -> Extract:
    """readability-lxml."""
    from readability import Document

    def run(text: str, url: str, lang: str) -> Prediction:
        document = Document(text)
        return {"title": document.short_title(), "body": plain(document.summary())}

    return run


def newspaper(name: str) -> Extract:
    """newspaper4k on a page that is there already; it is told the language where it knows it."""
    import newspaper as library

    def run(text: str, url: str, lang: str) -> Prediction:
        options: dict[str, Any] = {"fetch_images": False}
        if lang in ("zh", "ja", "ko", "ar", "hi"):
            options["language"] = lang
        article = library.Article(url or "https://example.com/article", **options)
        article.download(input_html=text)
        article.parse()
        day = article.publish_date
        return {
            "title": article.title,
            "author": list(article.authors),
            "date": day.strftime("%Y-%m-%d") if hasattr(day, "strftime") else day,
            "body": article.text,
        }

    return run


def magic(name: str) -> Extract:
    """magic-html's general extractor, for articles."""
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()

    def run(text: str, url: str, lang: str) -> Prediction:
        found = extractor.extract(text, base_url=url or "https://example.com/")
        return {"title": found.get("title"), "body": plain(found.get("html", ""))}

    return run


def justext(name: str) -> Extract:
    """JusText with the stop words of the page's language, without stop words where it has none."""
    import justext as library

    languages = (
        "English German French Spanish Italian Portuguese Russian Polish Turkish Czech Indonesian Korean Finnish"
    )
    names = dict(
        zip(
            ["en", "de", "fr", "es", "it", "pt", "ru", "pl", "tr", "cs", "id", "ko", "fi"],
            languages.split(),
            strict=True,
        )
    )

    def run(text: str, url: str, lang: str) -> Prediction:
        if lang in names:
            found = library.justext(text.encode(), library.get_stoplist(names[lang]), encoding="utf-8")
        else:
            options = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 20, "length_high": 60}
            found = library.justext(text.encode(), frozenset(), encoding="utf-8", **options)
        return {"body": "\n".join(each.text for each in found if not each.is_boilerplate)}

    return run


def goose(name: str) -> Extract:
    """goose3, told the language of Chinese pages."""
    from goose3 import Goose

    options: dict[str, Any] = {"enable_image_fetching": False}
    default = Goose(options)
    chinese: list[Any] = []
    with contextlib.suppress(Exception):
        from goose3.text import StopWordsChinese

        chinese.append(Goose({**options, "stopwords_class": StopWordsChinese}))

    def run(text: str, url: str, lang: str) -> Prediction:
        tool = chinese[0] if lang == "zh" and chinese else default
        found = tool.extract(raw_html=text, url=url or "https://example.com/article")
        day = re.match(r"\d{4}-\d\d-\d\d", str(found.publish_date or ""))
        return {
            "title": found.title,
            "author": list(found.authors or []),
            "date": day.group() if day else None,
            "body": found.cleaned_text,
        }

    return run


def boilerpy(name: str) -> Extract:
    """boilerpy3's article extractor."""
    from boilerpy3 import extractors

    tool = extractors.ArticleExtractor(raise_on_failure=False)

    def run(text: str, url: str, lang: str) -> Prediction:
        found = tool.get_doc(text)
        return {"title": found.title, "body": found.content}

    return run


def resiliparse(name: str) -> Extract:
    """Resiliparse's main-content text."""
    from resiliparse.extract.html2text import extract_plain_text

    def run(text: str, url: str, lang: str) -> Prediction:
        return {"body": extract_plain_text(text, main_content=True, alt_texts=False)}

    return run


MAKERS: dict[str, Callable[[str], Extract]] = {
    "trafilatura": trafilatura,
    "readability": readability,
    "newspaper": newspaper,
    "magic": magic,
    "justext": justext,
    "goose3": goose,
    "boilerpy3": boilerpy,
    "resiliparse": resiliparse,
}


def main() -> None:
    """Answer pages until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    extract = MAKERS[sys.argv[1].split("-")[0]](sys.argv[1])
    warm = "<html><body><article><h1>Warm up</h1>" + "<p>A sentence, and another one, to load everything.</p>" * 20
    with contextlib.suppress(Exception):
        extract(warm, "https://example.com/a", "en")
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        page = json.loads(line)
        text = Path(page["text"]).read_text("utf-8")
        # lxml refuses text that declares an encoding of its own.
        text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
        start = time.process_time()
        try:
            out = extract(text, page["url"], page["lang"])
        except Exception as error:
            out = {"failed": f"{type(error).__name__}: {error}"[:200]}
        seconds = time.process_time() - start
        print(json.dumps({"id": page["id"], **out, "seconds": seconds}), file=answers, flush=True)


if __name__ == "__main__":
    main()
