"""Passages that instruments share word for word: what counts, how long it is, where it stands."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.invented import record
from treatynlp.comparison.records import Record
from treatynlp.comparison.reuse import COMMON, SHINGLE, ProvisionTokens, reuse, words_of
from treatynlp.text import Span

RULE = "no keeper shall let the lamp go out before the last ship has passed the bar of the harbour"


def texts(**said: str) -> tuple[ProvisionTokens, ...]:
    """One article for each instrument of these names."""
    return words_of([record(id, {"art_1": words}) for id, words in said.items()])


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (RULE, RULE, 19),
        (f"Article 1. {RULE}.", f"(a) Whereas, {RULE}; and so on", 19),  # whatever stands around it
        (RULE.upper(), RULE.replace(" lamp", ", lamp"), 19),  # case and punctuation make no difference
        (RULE, RULE.replace("bar", "12 bar"), 19),  # nor do numbers
        (RULE, RULE.replace("last", "first"), 10),  # one word is another: the longer half
        (RULE, " ".join(RULE.split()[:SHINGLE]), SHINGLE),
        (RULE, " ".join(RULE.split()[: SHINGLE - 1]), 0),  # too short to mean anything
        (RULE, "a keeper who lets a lamp go out owes the harbour a fine of nine shells", 0),
        (RULE, "", 0),
    ],
)
def test_the_longest_shared_passage(left: str, right: str, words: int) -> None:
    found = reuse(texts(left=left, right=right))
    assert max((pair.words for pair in found.pairs), default=0) == words


def test_a_passage_can_be_found_in_both_texts() -> None:
    rec = [record(id, {"art_1": words}) for id, words in {"a": f"First. {RULE}, and", "b": f"{RULE}."}.items()]
    (pair,) = reuse(words_of(rec)).pairs
    assert [r.treaty.words(s) for r, s in zip(rec, (pair.left_span, pair.right_span), strict=True)] == [RULE, RULE]  # type: ignore[union-attr]


def test_shares_count_each_word_once_and_only_in_others() -> None:
    # `long` says the rule twice; `short` has it and as many words of its own
    own = "the harbour master keeps a book of tides and shows it to nobody but the moon and her nine sisters"
    found = reuse(texts(long=f"{RULE}. {RULE}", short=f"{RULE}. {own}", other="nothing of this kind"))
    share = {(s.instrument, s.other): s.share for s in found.shares}
    assert share["long", "short"] == pytest.approx(38 / 38)
    assert share["short", "long"] == share["short", ""] == pytest.approx(19 / len(f"{RULE} {own}".split()))
    assert share["other", ""] == 0
    assert ("long", "art_1", 1.0) in found.provisions


def test_what_one_instrument_repeats_is_no_reuse() -> None:
    within = words_of([record("one", {"art_1": RULE, "art_2": RULE})])
    assert reuse(within).pairs == ()
    assert {s.found for s in reuse(within).shares} == {0}


def test_a_formula_of_the_trade_makes_no_pairs_but_is_found_elsewhere() -> None:
    found = reuse(texts(**{f"t{n}": RULE for n in range(COMMON + 1)}))
    assert found.pairs == ()
    assert {s.share for s in found.shares if not s.other} == {1.0}


def test_nothing_is_shared_by_nothing() -> None:
    assert reuse(()).pairs == ()
    assert words_of([Record(record("a", {"art_1": RULE}).instrument)]) == ()


def longest(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """The longest run of words two texts share, the slow way."""

    def runs(words: tuple[str, ...], n: int) -> set[tuple[str, ...]]:
        return {words[at : at + n] for at in range(len(words) - n + 1)}

    lengths = range(min(len(left), len(right)), 0, -1)
    return next((n for n in lengths if runs(left, n) & runs(right, n)), 0)


def covered(words: tuple[str, ...], others: list[tuple[str, ...]]) -> int:
    """How many words stand in a sequence of SHINGLE words that one of the others has too, the slow way."""
    have = {other[at : at + SHINGLE] for other in others for at in range(len(other) - SHINGLE + 1)}
    starts = [at for at in range(len(words) - SHINGLE + 1) if words[at : at + SHINGLE] in have]
    return len({at + n for at in starts for n in range(SHINGLE)})


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from("ab"), max_size=13), min_size=2, max_size=3))
def test_it_finds_what_the_slow_way_finds(said: list[list[str]]) -> None:
    # Three texts of thirteen words hold no sequence more than COMMON times.
    made = tuple(
        ProvisionTokens(f"i{n}", "art_1", tuple(words), tuple(Span(2 * k, 2 * k + 1) for k in range(len(words))))
        for n, words in enumerate(said)
    )
    found = {(pair.left, pair.right): pair.words for pair in reuse(made).pairs}
    for one, other in combinations(made, 2):
        expected = longest(one.words, other.words)
        assert found.get((one.instrument, other.instrument), 0) == (expected if expected >= SHINGLE else 0)
    shares = {(share.instrument, share.other): share.found for share in reuse(made).shares}
    for one, other in permutations(made, 2):
        assert shares[one.instrument, other.instrument] == covered(one.words, [other.words])
        assert shares[one.instrument, ""] == covered(one.words, [text.words for text in made if text != one])
