"""The seven states of a cell, which are never mixed up, and what each counts as.

| state | what it claims |
|---|---|
| present | the instrument regulates the topic |
| partial | it only touches it: all that is found stands outside the operative text or only recommends |
| by_reference | it says nothing of its own, and makes provisions of another instrument apply that regulate the topic |
| absent | it says nothing of the topic; claimed only of a text that was read whole and coded without doubt |
| inconclusive | a reader must look: the coder would not commit itself, or the text is not all there |
| not_assessed | there is no text, or nobody coded it |
| not_applicable | by a declared rule, an instrument of this kind cannot regulate the topic |

Apart from the cells themselves, since figures and briefs of a release ask for these words and read no treaty.
"""

from typing import Literal, get_args

State = Literal["present", "partial", "by_reference", "absent", "inconclusive", "not_assessed", "not_applicable"]
STATES: tuple[State, ...] = get_args(State)
FOUND: frozenset[State] = frozenset({"present", "partial", "by_reference"})
"""The instrument says something of the topic."""
OPEN: frozenset[State] = frozenset({"inconclusive", "not_assessed"})
"""Nothing is claimed: once it is known, the cell may be any other."""
