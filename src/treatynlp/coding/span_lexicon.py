"""Token patterns for citations, actors and safeguards: corpus/lexicon/provisions.yml, made ready for spaCy's SpanRuler.

>>> sorted({pattern["label"] for pattern in token_patterns()})
['ACTOR', 'CITATION', 'INSTRUMENT', 'SAFEGUARD']
"""

from pathlib import Path
from typing import Any

from treatynlp.home import home
from treatynlp.strict_files import StrictModel, read_yaml

Token = dict[str, str | dict[str, str | tuple[str, ...]]]


class DeclaredSpan(StrictModel):
    """Token patterns that mean the same, in spaCy's language of patterns."""

    patterns: tuple[tuple[Token, ...], ...]
    reason: str
    example: str


class SpanFile(StrictModel):
    """The file provisions.yml: label → name → patterns."""

    spans: dict[str, dict[str, DeclaredSpan]]


def token_patterns(root: Path | None = None) -> list[dict[str, Any]]:
    """The patterns of a folder's provisions.yml (without one: those that come with treatynlp), for `add_patterns`.

    DataError holds its faults.
    """
    folder = root or home() / "corpus" / "lexicon"
    declared = read_yaml(SpanFile, folder / "provisions.yml", "lexicon/provisions.yml")
    return [
        {"label": label, "id": name, "pattern": [_token(token) for token in pattern]}
        for label, entries in declared.spans.items()
        for name, entry in entries.items()
        for pattern in entry.patterns
    ]


def _token(token: Token) -> dict[str, Any]:
    """A token pattern with plain lists, as spaCy's schema wants them."""
    return {
        key: {test: list(words) if isinstance(words, tuple) else words for test, words in value.items()}
        if isinstance(value, dict)
        else value
        for key, value in token.items()
    }
