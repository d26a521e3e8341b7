"""Which of the lines that look like article headings are the articles: the weightiest run that counts upwards.

A line such as "Article 102 of the Charter" in running text is left out because it is light and does not fit the
count; a list of contents and each bound-in instrument make runs of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from treatynlp.structure.headings import LIKELY, Heading
from treatynlp.structure.numerals import INSERTED, Numeral, chained

REACH = 40
"""So many candidates back a heading looks for the one before it."""
LOST = 7.5
"""What a gap costs at the most (lost pages, repealed articles, an abridged text): more than one heading weighs, so
that a gap is only taken when the count goes on behind it."""
ANEW = 1.5
"""What beginning anew costs: something, or every "Article 1" that is quoted would begin an instrument; and less than a
heading that looks like one weighs, or none that is bound behind would."""
LATE = 4.0
"""What a late beginning costs at the most: what a heading weighs, as a document's first pages may be missing."""
GOES_ON, INSERTED_AFTER, PER_MISSING = -0.5, 0.5, 1.5
"""What a number costs that goes on (less than nothing: of two readings, V as five or as a letter, that one is
taken); an inserted one behind a lost one of its like; and a gap, for each number missing and one."""
NO_LETTER = 3 * INSERTED
"""An inserted number whose article is lost has no later letter than c: a later one is rather a footnote's mark."""


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """An article heading in the run, with the one reading of its number that fits."""

    heading: Heading
    numeral: Numeral


def article_runs(headings: Sequence[Heading]) -> list[list[NumberedHeading]]:
    """The headings that are articles, as runs that each count upwards from their first.

    Dynamic programming over (candidate, reading): the sum of weights is made greatest, going on by one costs
    nothing, a gap costs more the wider it is, beginning anew needs a heading of good weight.
    """
    steps = [
        NumberedHeading(heading, numeral) for heading in headings if heading.weight > 0 for numeral in heading.numerals
    ]
    chosen = _best_path(steps)
    result: list[list[NumberedHeading]] = []
    for step in chosen:
        if result and _cost(result[-1][-1].numeral, step.numeral) is not None:
            result[-1].append(step)
        else:
            result.append([step])
    return result


def _best_path(steps: Sequence[NumberedHeading]) -> list[NumberedHeading]:
    best: list[float] = []
    back: list[int] = []
    for at, step in enumerate(steps):
        options = [(_start(step), -1)]
        for before in range(max(0, at - REACH), at):
            if steps[before].heading.at < step.heading.at:
                cost = _cost(steps[before].numeral, step.numeral)
                if cost is None and step.numeral.first and step.heading.weight >= LIKELY:
                    cost = ANEW
                if cost is not None:
                    options.append((best[before] + step.heading.weight - cost, before))
        score, before = max(options, key=lambda option: (option[0], -option[1]))
        best.append(score)
        back.append(before)
    if not best:
        return []
    at = max(range(len(best)), key=lambda index: (best[index], index))
    path = []
    while at >= 0:
        path.append(steps[at])
        at = back[at]
    return path[::-1]


def _start(step: NumberedHeading) -> float:
    # A run that begins late is doubted, the more the later; up to a bound, as the first pages may be missing.
    return step.heading.weight - min(LATE, step.numeral.value - 1.0)


def _cost(before: Numeral, after: Numeral) -> float | None:
    """What it costs that `after` comes next; None when it cannot."""
    if chained(before, after):
        return GOES_ON
    if after.family != before.family:
        return None
    if after.follows(before):
        return GOES_ON
    if after.suffix and after.value == before.value and after.suffix > before.suffix:
        return INSERTED_AFTER
    gap = after.value - before.last
    if after.suffix:  # the article it was put in behind is lost: 2a below 1
        cost = min(INSERTED_AFTER + PER_MISSING * gap, LOST)
        return cost if gap >= 1 and after.suffix <= NO_LETTER else None
    return min(PER_MISSING * gap, LOST) if gap >= 2 else None
