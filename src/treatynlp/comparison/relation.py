"""How two matched provisions relate: which criminalises more, which asks more, and on how many terms that was compared.

Never from how alike they read, and never "equivalent": what was not read on both sides was not compared.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from treatynlp.comparison.differences import Difference, directions
from treatynlp.comparison.memory import remembered
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.units import Coded

Relation = Literal[
    "left_wider", "right_wider", "left_stronger", "right_stronger", "opposed", "mixed", "same_terms", "not_compared",
]  # fmt: skip
RELATIONS: tuple[Relation, ...] = get_args(Relation)


def relation(found: Iterable[Difference], compared: int) -> Relation:
    """What the differences amount to. `compared`: on how many elements; below two nothing is said.

    One side is wider or stronger only where every difference with a say speaks for it; days against calendar months
    have none.
    """
    rows = tuple(row for row in found if not row.calendar)
    # One term alone is mostly the one that both were matched by.
    if compared < 2:
        return "not_compared"
    if any(row.direction == "opposed" for row in rows):
        return "opposed"
    if not rows:
        return "same_terms"
    said = directions(rows)
    sides = {one.partition("_")[0] for one in said}
    if len(sides) > 1 or "" in said:
        return "mixed"
    side = sides.pop()
    wider = f"{side}_wider" in said
    return f"{side}_wider" if wider else f"{side}_stronger"  # type: ignore[return-value]


ALIKE = 0.85
"""The score from which on "shall not" against "shall" is called an opposition; below it they may mean two things."""


def duty_difference(left: tuple[Coded, str], right: tuple[Coded, str], rules: Rules) -> tuple[Difference, ...]:
    """The difference in how two provisions bind, if it is plain: each speaks with one voice, and not with the same.

    "shall not" against "shall" is an opposition, unless what is forbidden is itself a refusal.
    """
    one, other = _voices(*left), _voices(*right)
    # A provision that obliges in one paragraph and allows in another is neither stronger nor weaker than one that only
    # obliges.
    if len(one) != 1 or len(other) != 1 or one == other:
        return ()
    here, there = next(iter(one)), next(iter(other))
    if {here, there} == {"obligation", "prohibition"}:
        at = left if here == "prohibition" else right
        # "Shall not refuse" asks what "shall grant" asks.
        if rules.negations is None or re.search(rules.negations.pattern, _words(*at), re.I):
            return ()
        return (Difference("modality", (here,), (there,), "opposed"),)
    order = ("obligation", "prohibition", "recommendation", "permission")
    stronger = "left_stronger" if order.index(here) < order.index(there) else "right_stronger"
    return (Difference("modality", (here,), (there,), stronger),)  # type: ignore[arg-type]


@remembered
def _voices(coded: Coded, eid: str) -> frozenset[str]:
    """The modalities of the smallest provisions inside one; what is merely said has no voice."""
    leaves = [one.eid for one in coded.where[eid].provision.walk() if not one.children]
    return frozenset(voice for one in leaves if (voice := coded.strengths.get(one, "")) not in ("", "declaration"))


def _words(coded: Coded, eid: str) -> str:
    treaty = coded.record.treaty
    return " ".join(treaty.words(coded.where[eid].provision.body).split()) if treaty else ""
