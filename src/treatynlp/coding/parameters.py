"""All that is read off an instrument besides its topics: attributes and modality, in one pass.

>>> reader = load_parameter_reader()
>>> attributes, modalities = reader.read(treaty)                           # doctest: +SKIP
>>> Coding(treaty.id, labels, attributes=attributes, modalities=modalities)  # doctest: +SKIP
"""

from dataclasses import dataclass
from pathlib import Path

from treatynlp.coding.attribute_lexicon import AttributeLexicon, load_attribute_lexicon
from treatynlp.coding.attributes import read_statement
from treatynlp.coding.labels import Attribute, Modality
from treatynlp.coding.modality import read_modalities
from treatynlp.coding.modality_lexicon import ModalityLexicon, load_modality_lexicon
from treatynlp.coding.sentences import statements
from treatynlp.structure.tree import Treaty


@dataclass(frozen=True, slots=True)
class ParameterReader:
    """The patterns of attributes and modality, ready to read instruments one after the other."""

    attributes: AttributeLexicon
    modality: ModalityLexicon

    def read(self, treaty: Treaty) -> tuple[tuple[Attribute, ...], tuple[Modality, ...]]:
        """Every parameter and the modality of every provision, on the smallest provision that says it."""
        every = tuple(statements(treaty))
        parameters = tuple(row for one in every for row in read_statement(one, self.attributes))
        return parameters, read_modalities(treaty, every, self.modality)


def load_parameter_reader(root: Path | None = None) -> ParameterReader:
    """The reader with the patterns of a lexicon folder (without one: those that come with treatynlp).

    DataError holds the faults of its files.
    """
    return ParameterReader(load_attribute_lexicon(root), load_modality_lexicon(root))
