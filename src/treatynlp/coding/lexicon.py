"""The lexicon: which words tell what a provision is about, as data with reasons (`corpus/lexicon/`).

>>> lexicon = load_lexicon()
>>> lexicon.pattern("illegal_access/name").reason
"The offence's name in headings of every generation of cybercrime laws."
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from treatynlp.coding.phrases import Phrase, PhraseError, compile_phrase
from treatynlp.errors import DataError, Issue, issue
from treatynlp.home import home
from treatynlp.registry import Words
from treatynlp.strict_files import StrictModel, gather, read_yaml

Weight = Literal["strong", "medium", "weak", "against"]
Place = Literal["heading", "body", "title"]
PLACES: tuple[Place, ...] = get_args(Place)
"""Where phrases are looked for; those of titles also in the headings of chapters."""
Phrases = Annotated[tuple[Words, ...], Field(min_length=1)]


class Entry(StrictModel):
    """Some phrases that tell the same, how strongly, where, and in which circumstances (names of contexts.yml)."""

    place: Place = Field(alias="in")
    weight: Weight
    phrases: Phrases
    when: tuple[Words, ...] = ()
    unless: tuple[Words, ...] = ()
    reason: Words
    example: Words


class Circumstance(StrictModel):
    """What a pattern may ask for or be silenced by: phrases, and where they are looked for.

    It is given where `at_least` places hold one of its phrases, or where one of the circumstances `also` is given,
    `but_not` where one of those is.
    """

    place: Literal["heading", "opening", "above", "top", "article", "sentence", "title", "treaty"] = Field(alias="in")
    phrases: Phrases
    at_least: Annotated[int, Field(ge=1)] = 1
    also: tuple[Words, ...] = ()
    but_not: tuple[Words, ...] = ()
    per_thousand: Annotated[float, Field(gt=0)] | None = None


class Announcement(StrictModel):
    """Words with which a heading announces a family of topics."""

    phrases: Phrases
    reason: Words


class FamilyFile(StrictModel):
    """The file families.yml: family of topics → announcement."""

    families: dict[Words, Announcement]


class Synonyms(StrictModel):
    """Words that drafting traditions use for one and the same thing; phrases name them in braces."""

    words: Phrases
    reason: Words


class TermFile(StrictModel):
    """The file terms.yml: name → family."""

    terms: dict[Words, Synonyms]


class TopicFile(StrictModel):
    """A file topics*.yml: topic → name → entry."""

    topics: dict[Words, dict[Words, Entry]]


class ContextFile(StrictModel):
    """The file contexts.yml: name → circumstance."""

    contexts: dict[Words, Circumstance]


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry of the lexicon ready for use; `id` is `topic/name`."""

    id: str
    topic: str
    entry: Entry
    phrases: tuple[Phrase, ...]

    @property
    def reason(self) -> str:
        return self.entry.reason


@dataclass(frozen=True, slots=True)
class Context:
    """A circumstance ready for use."""

    name: str
    rule: Circumstance
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Lexicon:
    """All patterns and the circumstances they name."""

    patterns: tuple[Pattern, ...]
    contexts: tuple[Context, ...]
    announcements: tuple[tuple[str, Phrase], ...] = ()

    def announced(self, heading: str) -> frozenset[str]:
        """The families of topics that a heading, in lower case, announces."""
        return frozenset(family for family, phrase in self.announcements if phrase.search(heading))

    def pattern(self, id: str) -> Pattern:
        """The pattern of that id. KeyError when there is none."""
        return self._by_id[id]

    def context(self, name: str) -> Context:
        """The circumstance of that name. KeyError when there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Context]:
        return {context.name: context for context in self.contexts}

    @cached_property
    def _by_id(self) -> dict[str, Pattern]:
        return {pattern.id: pattern for pattern in self.patterns}

    @cached_property
    def index(self) -> dict[str, "Index"]:
        """The phrases of each place, by the letters to look for first."""
        return {place: Index.of(p for p in self.patterns if p.entry.place == place) for place in PLACES}

    def topics(self) -> Iterator[str]:
        """The topics there are patterns for, each once."""
        yield from dict.fromkeys(pattern.topic for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Index:
    """Phrases by an anchor: only those are tried on a text one of whose anchors it holds. `by_letters` says which
    anchors hold three letters in a row: one look at a text's letters then rules out nine anchors of ten."""

    by_anchor: tuple[tuple[str, tuple[tuple[Pattern, Phrase], ...]], ...]
    by_letters: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> "Index":
        table: dict[str, list[tuple[Pattern, Phrase]]] = defaultdict(list)
        for pattern in patterns:
            for phrase in pattern.phrases:
                for anchor in phrase.anchors:
                    table[anchor].append((pattern, phrase))
        anchors = sorted(table)
        return cls(tuple((anchor, tuple(table[anchor])) for anchor in anchors), _by_letters(anchors))

    def candidates(self, text: str) -> dict[int, tuple[Pattern, Phrase]]:
        """The phrases that may stand in the text, each once."""
        numbers = sorted(chain.from_iterable(self.by_letters[one] for one in self.by_letters.keys() & _letters(text)))
        found = chain.from_iterable(
            pairs for anchor, pairs in map(self.by_anchor.__getitem__, numbers) if anchor in text
        )
        return {id(pair[1]): pair for pair in found if all(one.may_stand_in(text) for one in pair[1].beside)}


def _letters(text: str) -> set[str]:
    """Every three letters in a row; the empty word too, under which shorter anchors stand."""
    return {"", *(text[at : at + 3] for at in range(len(text) - 2))}


def _by_letters(anchors: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The numbers of the anchors, each under those of its letters that the fewest anchors have."""
    common = Counter(chain.from_iterable(map(_letters, anchors)))
    found: dict[str, list[int]] = defaultdict(list)
    for number, anchor in enumerate(anchors):
        found[min(_letters(anchor), key=lambda three: (common[three], three))].append(number)
    return {three: tuple(numbers) for three, numbers in found.items()}


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading the files needs at hand: the families of words, the names of circumstances, the faults so far."""

    terms: dict[str, tuple[str, ...]]
    contexts: frozenset[str]
    issues: list[Issue]

    def compiled(self, phrases: Iterable[str], where: str) -> tuple[Phrase, ...]:
        found = []
        for source in phrases:
            try:
                found.append(compile_phrase(source, self.terms))
            except PhraseError as error:
                self.issues.append(issue("lexicon-phrase", where, reason=error))
        return tuple(found)

    def patterns(self, file: str, content: TopicFile) -> Iterator[Pattern]:
        for topic, entries in content.topics.items():
            for name, entry in entries.items():
                where = f"{file}: {topic}.{name}"
                for unknown in sorted({*entry.when, *entry.unless} - self.contexts):
                    self.issues.append(_unknown(where, unknown))
                yield Pattern(f"{topic}/{name}", topic, entry, self.compiled(entry.phrases, where))


def load_lexicon(root: Path | None = None) -> Lexicon:
    """The lexicon of a folder (without one: the one that comes with treatynlp).

    DataError holds every fault of every file: unknown circumstances and families, phrases not well formed.
    """
    folder = root or home() / "corpus" / "lexicon"
    files, issues = gather(_topics, sorted(folder.glob("topics*.yml")))
    rules, faults = gather(lambda path: read_yaml(ContextFile, path, path.name), [folder / "contexts.yml"])
    words, more = gather(lambda path: read_yaml(TermFile, path, path.name), [folder / "terms.yml"])
    families, others = gather(lambda path: read_yaml(FamilyFile, path, path.name), [*folder.glob("families.yml")])
    contexts = {name: rule for file in rules for name, rule in file.contexts.items()}
    for name, rule in contexts.items():
        named = {*rule.also, *rule.but_not}
        faults += [_unknown(f"contexts.yml: {name}", other) for other in sorted(named - set(contexts))]
    terms = {name: family.words for file in words for name, family in file.terms.items()}
    reader = _Reader(terms, frozenset(contexts), [*issues, *faults, *more, *others])
    patterns = tuple(pattern for name, file in files for pattern in reader.patterns(name, file))
    given = tuple(Context(n, r, reader.compiled(r.phrases, f"contexts.yml: {n}")) for n, r in contexts.items())
    announced = tuple(_announced(families, reader))
    if reader.issues:
        raise DataError(*reader.issues)
    return Lexicon(patterns, given, announced)


def _announced(files: Iterable[FamilyFile], reader: _Reader) -> Iterator[tuple[str, Phrase]]:
    for file in files:
        for family, words in file.families.items():
            for phrase in reader.compiled(words.phrases, f"families.yml: {family}"):
                yield family, phrase


def _unknown(where: str, name: str) -> Issue:
    return issue("lexicon-unknown-context", where, named=name)


def _topics(path: Path) -> tuple[str, TopicFile]:
    return path.name, read_yaml(TopicFile, path, path.name)
