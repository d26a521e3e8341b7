"""Whatever a person may get wrong in a file of the corpus is named: file, key, line, what to do."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.small_corpus import FILES, INSTRUMENT, faults, write
from treatynlp.corpus import load, text_hash
from treatynlp.errors import DataError, Issue

TOPICS = FILES["annotations/atlantis-2091.topics.csv"]
SOURCES = INSTRUMENT[INSTRUMENT.index("sources") : INSTRUMENT.index("expect")]

# File -> rows of: what is wrong; `old` in the valid file becomes `new` (without `old`, `new` is the whole file);
# the code of the issue, the key it names, and words of its message.
Row = tuple[str, str, str | bytes, str, str, str]
BROKEN: dict[str, list[Row]] = {
    "instruments/atlantis-2091.yml": [
        ("empty file", "", b"", "declared-empty", "", "is empty"),
        ("only a comment", "", b"# later\n", "declared-empty", "", "says nothing"),
        ("saved as Latin-1", "", "id: x\ntitle: Français".encode("latin-1"), "declared-not-utf8", "", "line 2"),
        ("a PDF by mistake", "", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "declared-not-utf8", "", "UTF-8"),
        ("far too large", "", b"#" * 2000001, "declared-too-large", "", "2,000,000"),
        ("bracket left open", "[extradition]", "[extradition", "declared-yaml", "", "line 10, column 6"),
        ("tab for indentation", "  - {url", "\t- {url", "declared-yaml", "", "line 12, column 1"),
        ("two documents", "kind:", "---\nkind:", "declared-yaml", "", "second document"),
        ("alias", "[extradition]", "&f [extradition]", "declared-yaml", "family", "anchors"),
        ("tag", "2093", "!!python/name:os.system x", "declared-yaml", "dates.in_force", "tags"),
        ("nested without end", "", b"- " * 90000, "declared-yaml", ".".join("0" * 20), "deeper than"),
        ("key twice", "kind: treaty", "kind: treaty\nkind: protocol", "declared-repeated-key", "kind", "6"),
        ("key twice inside", "2091-05-04,", "2091, adopted: 2092,", "declared-repeated-key", "dates.adopted", "tw"),
        ("a list", "", "- id: x\n", "declared-value", "", "mapping"),
        ("key missing", "body: Atlantis League\n", "", "declared-missing", "body", "add it"),
        ("key misspelt", "body:", "boddy:", "declared-unknown-key", "boddy", "did you mean 'body'"),
        ("unknown key inside", "official", "offcial", "declared-unknown-key", "sources.0.offcial", "line 12"),
        ("value empty", "Atlantis League", "", "declared-value", "body", "line 4: is empty"),
        ("unknown kind", "kind: treaty", "kind: treety", "declared-value", "kind", "'treaty', 'protocol'"),
        ("no yes or no", "binding: true", "binding: perhaps", "declared-value", "binding", "true or false"),
        ("no number", "30", "thirty", "declared-value", "expect.articles", "whole number"),
        ("below zero", "30", "-1", "declared-value", "expect.articles", "greater than or equal to 0"),
        ("no such day", "2091-05-04", "2091-02-30", "declared-value", "dates.adopted", "no date"),
        ("day first", "2091-05-04", "04.05.2091", "declared-value", "dates.adopted", "2001-11-23"),
        ("in force before adopted", "2093", "2090", "declared-value", "dates", "later than in_force"),
        ("no date at all", "{adopted: 2091-05-04, in_force: 2093}", "{}", "declared-value", "", "at least one date"),
        ("file path", "https://league.example.org", "file:///etc", "declared-value", "sources.0.url", "https"),
        ("no host", "league.example.org", "localhost", "declared-value", "sources.0.url", "name a host"),
        ("password in URL", "https://l", "https://me:pw@l", "declared-value", "sources.0.url", "user name"),
        ("bad port", "example.org/", "example.org:x/", "declared-value", "sources.0.url", "address"),
        ("broken bracket", "league.example.org", "[league", "declared-value", "sources.0.url", "address"),
        ("unknown medium", "media_type: pdf", "media_type: doc", "declared-value", "sources.0.media_type", "pdf"),
        ("regional, where", "region: Atlantic\n", "", "declared-value", "", "`region`"),
        ("single for list", "[extradition]", "extradition", "declared-value", "family", "must be a list"),
        ("no family", "[extradition]", "[]", "declared-value", "family", "at least 1"),
        ("path as id", "id: atlantis-2091", "id: ../../etc", "declared-value", "id", "small letters"),
        ("device as id", "id: atlantis-2091", "id: aux", "declared-value", "id", "Windows"),
        ("capital letters", "id: atlantis-2091", "id: Atlantis", "declared-value", "id", "small letters"),
        ("id of another", "id: atlantis-2091", "id: mu-2091", "corpus-id", "id", "mu-2091.yml"),
        ("parent unknown", "expect", "parent: mu-2090\nexpect", "corpus-unknown-instrument", "parent", "mu-2090"),
        ("own parent", "expect", "parent: atlantis-2091\nexpect", "corpus-unknown-instrument", "parent", "itself"),
        ("amends unknown", "expect", "amends: [mu-1]\nexpect", "corpus-unknown-instrument", "amends.0", "mu-1"),
        ("no source, no todo", SOURCES, "", "corpus-no-source", "sources", "`todo`"),
    ],
    "codebook.yml": [
        ("family unknown", "family: final", "family: last", "declared-value", "", "depositary"),
        ("topic without rule", ", means: Who keeps the text", "", "declared-missing", "topics.depositary.means", "5"),
        ("version", "version: 1", "version: one", "declared-value", "version", "whole number"),
    ],
    "annotations/atlantis-2091.topics.csv": [
        ("semicolons", "", TOPICS.replace(",", ";"), "declared-columns", "", "separated by commas"),
        ("column missing", ",topic\n", "\n", "declared-columns", "", "missing: topic"),
        ("column unknown", ",topic", ",topik", "declared-columns", "", "'topik'"),
        ("cell too many", "rendition", "rendition,", "declared-csv", "row 2", "5 cells"),
        ("quote left open", "rendition", "\"rendition", "declared-csv", "", "no valid CSV"),
        ("topic unknown", "rendition", "renditon", "corpus-unknown-topic", "Art. 1 2.a;3", "'rendition'"),
        ("row twice", "", TOPICS + TOPICS.splitlines()[1], "corpus-repeated", "row 3", "row 2"),
        ("row of another", "atlantis-2091,1", "mu-2091,1", "corpus-id", "row 2: instrument", "mu-2091"),
        ("article empty", "2091,1,", "2091,,", "declared-value", "row 2: article", "is empty"),
    ],
    "annotations/atlantis-2091.attributes.csv": [
        ("attribute unknown", "threshold", "treshold", "corpus-unknown-attribute", "Art. 2", "'threshold'"),
        ("value in words", ",1,year", ",one,year", "corpus-value", "Art. 2: threshold", "must be a number"),
        ("unit unknown", "year", "week", "corpus-value", "Art. 2: threshold", "month, year"),
        ("case unknown", "trial", "tryal", "corpus-value", "Art. 2: threshold", "trial, sentence"),
        ("half a copy", "threshold,1,year,trial", "copies,1.5,,", "corpus-value", "Art. 2: copies", "whole number"),
        ("value not listed", "threshold,1,year,trial", "nationals,never,,", "corpus-value", "Art. 2: nationals", "one"),
        ("unit where none is", "threshold,1,year,trial", "copies,1,year,", "corpus-value", "Art. 2: copies", "empty"),
    ],
    "overrides/atlantis-2091.csv": [
        ("decision unknown", "reject", "maybe", "declared-value", "row 2: decision", "'accept', 'reject'"),
        ("hash cut short", "0123456789abcdef", "0123", "declared-value", "row 2: text_hash", "sixteen"),
        ("no reason", "only named in passing", "", "declared-value", "row 2: reason", "is empty"),
        ("month for day", "2094-01-31", "2094-01", "declared-value", "row 2: date", "whole date"),
        ("no address", "art_2__para_1", "Article 2(1)", "declared-value", "row 2: eid", "art_29"),
        ("topic unknown", "depositary", "depot", "corpus-unknown-topic", "art_2__para_1", "depot"),
    ],
    "annotations/mu-2091.topics.csv": [
        ("gold of no one", "", TOPICS.replace("atlantis", "mu"), "corpus-unknown-instrument", "Art. 1 2.a;3", "id"),
    ],
}  # fmt: skip
CASES = [pytest.param(file, row, id=f"{file.split('/')[0]}: {row[0]}") for file, rows in BROKEN.items() for row in rows]


@pytest.mark.parametrize(("file", "row"), CASES)
def test_what_is_wrong_is_named_with_its_place(file: str, row: Row, tmp_path: Path) -> None:
    _, old, new, code, key, says = row
    if isinstance(new, str) and old:
        assert old in FILES[file], "the row does not fit the valid file"
        new = FILES[file].replace(old, new)
    found = faults(write(tmp_path, {file: new}))
    where = f"{file}: {key}" if key else file
    assert [(issue.level, issue.code, issue.where) for issue in found] == [("error", code, where)]
    assert says in found[0].message
    assert found[0].message.endswith(".")


def outcome(folder: Path) -> tuple[Issue, ...]:
    """What loading says: the faults, or the warnings of a corpus that could be loaded."""
    try:
        return load(folder).issues
    except DataError as error:
        return error.issues


@given(st.text(), st.lists(st.sampled_from([" ", "\n", "-\n", "\u00ad", "\u00a0", "\u2019"]), min_size=1))
def test_a_text_hash_sees_words_not_how_they_are_set(words: str, between: list[str]) -> None:
    assert text_hash("".join(between).join(words.split())) == text_hash(words)
    assert text_hash(words + "x") != text_hash(words)


PIECES = st.one_of(
    st.sampled_from([b"", b"\x00", b"\xff", b"[", b"{", b"- ", b": ", b"\n", b"&a ", b"*a", b"!!int ", b"'", b'"']),
    st.sampled_from(
        [b"|\n", b"~", b"\r", b"\t", b"? ", b"%YAML 9.9\n---\n", b"---\n", b"<<: ", b"\xef\xbb\xbf", b"9" * 5000, b"-0"]
    ),
    st.binary(max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 500), st.integers(0, 40), PIECES)
@example("instruments/atlantis-2091.yml", 0, 500, b"- " * 90_000)
@example("instruments/atlantis-2091.yml", 0, 500, b"[" * 90_000)
@example("instruments/atlantis-2091.yml", 4, 13, b"\xed\xa0\x80")
def test_any_slip_of_the_pen_loads_or_is_named(name: str, start: int, length: int, piece: bytes) -> None:
    """Whatever replaces some bytes of a file: a corpus comes out, or rows that name the file; nothing else."""
    valid = FILES[name].encode()
    with TemporaryDirectory() as folder:
        write(Path(folder), {name: valid[:start] + piece + valid[start + length :]})
        found = outcome(Path(folder))
    assert all(issue.where.split(": ")[0] in FILES for issue in found)
    assert all(len(issue.where) < 400 and len(issue.message) < 1200 for issue in found)


VALUES = st.recursive(
    st.text(st.characters(codec="utf-8"), max_size=20) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted(re.findall(r"^(\w+):", INSTRUMENT, re.M))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*KEYS, "parent", "amends", "languages", "landing", "todo", "other"]), VALUES)
def test_any_value_of_any_key_loads_or_is_named(key: str, value: object) -> None:
    """JSON is YAML: any value of any shape may stand behind a key."""
    valid = INSTRUMENT.replace(SOURCES, "") if key == "sources" else INSTRUMENT
    kept = "\n".join(line for line in valid.splitlines() if not line.startswith(f"{key}:"))
    with TemporaryDirectory() as folder:
        write(Path(folder), {"instruments/atlantis-2091.yml": f"{kept}\n{key}: {json.dumps(value)}\n"})
        assert all(issue.where.split(": ")[0] in FILES for issue in outcome(Path(folder)))
