"""A sources file is read whole, or refused with the line of its first mistake."""

from pathlib import Path

import pytest

from crawler import sources
from pipelines.errors import UsageError

ROOT = Path(__file__).parents[2]
GOOD = '[[source]]\nname = "a"\nsite = "https://www.a.example/"\nfeeds = ["https://a.example/f"]\n'


def test_the_example_documents_every_key_and_is_valid():
    text = (ROOT / "seeds/sources.example.toml").read_text()
    (source,) = sources.load(ROOT / "seeds/sources.example.toml")
    assert source.name == "example" and source.delay == 2.0
    for key in sources._CHECKS:
        assert f"\n{key} = " in text, key


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x = 1\n", 1, "unknown table 'x'"),
        (GOOD + 'feed = ["https://a.example/"]\n', 5, "unknown key 'feed'; did you mean 'feeds'?"),
        (GOOD + "delay = true\n", 5, "delay: expects a number"),
        (GOOD + "depth = 1.5\n", 5, "depth: expects a whole number"),
        (GOOD + "max_pages = 0\n", 5, "expects 1 to 1e+06"),
        (GOOD + 'allow = ["("]\n', 5, "not a regular expression"),
        (GOOD + 'timezone = "Mars/Base"\n', 5, "unknown time zone"),
        (GOOD + 'language = "Chinese"\n', 5, "language code"),
        (GOOD + 'start = ["ftp://a.example/"]\n', 5, "expects an http(s) address"),
        (GOOD + 'start = ["https://u:p@a.example/"]\n', 5, "no user name or password"),
        (GOOD + 'start = ["https://b.example/"]\n', 5, "another host"),
        (GOOD + 'start = ["https://a.example:99999/"]\n', 5, "a port is a number"),
        (GOOD + 'start = ["https://a.example:abc/"]\n', 5, "a port is a number"),
        (GOOD + 'start = ["https://a b.example/"]\n', 5, "no host has the name"),
        (GOOD + 'allow_addresses = ["127.0.0.1/8"]\n', 5, "expects a network"),
        (GOOD + "\n\n" + GOOD, 8, "a second source is named 'a'"),
        (GOOD + '\n[[source]]\nname = "b"\n', 6, "needs 'site'"),
        (GOOD + '\n[[source]]\nname = "b"\nsite = "https://b.example/"\n', 6, "nothing to read"),
        ('[source]\nname = "a"\n', 1, "write each source as [[source]]"),
        ("[defaults]\nname = 'x'\n" + GOOD, 2, "cannot stand in [defaults]"),
        ("[defaults]\ndelay = 'x'\n" + GOOD, 2, "delay"),
        (GOOD + "delay = \n", 5, "not valid TOML"),
        (GOOD + "revisit_min_minutes = 100000\n", 5, "longer than revisit_max_hours"),
        ("[defaults]\ndelay = 1\n", 1, "no [[source]]"),
    ],
)
def test_a_mistake_is_named_with_its_line(text, line, words):
    with pytest.raises(UsageError) as caught:
        sources.parse(text, "s.toml")
    assert str(caught.value).startswith(f"s.toml:{line}: ") and words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_defaults_hold_where_a_source_says_nothing():
    one, two = sources.parse(
        "[defaults]\ndelay = 7\n" + GOOD + GOOD.replace('"a"', '"b"').replace("a.ex", "b.ex") + "delay = 1\n"
    )
    assert (one.delay, two.delay) == (7, 1)


def test_the_hosts_of_a_source_are_its_own_and_those_named():
    (source,) = sources.parse(GOOD + 'hosts = ["cdn.example"]\n')
    assert all(source.owns(host) for host in ("a.example", "www.a.example", "m.a.example", "CDN.example."))
    assert not any(source.owns(host) for host in ("nota.example", "a.example.evil", "example", ""))


def test_a_host_in_its_own_letters_owns_the_form_that_requests_have():
    (source,) = sources.parse(GOOD.replace("a.example", "börse.example") + 'hosts = ["Bücher.example"]\n')
    assert source.own_hosts() == ("xn--brse-5qa.example", "xn--bcher-kva.example")
    assert all(source.owns(host) for host in ("www.xn--brse-5qa.example", "BÖRSE.example", "xn--bcher-kva.example"))


@pytest.mark.parametrize(
    "more", ['deny = ["x"]', 'allow = ["x"]', 'hosts = ["h.example"]', "depth = 3", "max_age_days = 3"]
)
def test_what_a_source_takes_has_a_digest_that_says_when_it_changes(more):
    (one,), (same,), (other,) = (sources.parse(GOOD + keys) for keys in ("", "delay = 9", more))
    assert one.what_it_takes() == same.what_it_takes() != other.what_it_takes()


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        sources.load(tmp_path / "none.toml")


BLOCK = '[[source]]\nname = "a"\nsite = "https://a.example/"\nrobots_sitemaps = true\n'


def test_a_file_that_a_windows_editor_saved_is_read(tmp_path):
    (tmp_path / "s.toml").write_bytes(b"\xef\xbb\xbf" + BLOCK.replace("\n", "\r\n").encode())
    assert [one.name for one in sources.load(tmp_path / "s.toml")] == ["a"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BLOCK.encode() + "# caf\xe9".encode("latin-1"), r"s\.toml:5: not UTF-8: save the file in that encoding"),
        (BLOCK.replace('"a"', "“a”").encode(), r"s\.toml:2: not valid TOML.*; write plain \" and = instead of “"),
    ],
)
def test_a_file_of_another_encoding_or_with_typeset_quotes_says_so(tmp_path, content, said):
    (tmp_path / "s.toml").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        sources.load(tmp_path / "s.toml")
