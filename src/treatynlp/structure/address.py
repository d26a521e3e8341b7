"""Addresses: Akoma Ntoso eIds for machines, citations for people.

>>> cited("art_29__para_3__point_1__point_a")
'Art. 29(3)(1)(a)'
>>> cited("chp_II__sec_1"), cited("preamble__rec_4"), cited("annex_I__art_2")
('Chapter II, Section 1', 'Preamble, recital 4', 'Annex I, Art. 2')
>>> cited("chp_V__para_3__point_a"), cited("art_4__para_1__alinea_2")
('Chapter V, para. 3(a)', 'Art. 4(1), para. 2')
>>> cited("art_3__point_7__point_a"), cited("art_3__point_a")
('Art. 3, point (7)(a)', 'Art. 3(a)')
"""

import re
from collections.abc import Iterable

SHORT = {
    "front": "preface", "preamble": "preamble", "recital": "rec", "citation": "cit",
    "book": "book", "part": "part", "title": "title",
    "chapter": "chp", "section": "sec", "subsection": "subsec", "article": "art", "paragraph": "para", "point": "point",
    "indent": "indent", "alinea": "alinea", "final": "final", "annex": "annex",
    "signature": "conclusions", "note": "note",
}  # fmt: skip
"""The abbreviations of the Akoma Ntoso naming convention (OASIS, version 1.0, section 5), where it has one."""

_WORDS = {
    "book": "Book", "part": "Part", "title": "Title", "chp": "Chapter", "sec": "Section", "subsec": "Subsection",
    "annex": "Annex", "preamble": "Preamble", "preface": "Title page", "conclusions": "Final formula",
    "rec": "recital", "cit": "citation",
    "note": "footnote", "final": "Final part", "alinea": "para.", "indent": "indent",
}  # fmt: skip
_LEVELS = ("para", "point")
_MOST_ALIKE = 10_000
"""A number that is printed so often is a reader's mistake, and no count of provisions goes on for ever."""


def component(kind: str, label: str) -> str:
    """One step of an eId: the kind's abbreviation and the bare number ("(2 bis)" gives 2bis)."""
    several = re.sub(r"(?<=\d)–(?=\d)", "to", label).replace("/", ".")  # "3/1", put in behind 3, is no 31
    divided = re.sub(r"^([IVXLC]+|[LRDA]?\d+)-(?=\d)", r"\1.", several)  # "I-1": the division's number stays apart
    number = re.sub(r"[^0-9A-Za-z.]+", "", divided).strip(".").replace(".", "-")
    return f"{SHORT[kind]}_{number}" if number else SHORT[kind]


def unique(eid: str, taken: set[str]) -> str:
    """The eId, or where a number is printed twice the eId with _2, _3, …"""
    if eid not in taken:
        return eid
    return next(other for count in range(2, _MOST_ALIKE) if (other := f"{eid}_{count}") not in taken)


def stands_in(eid: str, place: str) -> bool:
    """Whether an address is a place, or one inside it.

    >>> stands_in("art_2__para_1", "art_2"), stands_in("art_21", "art_2")
    (True, False)
    """
    return eid == place or eid.startswith(f"{place}__")


def are_nested(one: str, other: str) -> bool:
    """Whether two addresses are the same, or one stands inside the other."""
    return stands_in(one, other) or stands_in(other, one)


def cited(eid: str) -> str:
    """How a lawyer writes the address."""
    steps = [step.partition("_")[::2] for step in eid.split("__")]
    return "".join(_glued(steps))


def _glued(steps: Iterable[tuple[str, str]]) -> Iterable[str]:
    above = ""
    for kind, bare in steps:
        number = re.sub(r"(?<=\d)to(?=\d)", "–", bare)
        if kind == "point" and above == "art" and number.isdigit():  # (3) behind an article's number is a paragraph
            yield f", point ({number})"
        elif kind in _LEVELS and above in ("art", *_LEVELS):
            yield f"({number.replace('-', '.')})"
        else:
            word = "para." if kind in _LEVELS else "Art." if kind == "art" else _WORDS.get(kind, kind)
            yield (", " if above else "") + f"{word} {number}".strip()
        above = kind
