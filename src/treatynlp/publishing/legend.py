"""The states of a cell as they are shown: one sign, word, colour and meaning each, from legend.yml.

>>> LEGEND["absent"].sign, LEGEND["absent"].word, LEGEND["not_assessed"].word
('–', 'absent', 'not assessed')
"""

from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from treatynlp.packaged_yaml import load_yaml

Colour = Annotated[str, Field(pattern="^#[0-9A-F]{6}$")]


class Colours(BaseModel):
    """The ground of a cell and the words on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    fill: Colour
    ink: Colour


class State(Colours):
    """How one state of a cell is shown; the keys are explained in legend.yml."""

    sign: Annotated[str, Field(min_length=1, max_length=1)]
    word: str
    means: str
    not_: Annotated[str, Field(alias="not")]
    dark: Colours
    marker: str
    hatch: str = ""


def _load() -> dict[str, State]:
    words = (files("treatynlp.publishing") / "legend.yml").read_text("utf-8")
    return TypeAdapter(dict[str, State]).validate_python(load_yaml(words))


LEGEND = _load()
"""The states by name, from what is regulated to what is not."""


def cell_text(state: str, articles: str, decided_by: str) -> str:
    """A cell of the matrix in plain text: where the topic is regulated, else the sign of its state.

    Brackets stand around what only touches the topic, an arrow before what is regulated by reference, and an asterisk
    behind what people decided.

    >>> cell_text("partial", "Art. 4; Art. 5(2)", "human"), cell_text("absent", "", "")
    ('(Art. 4; Art. 5(2))*', '–')
    """
    shown = {"present": "{}", "partial": "({})", "by_reference": "→ {}"}.get(state) if articles else None
    if shown is None:
        return LEGEND[state].sign if state in LEGEND else ""
    return shown.format(articles) + ("*" if decided_by == "human" else "")
