"""What can go wrong with data, as rows people can read; and the few exceptions for what cannot go on.

Every code, its level, what is said and what to do stand in `issues.yml` beside this file: a row is made from there.

>>> print(issue("source-empty.file", "atlantia-2031.pdf"))
error [source-empty] atlantia-2031.pdf: The file has no bytes; fetch or copy it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal, get_args

from treatynlp.packaged_yaml import load_yaml

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing a reader of the results must know: what is wrong, where, and what to do about it.

    `where` is as exact as is known: a file, `file: key`, `id p. 7` or `id art_3__para_1`.
    An `error` makes the command's exit status say so; a `warning` does not.
    """

    level: Level
    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} [{self.code}] {self.where}: {self.message}"


class DataError(Exception):
    """A file or document that cannot be used, with every fault found in it.

    Raised where a stage has no value to return; the pipeline turns it into rows and goes on with the others.

    >>> raise DataError(issue("source-empty.file", "x.pdf"))
    Traceback (most recent call last):
    treatynlp.errors.DataError: error [source-empty] x.pdf: The file has no bytes; fetch or copy it again.
    """

    def __init__(self, *issues: Issue) -> None:
        self.issues: tuple[Issue, ...] = issues
        super().__init__("\n".join(map(str, issues)))


def failed(issues: Iterable[Issue]) -> bool:
    """Whether any of the rows is an error, so that the exit status must say so."""
    return any(issue.level == "error" for issue in issues)


@dataclass(frozen=True, slots=True)
class Code:
    """What `issues.yml` says of a code: its stage, its levels (the usual one first), its sentences by the case they
    are for ("" where there is but one), what to do, and whether a text of which it is said is not whole."""

    stage: str
    levels: tuple[Level, ...]
    says: Mapping[str, str]
    advice: str
    incomplete: bool = False


def issue(code: str, where: object, level: Level | None = None, /, **facts: Any) -> Issue:
    """The row of a code, its sentence filled in with the facts of the case.

    `code` is one of `issues.yml`; where it has a sentence for each of several cases, the case follows a dot. `level`
    is to be given where the file names more than one and the usual one is not meant. Raises LookupError for an unknown
    code, case, level or a missing fact, TypeError for a fact that no sentence tells.

    >>> print(issue("corpus-repeated", "annotations/x-2031.topics.csv: row 4", first=2))
    error [corpus-repeated] annotations/x-2031.topics.csv: row 4: says the same as row 2; remove one of the two.
    """
    return issue_said(code, where, sentence(code, **facts), level)


def issue_said(code: str, where: object, said: str, level: Level | None = None) -> Issue:
    """The row of a code in words that were made before: of several codes at once, or kept with what they are about.

    Raises LookupError for an unknown code or level.

    >>> print(issue_said("source-timeout", "atlantis-2391", "Not fetched: it did not answer.", "warning"))
    warning [source-timeout] atlantis-2391: Not fetched: it did not answer.
    """
    name, declared = code.partition(".")[0], declaration(code)
    if (level or declared.levels[0]) not in declared.levels:
        raise LookupError(f"{name} is not declared as {level}; add it to its levels in issues.yml")
    return Issue(level or declared.levels[0], name, str(where), said)


def sentence(code: str, /, **facts: Any) -> str:
    """What is said of a code, filled in.

    >>> sentence("corpus-repeated", first=2)
    'says the same as row 2; remove one of the two.'
    """
    template = template_of(code)
    if surplus := set(facts) - placeholders(template):
        raise TypeError(f"{code} tells nothing of {', '.join(sorted(surplus))}; see issues.yml")
    return template.format_map(facts)


BRIEF = 300
"""Letters of an exception that stand in a sentence."""


def brief_of(error: BaseException) -> str:
    """An exception on one line of at most BRIEF letters, as a fact of a sentence.

    >>> brief_of(ValueError("no\\n  such page"))
    'ValueError: no such page'
    """
    return " ".join(f"{type(error).__name__}: {error}".split())[:BRIEF]


def incomplete(issues: Iterable[Issue]) -> bool:
    """Whether any of the rows says that the text is not whole, so that nothing may be called absent in it."""
    return any(declaration(one.code).incomplete for one in issues)


def declaration(code: str) -> Code:
    """What is declared of a code. LookupError when issues.yml does not know it."""
    try:
        return declared_codes()[code.partition(".")[0]]
    except KeyError:
        raise LookupError(f"unknown code {code!r}; declare it in issues.yml") from None


def template_of(code: str) -> str:
    """The sentence of a code (and its case) as it is declared, with {places} for the facts."""
    says, case = declaration(code).says, code.partition(".")[2]
    if case not in says:
        raise LookupError(f"{code!r} has no sentence in issues.yml; there are: {', '.join(map(repr, says))}")
    return says[case]


def placeholders(template: str) -> set[str]:
    """The facts a sentence tells.

    >>> placeholders("{found} of {expected:,}") == {"found", "expected"}
    True
    """
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@cache
def declared_codes() -> dict[str, Code]:
    """Every code of issues.yml. ValueError names an entry that is not as it must be."""
    stages = load_yaml(files("treatynlp").joinpath("issues.yml").read_text("utf-8"))
    return {name: _code(stage, name, entry) for stage, codes in stages.items() for name, entry in codes.items()}


def _code(stage: str, name: str, entry: dict[str, Any]) -> Code:
    levels, says = entry.pop("level"), entry.pop("says")
    levels = (levels,) if isinstance(levels, str) else tuple(levels)
    code = Code(stage, levels, {"": says} if isinstance(says, str) else says, entry.pop("do"), **entry)
    if not levels or set(levels) - set(get_args(Level)) or not all((code.advice, *code.says.values())):
        raise ValueError(f"issues.yml: {name}: `level`, `says` and `do` must be filled in")
    return code
