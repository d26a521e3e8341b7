"""Two language versions of one instrument, side by side by address: what is in one and not in the other.

The words cannot be compared across languages, what they count and point to can: provisions, numbers, periods, dates,
references and defined terms. A difference is a reason to look at both texts; whether they part in meaning is for a
reader to say. Where one of the texts holds words that may say the same and were not read, nothing is claimed: the row
says why it was not compared.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from treatynlp.coding.labels import Coding
from treatynlp.comparison.version_facts import Kind, VersionFacts, holding, numbered, version_facts
from treatynlp.structure.reference_words import unit_words
from treatynlp.structure.references import EXTERNAL
from treatynlp.structure.tree import Treaty

_ONLY_THERE = "its number stands among the words of the other text"
_PARTED = "its parts are set otherwise in the other text"
_POINTER = "the other text holds words like a reference that were not read"
_PRONOUN = "the same provision; which instrument it is of, one text does not say by name"
_QUOTED = "the other text holds words in quotes of which it is not known whether they are a defined term"
# "(b)", "12)": a list's letter or number in running text, by which a text points to a provision without its unit.
_LISTED = r"(?<!\w)\(?(?<!\w)(?:[a-z]|[ivx]{2,4}|\d{1,2})\)"
_IN_QUOTES = re.compile(r"(?<!\w)[“‘«„\"']\s?[^\W\d_][^”’»“\"\n;:]{1,90}?[”’»“\"'](?!\w)")


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """What one version has at an address and the other has not: `left` and `right` hold what only that one has.

    `not_compared` is "" for a difference; else it says why it is not known whether the versions differ there.
    """

    eid: str
    kind: Kind
    left: tuple[str, ...]
    right: tuple[str, ...]
    not_compared: str = ""


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An address that both versions have, with their pages and the topics of the left one, which hold for both."""

    eid: str
    left_page: int
    right_page: int
    topics: tuple[str, ...] = ()


def shared_addresses(left: Treaty, right: Treaty, coding: Coding) -> tuple[SharedAddress, ...]:
    """The numbered provisions of the articles that both versions have, in the order of the left one."""
    topics: dict[str, list[str]] = {}
    for label in coding.labels:
        # Of the version that was coded: topics hold for a provision in whatever language it is printed.
        topics.setdefault(label.eid, []).append(label.topic)
    pages = {one.eid: one.page for one in numbered(right)}
    both = (one for one in numbered(left) if one.eid in pages)
    return tuple(
        SharedAddress(one.eid, one.page, pages[one.eid], tuple(sorted(topics.get(one.eid, ())))) for one in both
    )


def version_differences(left: Treaty, right: Treaty) -> tuple[VersionDifference, ...]:
    """Where two linked versions differ, in the order of their addresses; () when all that is counted agrees.

    Compared are articles, their numbered paragraphs and points. Numbers of one, places in a row
    and numbers inside references are left out: "one" is an article in some languages, "third countries" are a
    number in some, and references are compared by what they point to.
    """
    sides = version_facts(left), version_facts(right)
    found = [one for eid in dict.fromkeys(chain(*(side.counted for side in sides))) for one in _differing(eid, sides)]
    parted = {_parent(one.eid) for one in found if one.kind == "provision" and one.not_compared}
    return tuple(_beside_parted(one, parted) for one in found)


Sides = tuple[VersionFacts, VersionFacts]
Only = tuple[tuple[str, ...], tuple[str, ...]]


def _differing(eid: str, sides: Sides) -> Iterator[VersionDifference]:
    left, right = (side.counted.get(eid) for side in sides)
    if left is None or right is None:
        yield VersionDifference(
            eid, "provision", (eid,) if left else (), (eid,) if right else (), _among_words(eid, sides)
        )
        return
    for kind in left:
        one, other = _named(left[kind], right[kind]) if kind == "reference" else (left[kind], right[kind])
        only = _elements(one - other), _elements(other - one)
        if any(only):
            yield VersionDifference(eid, kind, *only, _unsure(eid, kind, only, sides))


def _named(one: Counter[str], other: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """The references of two versions as they are compared: each once, for a text may name one twice in one language.

    Where both name the same ones equally often, and yet one more of this and one less of that, another is meant.
    """
    if one.keys() == other.keys() and one.total() == other.total():
        return one, other
    return Counter(one.keys()), Counter(other.keys())


def _elements(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counted.elements()))


# ---- what is not surely read ------------------------------------------------------------------------------------


def _among_words(eid: str, sides: Sides) -> str:
    """Why a provision that only one version has may stand in the other all the same.

    On a page of the Official Journal's first French texts a point goes on in the line of the one before ("… oud) le
    phare"): what it holds is there, only its beginning was not seen.
    """
    there, other = sides if eid in sides[0].counted else sides[::-1]
    label = next(one.label for one in numbered(there.treaty) if one.eid == eid)
    around = holding(_parent(eid), other.counted)
    inside = " ".join(words for at, words in other.unread.items() if around and f"{at}__".startswith(f"{around}__"))
    return _ONLY_THERE if re.search(rf"{re.escape(label)}\)", inside) else ""


def _beside_parted(one: VersionDifference, parted: set[str]) -> VersionDifference:
    """With the reason why nothing is known of a provision of which the other text has not all parts apart."""
    if one.not_compared or one.kind == "provision" or not {one.eid, _parent(one.eid)} & parted - {""}:
        return one
    return VersionDifference(one.eid, one.kind, one.left, one.right, _PARTED)


def _parent(eid: str) -> str:
    return eid.rpartition("__")[0]


def _unsure(eid: str, kind: Kind, only: Only, sides: Sides) -> str:
    if kind == "reference":
        return _unread_pointer(eid, only, sides) or _by_pronoun(only)
    return _unread_term(eid, only, sides) if kind == "term" else ""


def _unread_pointer(eid: str, only: Only, sides: Sides) -> str:
    """Something like a reference left in the words of a version that lacks what the other points to."""
    lacking = [side for side, other in zip(sides, only[::-1], strict=True) if other]
    return _POINTER if any(_pointing(side.treaty.language).search(side.unread[eid]) for side in lacking) else ""


@cache
def _pointing(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_LISTED}|\b(?:{unit_words(language)})\s+(?:\d|\(?[a-z]\)|(?-i:[IVXLC]+)\b)")


def _by_pronoun(only: Only) -> str:
    """The same provisions, and one version says only by a pronoun or not at all whose they are."""
    targets = [sorted(one.rpartition(" ")[2] for one in side) for side in only]
    vague = [all(one.partition(" ")[0] in (EXTERNAL, one) for one in side) for side in only]
    return _PRONOUN if targets[0] == targets[1] and any(vague) else ""


def _unread_term(eid: str, only: Sequence[tuple[str, ...]], sides: Sides) -> str:
    lacking, many = (sides[1], only[0]) if only[0] else (sides[0], only[1])
    return _QUOTED if len(_IN_QUOTES.findall(lacking.unread[eid])) >= len(many) else ""
