"""At which depth two provisions that answer each other are shown: article, paragraph or point.

A whole article that answers one paragraph is shown by its own paragraph that does; parts that only meet one another
become the pair of their articles.
"""

from collections.abc import Iterable, Sequence

from treatynlp.comparison.likeness import Stacked, Weights, features, probability
from treatynlp.comparison.matching import MATCHED, Match, Side

LARGER = 2.5
"""How many times longer one of two provisions must be for it to be the whole, and the other a part."""


def rolled_up(matches: Sequence[Match], sides: tuple[Side, Side]) -> list[Match]:
    """Parts of two articles that only meet one another become the pair of the articles, at their best score."""
    homes = [(sides[0].home(m.left), sides[1].home(m.right)) for m in matches]
    rolled: dict[tuple[str, str], Match] = {}
    for home, one in zip(homes, matches, strict=True):
        # Where another match of either article leads elsewhere, the parts must stay apart: the articles are not each
        # other's.
        alone = all((a == home[0]) == (b == home[1]) for a, b in homes)
        if not alone:
            rolled[one.left, one.right] = one
        elif home not in rolled or rolled[home].score < one.score:
            rolled[home] = Match(*home, one.score)
    return list(rolled.values())


def refine(matches: Sequence[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    """A provision with several counterparts is shown by the paragraphs that answer each, where they can be told."""
    # First the left side's provisions, then the right's among what came of it: either may be the list.
    once = [m for group in _grouped(matches, "left") for m in _told_apart(group, sides, weights)]
    turned = [Match(m.right, m.left, m.score) for m in once]
    back = [m for group in _grouped(turned, "left") for m in _told_apart(group, sides[::-1], weights)]
    return [Match(m.right, m.left, m.score) for m in back]


def _grouped(matches: Iterable[Match], side: str) -> list[list[Match]]:
    groups: dict[str, list[Match]] = {}
    for one in matches:
        groups.setdefault(getattr(one, side), []).append(one)
    return list(groups.values())


def _told_apart(group: list[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    coded = sides[0].coded
    children = coded.where[group[0].left].provision.children
    if len(group) < 2 or len(children) < len(group):
        return group
    others = [sides[1].coded.unit(sides[1].coded.where[m.right].provision) for m in group]
    inside = [coded.unit(child) for child in children]
    chances = probability(features(Stacked.of(inside), Stacked.of(others)), weights)
    best = chances.argmax(axis=1)
    # A counterpart that no paragraph answers best cannot be told apart, so the whole provision stands for all.
    if len(set(best.tolist())) < len(group):
        return group
    told = [_own_score(Match(unit.eid, group[b].right, group[b].score), float(chances[n, b]), weights)
            for n, (unit, b) in enumerate(zip(inside, best.tolist(), strict=True))]  # fmt: skip
    surest = {right: max(one.score for one in told if one.right == right) for right in {one.right for one in told}}
    return [one for one in told if one.score >= MATCHED or one.score == surest[one.right]]


def _own_score(one: Match, chance: float, weights: Weights) -> Match:
    """A part of a provision that matches is no surer than it is by its own words."""
    return one._replace(score=min(one.score, weights.sure(chance)))


def finest(matches: Sequence[Match], sides: tuple[Side, Side], weights: Weights) -> list[Match]:
    """A whole article against one paragraph becomes that of its own paragraphs which answers it, if one does."""
    once = [_finer(one, sides, weights) for one in matches]
    turned = [_finer(Match(one.right, one.left, one.score), sides[::-1], weights) for one in once]
    return [Match(one.right, one.left, one.score) for one in turned]


def _finer(one: Match, sides: tuple[Side, Side], weights: Weights) -> Match:
    coded, other = sides[0].coded, sides[1].coded
    whole, part = coded.where[one.left].provision, other.where[one.right].provision
    larger = whole.kind == "article" and part.kind != "article"
    if whole.kind != "article":  # a list of offences against one of them
        larger = whole.span.length >= LARGER * part.span.length
    if one.score < MATCHED or not larger or not whole.children:
        return one
    inside = [coded.unit(child) for child in whole.children]
    chances = probability(features(Stacked.of(inside), Stacked.of([other.unit(part)])), weights)[:, 0]
    best = int(chances.argmax())
    # No part answers it by itself: the article speaks to it as a whole, and is left so.
    if chances[best] < weights.threshold:
        return one
    return _own_score(Match(inside[best].eid, one.right, one.score), float(chances[best]), weights)


def in_order(matches: Iterable[Match], sides: tuple[Side, Side]) -> list[Match]:
    """In the left instrument's reading order, then the right's; a pair that came twice stands once, at its best."""
    best: dict[tuple[str, str], Match] = {}
    for one in matches:
        if best.setdefault((one.left, one.right), one).score < one.score:
            best[one.left, one.right] = one
    return sorted(
        best.values(), key=lambda m: (sides[0].coded.where[m.left].order, sides[1].coded.where[m.right].order)
    )
