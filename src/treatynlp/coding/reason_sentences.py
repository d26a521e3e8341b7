"""Why the machine gives a passage a topic, in sentences: what speaks for it and against it, without the numbers.

>>> from treatynlp.coding.explaining import Reason
>>> for sentence in reason_sentences([
...     Reason("probability", "illegal_access", 0.97),
...     Reason("pattern", "…/1 in the heading: access", 1.0, "heading", "Illegal access", "Its usual name."),
...     Reason("pattern", "illegal_access/2 in the body: enter*", 1.0, "body", "enters a system", "The act."),
...     Reason("weight", "heading", 2.1), Reason("weight", "rivals", -0.4), Reason("word", "body: hack", 0.3),
... ]):
...     print(sentence)
The machine puts the chance that this passage is about illegal access at 97 %.
Its heading, “Illegal access”, speaks for it: its usual name.
Its words “enters a system” speak for it: the act.
What counted most for it: what its heading says. Against it: that other topics fit as well.
Words that speak for it: “hack”.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

if TYPE_CHECKING:  # what explains needs the model, and what words its reasons does not
    from treatynlp.coding.explaining import Reason

MEANT = (
    ("trust_", "how often such wordings were right before"),
    ("words_rivals", "that the words of other topics fit as well"),
    ("words_", "its words as a whole, beside what people coded"),
    ("words", "its words as a whole, beside what people coded"),
    ("patterns_", "what its neighbours are about"),
    ("likeness", "its likeness to passages that people coded so"),
    ("heading", "what its heading says"),
    ("untitled", "that no heading names a topic"),
    ("unnamed", "that no heading names this topic"),
    ("above", "what stands above it"),
    ("inside", "what stands inside it"),
    ("rivals", "that other topics fit as well"),
    ("dominance", "that other topics fit as well"),
    ("long", "its length"),
    ("title", "what the instrument or chapter is about as a whole"),
    ("chapter", "what the instrument or chapter is about as a whole"),
    ("whole", "what the instrument or chapter is about as a whole"),
    ("first_w", "what the instrument or chapter is about as a whole"),
    ("first_", "what was found of the article's other topics"),
    ("familiar", "how familiar its words are"),
    ("against", "a wording that speaks against"),
)
"""Signs of the model by the beginning of their names, in words; any other is of the passage's own words."""
OWN = "how much of its own text is in such wordings"
WHERE = {
    "heading": "Its heading, {}, speaks", "above": "The heading above it, {}, speaks",
    "inside": "A heading inside it, {}, speaks", "body": "Its words {} speak",
    "title": "The instrument's title, {}, speaks", "chapter": "The heading of its chapter, {}, speaks",
}  # fmt: skip
"""Where a wording stands (see rules.Hit), as a sentence begins."""
QUOTED = 14
"""Words up to which what was found is quoted whole."""


def reason_sentences(reasons: Iterable["Reason"]) -> Iterator[str]:
    """The reasons as a lawyer reads them, from the conclusion to the words."""
    found = list(reasons)
    for one in (one for one in found if one.kind == "probability"):
        yield f"The machine puts the chance that this passage is about {_named(one.what)} at {_share(one.amount)}."
    patterns = [one for one in found if one.kind == "pattern"]
    if not patterns:
        yield "None of the wordings that usually tell of this topic stands in it."
    yield from _wordings(patterns)
    yield from _sides("What counted most for it", [one for one in found if one.kind == "weight"], sign_in_words)
    words = [one for one in found if one.kind == "word" and _telling(one.what)]
    yield from _sides("Words that speak for it", words, _quoted)


def _wordings(patterns: Iterable["Reason"]) -> Iterator[str]:
    """The wordings that were found, where they stand, and why they tell of the topic; the same words once."""
    whys: dict[tuple[bool, str, str], dict[str, None]] = {}
    for one in patterns:
        whys.setdefault((one.amount > 0, one.place, one.words), {})[_lowered(one.why)] = None
    for (speaks_for, place, words), why in whys.items():
        speaks = WHERE[place].format(f"“{_short(words)}”")
        yield f"{speaks} {'for' if speaks_for else 'against'} it: {'; '.join(why)}."


def _short(words: str) -> str:
    """Words as they are quoted: of a long passage its beginning and its end."""
    said = words.split()
    return words if len(said) <= QUOTED else " ".join([*said[: QUOTED - 4], "…", *said[-4:]])


def _lowered(why: str) -> str:
    """A reason as a part of a sentence."""
    return (why if why[:2].isupper() else why[:1].lower() + why[1:]).rstrip(".")


def _sides(opening: str, found: Sequence["Reason"], say: Callable[[str], str]) -> Iterator[str]:
    speak_for = dict.fromkeys(say(one.what) for one in found if one.amount > 0)
    against = dict.fromkeys(say(one.what) for one in found if one.amount < 0 and say(one.what) not in speak_for)
    said = f"{opening}: {', '.join(speak_for)}." if speak_for else ""
    said += f" Against it: {', '.join(against)}." if against else ""
    if said:
        yield said.strip()


def sign_in_words(sign: str) -> str:
    """What a sign of the model stands for.

    >>> sign_in_words("heading_medium"), sign_in_words("body_weak")
    ('what its heading says', 'how much of its own text is in such wordings')
    """
    return next((words for beginning, words in MEANT if sign.startswith(beginning)), OWN)


def _telling(term: str) -> bool:
    """Whether a term has a word that is no mere "of" or "any": these count for the model, and tell a reader nothing."""
    return not all(word in ENGLISH_STOP_WORDS for word in term.partition(": ")[2].split())


def _quoted(term: str) -> str:
    return f"“{term.partition(': ')[2] or term}”"


def _named(topic: str) -> str:
    return topic.replace("_", " ")


def _share(amount: float) -> str:
    """A chance, never told as if a machine could not err."""
    rare = "more than 99 %" if amount >= 0.995 else "less than 1 %" if amount < 0.005 else ""
    return rare or f"{amount:.0%}".replace("%", " %")
