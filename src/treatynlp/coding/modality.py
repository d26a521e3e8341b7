"""How strongly a provision binds: the modality of its main clause, with the verb that says so and what hedges it.

The main clause is found by walking the sentence from left to right: a subordinator ("if", "which", "that the") opens a
clause that takes the next verb, and the first verb that no open clause takes is the main one. A point that has no main
verb of its own has that of the introductory words it completes. All words are in corpus/lexicon/modality.yml.

>>> from treatynlp.coding.modality_lexicon import load_modality_lexicon
>>> from treatynlp.coding.sentences import statement
>>> words = statement("Where a Party which may object is heard, it shall, in accordance with its law, answer.")
>>> row = read_modality(words, load_modality_lexicon())
>>> row.strength, row.hedges
('obligation', ('domestic_law',))
"""

import re
from dataclasses import dataclass, field, replace

from treatynlp.coding.labels import Modality
from treatynlp.coding.modality_lexicon import ModalityLexicon
from treatynlp.coding.sentences import Sentence, Statement
from treatynlp.structure.tree import Provision, Treaty

_AFTER_ASIDE = re.compile(r"(?<=  ),")
_NEAR = 24
"""Characters that hold a verb's form and the word in front of it."""
_INTRODUCES = (":", ":-")


@dataclass(frozen=True, slots=True)
class Verb:
    """The main verb of a sentence: where it and its phrase stand, what it says, whether it gives a term its meaning."""

    start: int
    end: int
    strength: str
    defines: bool = False

    @property
    def binds(self) -> bool:
        """Whether it is more than a statement."""
        return self.strength != "declaration"


def read_modalities(treaty: Treaty, every: tuple[Statement, ...], lexicon: ModalityLexicon) -> tuple[Modality, ...]:
    """The modality of every provision that has words of its own or parts that have, in reading order.

    `every` are the treaty's statements.
    A provision that consists of its parts only has the modality of the first of them.
    """
    rows = {one.eid: read_modality(one, lexicon) for one in every}
    silent = {one.eid for one in every if not one.openings and _names_only(one, lexicon)}
    found = (_heard(provision, rows, silent) for provision in treaty.walk() if provision.eid in rows)
    return tuple(row for row in found if row)


def _heard(provision: Provision, rows: dict[str, Modality | None], silent: set[str]) -> Modality | None:
    """The provision's own row; for one without words or verb, that of its first part."""
    if provision.eid not in silent:
        return rows[provision.eid]
    speaking = (part.eid for part in provision.walk() if part.eid not in silent)
    first = next((row for eid in speaking if (row := rows.get(eid))), None)
    return replace(first, eid=provision.eid) if first else rows[provision.eid]


def _names_only(statement: Statement, lexicon: ModalityLexicon) -> bool:
    """Whether a provision has no words of its own, or only names who does what its points say: "Each Party:"."""
    words = " ".join(one.text for one in statement.sentences).rstrip()
    return not words or (words.endswith(_INTRODUCES) and _main(words, lexicon) is None)


def read_modality(statement: Statement, lexicon: ModalityLexicon) -> Modality | None:
    """The modality of one provision with its hedges. None when there are no words at all."""
    own, sentence = _own(statement, lexicon)
    inherited = _main(statement.before, lexicon) if statement.openings else None
    if sentence and inherited and inherited.defines and sentence is statement.sentences[0]:
        # What a definition says of its object in passing ("goods that may be moved") binds nobody.
        return Modality(statement.eid, "declaration", (), sentence.span(0, len(sentence.text)))
    if inherited and inherited.binds and not _overrides(own, statement, lexicon):
        opening, start = statement.opening_at(inherited.start)
        hedged = f"{statement.before} {statement.sentences[0].text}" if statement.sentences else statement.before
        span = opening.span(start, min(start + inherited.end - inherited.start, len(opening.text)))
        return Modality(statement.eid, inherited.strength, _hedges(hedged, lexicon), span)
    if sentence is None:
        return None
    verb = own or Verb(0, len(sentence.text), "declaration")
    hedges = _hedges(sentence.text, lexicon) if verb.binds else ()
    return Modality(statement.eid, verb.strength, hedges, sentence.span(verb.start, verb.end))


def _overrides(own: Verb | None, statement: Statement, lexicon: ModalityLexicon) -> bool:
    """Whether a point's own verb counts, not that of the introductory words: these do not end in an open clause."""
    return own is not None and own.binds and not lexicon.left_open.search(statement.before)


def _own(statement: Statement, lexicon: ModalityLexicon) -> tuple[Verb | None, Sentence | None]:
    """The first main verb of the provision's own sentences, and the sentence; without one, the first sentence.

    Where the last introduces a list and binds, it comes first: what the list's points do is what the provision does.
    """
    own = statement.sentences
    lists = len(own) > 1 and own[-1].text.rstrip().endswith(_INTRODUCES)
    for sentence in (own[-1], *own[:-1]) if lists else own:
        # A point ends at its semicolon; in a sentence of its own, the clause behind one may hold the verb.
        words = sentence.text.split(";")[0] if statement.openings else sentence.text
        verb = _main(words, lexicon, weak=not statement.openings)
        if verb and (verb.binds or not (lists and sentence is own[-1])):
            return verb, sentence
    return None, next(iter(statement.sentences), None)


def _hedges(words: str, lexicon: ModalityLexicon) -> tuple[str, ...]:
    return tuple(name for name, hedge in lexicon.hedges.items() if hedge.search(words))


def _main(words: str, lexicon: ModalityLexicon, weak: bool = True) -> Verb | None:
    """The main verb of a sentence of plain words. `weak`: rather one that a clause may have taken than none."""
    cleared = _cleared(words, lexicon)
    signal = _main_signal(cleared, lexicon, weak)
    return _judged(signal.start(), cleared, lexicon) if signal else None


def _cleared(words: str, lexicon: ModalityLexicon) -> str:
    """The sentence with brackets, idioms and asides between commas blanked out, every other word in its place."""
    # Brackets, idioms and asides hold verbs that decide nothing ("as may be necessary"); blanks in their place keep
    # every offset.
    words = lexicon.brackets.sub(lambda match: " " * len(match[0]), words)
    words = lexicon.idioms.sub(lambda match: " " * len(match[0]), words)
    return lexicon.asides.sub(lambda match: " " * len(match[0]), words)


@dataclass(slots=True)
class _Walk:
    """Where the walk through a sentence stands.

    `open` holds for every clause still without a verb whether a comma came since; `half` says that "after" or the
    like may have opened one; `closed`, that the last clause has its verb and no comma came since; `fronted`, that
    the sentence began with a subordinate clause whose comma is still to come. `stated` is a main verb that is no
    modal, `anew` that a colon came since, `unsure` that it may belong to a clause whose beginning was not seen;
    `doubtful` a modal that an open clause took over a comma, `taken` one that it took without.
    `closed_at` is where the last clause got its verb, `closed_by_modal` whether that was a modal.
    """

    began_fronted: bool
    fronted: bool
    open: list[bool] = field(default_factory=list)
    half: bool = False
    closed: bool = False
    anew: bool = False
    unsure: bool = False
    stated: re.Match[str] | None = None
    doubtful: re.Match[str] | None = None
    taken: re.Match[str] | None = None
    closed_at: int = 0
    closed_by_modal: bool = False

    @property
    def settled(self) -> bool:
        """Whether the main clause has its verb, so that only another main clause can still outdo it."""
        return self.stated is not None and not self.began_fronted

    def comma(self, sign: str) -> None:
        self.anew = self.anew or (sign == ":" and self.settled)
        self.fronted = self.fronted and bool(self.open)
        self.open = [True] * len(self.open)
        self.closed = self.half = self.unsure = False

    def take(self, signal: re.Match[str]) -> None:
        """Give the verb to the clause opened last."""
        over_comma, self.closed, self.closed_at = self.open.pop(), True, signal.end()
        self.closed_by_modal = signal.lastgroup == "modal"
        if self.closed_by_modal:
            self.doubtful = self.doubtful or (signal if over_comma and not self.settled else None)
            self.taken = self.taken or signal


def _main_signal(words: str, lexicon: ModalityLexicon, weak: bool) -> re.Match[str] | None:
    front = lexicon.fronted.match(words)
    walk = _Walk(bool(front), bool(front))
    # A verb that stands first opens a condition ("Should a Party fail"), and decides nothing.
    begin = front.end() if front and front["inverted"] else 0
    for signal in lexicon.signals.finditer(words, begin):
        found = _step(walk, signal, words, lexicon)
        if found is not None:
            return found
    # From the surest to the least sure; a point never takes the last, as then the introductory words have the verb.
    return walk.doubtful or walk.stated or (walk.taken if weak else None)


def _step(walk: _Walk, signal: re.Match[str], words: str, lexicon: ModalityLexicon) -> re.Match[str] | None:
    """Take one word into account; the main verb when this is it."""
    kind, before = signal.lastgroup, words[: signal.start()]
    if kind == "finite" and _decides_nothing(signal, words, lexicon):
        return None
    if kind == "comma":
        walk.comma(signal[0])
    elif kind == "subordinator" or (kind == "relative" and _opens(signal, words, lexicon)):
        walk.open.append(False)
    elif kind == "half":
        walk.half = True
    elif kind == "relative":
        walk.closed = True
    elif walk.open:
        walk.take(signal)
    elif walk.half and kind == "finite":
        walk.half, walk.closed = False, True
    elif walk.fronted:
        walk.doubtful = walk.doubtful or (signal if kind == "modal" else None)
    else:
        if kind == "finite" and walk.closed and lexicon.between.search(before, walk.closed_at):
            # "whose goods are taken or acts are stopped": the second goes on with the clause that has its verb.
            return None
        return _main_verb(walk, signal, before, lexicon)
    return None


def _decides_nothing(signal: re.Match[str], words: str, lexicon: ModalityLexicon) -> bool:
    """Whether a finite form is a noun ("no permits shall") or an infinitive ("shall, where the law so asks, have")."""
    # A look at the words nearby: the whole sentence would be searched at every verb in it.
    near, start = words[max(0, signal.start() - _NEAR) : signal.end()], signal.start()
    return bool(lexicon.noun.search(near) or lexicon.bare.search(words[:start].rstrip(" ,")[-_NEAR:]))


def _main_verb(walk: _Walk, signal: re.Match[str], before: str, lexicon: ModalityLexicon) -> re.Match[str] | None:
    """The verb, when it is the main one. A statement gives way to a modal that goes on with it: "is secret and shall",
    "are guests: they shall". What is first in the sentence and no modal is a noun: "Results shall"."""
    joined = bool(lexicon.joined.search(before))
    if signal.lastgroup == "modal":
        # "… that cannot be misused and cannot be copied": the second goes on with the subordinate clause; in "States
        # reaffirm that all are equal and shall see to it" it goes on with the statement.
        goes_back = walk.settled and not walk.closed_by_modal and lexicon.added.search(before)
        within = walk.closed and joined and not goes_back
        goes_on = joined or walk.anew or walk.unsure if walk.settled else True
        return signal if goes_on and not within else None
    if not joined and before.strip():
        walk.unsure = walk.unsure or (walk.closed and walk.stated is None)
        walk.stated = walk.stated or signal
    return None


def _opens(signal: re.Match[str], words: str, lexicon: ModalityLexicon) -> bool:
    """Whether a relative opens a clause whose verb is still to come. "that State" opens none; nor does a relative
    with its verb right behind it ("who forges"), unless the walk will meet that verb."""
    rest = words[signal.end() :]
    if lexicon.demonstrated.match(words, signal.start()):
        return False
    if lexicon.possessive.fullmatch(signal[0]) or lexicon.preposition.search(words, 0, signal.start()):
        return True
    return bool(lexicon.nominal.match(rest) or lexicon.verbal.match(rest))


def _judged(start: int, words: str, lexicon: ModalityLexicon) -> Verb:
    """What the verb at `start` says, seen with its subject and what follows it."""
    subject, rest = words[:start], _AFTER_ASIDE.sub(" ", words[start:])
    meaning = lexicon.meaning.match(rest)
    if meaning and lexicon.term.search(subject):
        return Verb(start, start + meaning.end(), "declaration", defines=True)
    for rule in lexicon.verbs:
        match = rule.find.match(rest)
        if match and rule.suits(subject):
            # "No Party shall" forbids. A rule that looks at the subject itself (`where`) has read the denial already:
            # "No Party is bound to" leaves each free.
            denied = rule.where is None and rule.binding and lexicon.denied.search(subject)
            return Verb(start, start + match.end(), "prohibition" if denied else rule.modality)
    return Verb(start, start + len(rest.split(" ", 1)[0]), "declaration")
