"""Search: forms of words, whole words, names of topics; the same order in the database and in the explorer."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from support.browsing import Reader
from support.released_database import opened
from support.two_lighthouses import WORDS, overview
from treatynlp.publishing.database import database
from treatynlp.publishing.search import SearchResult, search
from treatynlp.publishing.stems import stem
from treatynlp.publishing.tables import release_tables


@pytest.mark.parametrize(
    ("words", "topic", "found"),
    [
        ("lamp room", "", {("alpha", "art_1__para_1"), ("beta", "art_1__para_1")}),  # the paragraph, not its article
        ('"lamp room" crime', "", {("alpha", "art_1__para_1"), ("beta", "art_1__para_1")}),
        ('"room lamp"', "", set()),  # in this order they stand nowhere
        (
            "lamp room",
            "illegal_access",
            {("alpha", "art_1__para_1"), ("beta", "art_1__para_1")},
        ),  # also from the article
        ("lamp room", "extradition", set()),
        ("lamps", "", {("alpha", "art_1__para_1"), ("beta", "art_1__para_1")}),  # another form of the word
        ("wreck", "", {("alpha", "art_2"), ("beta", "art_2")}),  # no word there: the beginning of one
        ("roo", "", {("alpha", "art_1__para_1"), ("beta", "art_1__para_1")}),
        ("", "extradition", {("alpha", "art_2")}),  # a topic needs no words
        ("illegal access", "", {("alpha", "art_1__para_1"), ("beta", "art_1")}),  # the name of a topic
        ("resolus", "", {("alpha", "preamble"), ("beta", "preamble")}),  # accents make no difference
        ("crime NOT (", "", set()),  # operators are words
        ("", "", set()),
        ('"', "", set()),
    ],
)
def test_search_finds_words_and_topics(
    released: sqlite3.Connection, words: str, topic: str, found: set[tuple[str, str]]
) -> None:
    assert {(hit.instrument, hit.eid) for hit in search(released, words, topic)} == found


def test_a_hit_says_where_it_stands(released: sqlite3.Connection) -> None:
    (hit,) = search(released, "wreckers", instrument="alpha")
    assert hit == SearchResult(
        "alpha", "art_2", "Art. 2", "", hit.snippet, 1, "https://lighthouse.example/alpha.pdf#page=1", hit.score
    )
    assert "»wreckers«" in hit.snippet
    assert WORDS["art_2"].split()[-1] in hit.snippet


@given(st.text(max_size=20))
def test_no_query_breaks_the_search(released: sqlite3.Connection, words: str) -> None:
    assert all(hit.score > 0 for hit in search(released, words))


def test_without_text_the_headings_can_be_searched() -> None:
    connection = opened(database(table.without_words() for table in release_tables(overview())))
    assert search(connection, "wreckers") == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("criminalise", "criminalization", True),
        ("authorised", "authorize", True),
        ("parties", "Party", True),
        ("preserving", "preservation", True),
        ("CERT", "certain", False),
        ("co-operate", "cooperation", True),  # conventions of the Council of Europe write the stroke
        ("offence", "offenses", True),
        ("CERT", "CSIRTs", True),  # names of one thing
        ("wise", "wiz", False),  # -ise is an ending only behind a stem
    ],
)
def test_forms_of_a_word_are_joined_and_others_are_not(one: str, other: str, alike: bool) -> None:
    assert (stem(one) == stem(other)) is alike


@pytest.mark.parametrize(
    "query",
    [
        "computer",
        "data",
        '"without right"',
        "hacking",
        "preserve",
        "extradition",
        "system access",
        "nothing at",
        "co-operation",
        "mutual assistance: procedure",
        "offenses",
        "csirt",
    ],
)
def test_the_explorer_finds_the_same_in_the_same_order(reader: Reader, specimens_release: Path, query: str) -> None:
    connection = sqlite3.connect(f"file:{specimens_release / 'release.sqlite'}?mode=ro", uri=True)
    expected = [f"#treaty?id={hit.instrument}&at={hit.eid}" for hit in search(connection, query, limit=50)]
    page = reader.open("search", q=query)
    assert [link.get_attribute("href") for link in page.locator(".hit h2 a").all()] == expected


def test_the_search_says_in_which_instruments_the_words_stand(reader: Reader, specimens_release: Path) -> None:
    connection = sqlite3.connect(f"file:{specimens_release / 'release.sqlite'}?mode=ro", uri=True)
    # Provisions that are found by their topic alone hold none of the words.
    found = [hit for hit in search(connection, "computer", limit=5000) if "»" in hit.snippet]
    told = Counter(hit.instrument for hit in found)
    page = reader.open("search", q="computer")
    chips = page.locator(".spread-of a").all()
    assert [int(chip.inner_text().rsplit(" ", 1)[1]) for chip in chips] == sorted(told.values(), reverse=True)
    chips[-1].click()
    reader.settled()
    expect(page.locator(".spread-of")).to_have_count(0)  # of one instrument there is nothing to choose
    assert page.locator(".hit").count() >= min(told.values())
