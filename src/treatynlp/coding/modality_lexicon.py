"""The words by which modality is read: what people declare in corpus/lexicon/modality.yml, made ready to run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from treatynlp.coding.attribute_lexicon import expression
from treatynlp.home import home
from treatynlp.strict_files import StrictModel, read_yaml

Modality = Literal["obligation", "prohibition", "permission", "recommendation", "declaration"]


class DeclaredVerb(StrictModel):
    """A verb phrase, read from its verb onwards, and the modality it gives; only where the subject holds the words of
    `where`, and not where it holds those of `unless`."""

    find: str
    where: str = ""
    unless: str = ""
    modality: Modality
    reason: Annotated[str, Field(min_length=3)]
    example: str


class DeclaredHedge(StrictModel):
    """Words that weaken a clause."""

    find: str
    reason: str
    example: str


class DeclaredDefinition(StrictModel):
    """A definition: its subject holds a term, its verb gives the meaning."""

    subject: str
    verb: str


class DeclaredModality(StrictModel):
    """The file modality.yml."""

    phrases: dict[str, str]
    verbs: dict[str, DeclaredVerb]
    definition: DeclaredDefinition
    modals: str
    finite: str
    nouns: str
    subordinators: str
    relatives: str
    possessives: str
    nominal: str
    demonstrated: str
    infinitive: str
    defective: str
    bare: str
    joints: str
    adding: str
    openers: str
    inversions: str
    adverbs: str
    idioms: str
    denials: str
    ahead: str
    outright: str
    left_open: str
    half_open: str
    prepositions: str
    hedges: dict[str, DeclaredHedge]


@dataclass(frozen=True, slots=True)
class VerbRule:
    """A verb phrase ready to run."""

    id: str
    find: re.Pattern[str]
    where: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    modality: str

    @property
    def binding(self) -> bool:
        """Whether a denial in the subject turns it into a prohibition."""
        return self.modality in ("obligation", "permission")

    def suits(self, subject: str) -> bool:
        """Whether the words before the verb allow the rule."""
        barred = self.unless and self.unless.search(subject.rpartition(",")[2])
        return not barred and (self.where is None or bool(self.where.search(subject)))


@dataclass(frozen=True, slots=True)
class ModalityLexicon:
    """All that reading modality needs. `signals` finds the words that matter for the shape of a sentence, in the
    groups comma, subordinator, half (a subordinator or a preposition), relative, modal and finite."""

    verbs: tuple[VerbRule, ...]
    hedges: Mapping[str, re.Pattern[str]]
    signals: re.Pattern[str]
    fronted: re.Pattern[str]
    nominal: re.Pattern[str]
    verbal: re.Pattern[str]
    possessive: re.Pattern[str]
    demonstrated: re.Pattern[str]
    joined: re.Pattern[str]
    added: re.Pattern[str]
    noun: re.Pattern[str]
    bare: re.Pattern[str]
    between: re.Pattern[str]
    preposition: re.Pattern[str]
    brackets: re.Pattern[str]
    idioms: re.Pattern[str]
    denied: re.Pattern[str]
    left_open: re.Pattern[str]
    asides: re.Pattern[str]
    term: re.Pattern[str]
    meaning: re.Pattern[str]


def load_modality_lexicon(root: Path | None = None) -> ModalityLexicon:
    """The words of a folder's modality.yml (without one: those that come with treatynlp). DataError: its faults."""
    folder = root or home() / "corpus" / "lexicon"
    return _ready(read_yaml(DeclaredModality, folder / "modality.yml", "lexicon/modality.yml"))


def _ready(declared: DeclaredModality) -> ModalityLexicon:
    def ready(words: str) -> re.Pattern[str]:
        return expression(words, declared.phrases)

    finite = "|".join(declared.finite.split())
    modals, openers = ready(declared.modals).pattern, ready(declared.subordinators).pattern
    adverbs, first = declared.adverbs, declared.openers
    return ModalityLexicon(
        verbs=tuple(_verb(id, one, declared.phrases) for id, one in declared.verbs.items()),
        hedges={id: ready(one.find) for id, one in declared.hedges.items()},
        signals=_signals(declared, modals, openers, finite),
        fronted=re.compile(rf"\s*(?:{first},? )?(?:(?P<inverted>{declared.inversions})|{openers})\b"),
        nominal=re.compile(rf"\s+{declared.nominal}\b"),
        verbal=re.compile(rf"\s*(?:,|(?:{adverbs} )?(?:{modals}|{finite})\b)"),
        possessive=re.compile(declared.possessives),
        demonstrated=re.compile(rf"{declared.demonstrated}\b"),
        joined=re.compile(rf"\b{declared.joints} $"),
        added=re.compile(rf"\b{declared.adding} $"),
        noun=re.compile(rf"\b{declared.nouns}$"),
        bare=re.compile(rf"\b(?:{'|'.join(declared.bare.split())})$"),
        between=re.compile(rf"\b{declared.joints} "),
        preposition=re.compile(rf"\b{declared.prepositions} $"),
        brackets=re.compile(r"\([^()]*\)"),
        denied=_denied(declared, ready(declared.denials).pattern),
        left_open=re.compile(rf"{ready(declared.left_open).pattern}\s*[:,-]*$"),
        idioms=re.compile(rf"\b{ready(declared.idioms).pattern}"),
        asides=re.compile(
            rf",(?:(?=\s+{ready('{aside}').pattern}\b[^,;:]*,)[^,;:]*|\s+(?:{declared.joints} \w+\s*)?)(?=,)"
        ),
        term=ready(declared.definition.subject),
        meaning=ready(declared.definition.verb),
    )


def _signals(declared: DeclaredModality, modals: str, openers: str, finite: str) -> re.Pattern[str]:
    """What matters for the shape of a sentence, each kind in a group of its own."""
    no_infinitive = rf"(?<!\b{declared.infinitive} )"
    # "shall have", "may do": behind a modal no verb decides.
    bare = no_infinitive + "".join(rf"(?<!\b{verb} )" for verb in declared.bare.split())
    return re.compile(
        rf"(?P<comma>[,;:])|\b(?:(?P<modal>{declared.defective}|{no_infinitive}(?:{modals}))"
        rf"|(?P<subordinator>{openers})|(?P<half>{declared.half_open})|(?P<relative>{declared.relatives})"
        rf"|{bare}(?P<finite>{finite}))\b"
    )


def _denied(declared: DeclaredModality, denials: str) -> re.Pattern[str]:
    """Words before a verb that deny it: in its own clause, or ahead of both of two ("neither … nor"), or of all."""
    return re.compile(
        rf"(?:(?:^|[,;:] +|{declared.ahead}){denials}|\bof neither)\b[^,;:]*$"
        r"|\bneither\b[^;:]*\bnor\b[^;:]*$"
        rf"|^{declared.outright}\b[^;:]*$"
    )


def _verb(id: str, one: DeclaredVerb, phrases: Mapping[str, str]) -> VerbRule:
    where, unless = (expression(words, phrases) if words else None for words in (one.where, one.unless))
    return VerbRule(id, expression(one.find, phrases), where, unless, one.modality)
