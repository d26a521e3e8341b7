"""Citations of provisions for reference managers: BibTeX, RIS and CSL-JSON.

>>> one = Citation("atlantis-2391", "Atlantis Convention", "Atlantis League", "2391-02-11", "Art. 2", "https://a.example")
>>> print(bibtex([one]).splitlines()[1])
  title = {Atlantis Convention, Art. 2},
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from treatynlp.dates import year_of

RELEASED = "found by treatynlp"


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision of an instrument; `date` is as exact as declared, `note` names the release it was found by."""

    id: str
    title: str
    body: str
    date: str
    provision: str
    url: str
    note: str = RELEASED

    @property
    def key(self) -> str:
        """A key for reference managers: `atlantis-2391-art-2`."""
        return "-".join((self.id, *re.findall(r"[a-z0-9]+", self.provision.lower())))

    @property
    def whole(self) -> str:
        return f"{self.title}, {self.provision}" if self.provision else self.title


def bibtex(found: Iterable[Citation]) -> str:
    """The citations as BibTeX entries; braces and backslashes of the words are set so that they stay words."""
    return "\n".join(map(_bibtex, found))


def _bibtex(one: Citation) -> str:
    # The body in braces of its own: BibTeX would take "Council of Europe" for a person with a surname.
    fields = {"title": one.whole, "author": f"{{{one.body}}}", "date": one.date, "url": one.url, "note": one.note}
    lines = [f"  {name} = {{{value if name == 'author' else _tex(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{one.key},", *lines, "}", ""])


def _tex(words: str) -> str:
    return re.sub(r"([\\{}%&#_$])", lambda sign: r"\textbackslash " if sign[0] == "\\" else f"\\{sign[0]}", words)


def ris(found: Iterable[Citation]) -> str:
    """The citations as RIS records."""
    return "\n".join(_ris(one) for one in found)


def _ris(one: Citation) -> str:
    rows = (("TY", "LEGAL"), ("ID", one.key), ("TI", one.whole), ("AU", one.body), ("PY", year_of(one.date)),
            ("UR", one.url), ("N1", one.note), ("ER", ""))  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value or tag == "ER")


def csl_json(found: Iterable[Citation]) -> str:
    """The citations as CSL-JSON items."""
    return json.dumps([_csl(one) for one in found], ensure_ascii=False, indent=2) + "\n"


def _csl(one: Citation) -> dict[str, object]:
    parts = [int(part) for part in one.date.split("-") if part.isdigit()]
    return {"id": one.key, "type": "treaty", "title": one.title, "section": one.provision, "URL": one.url,
            "authority": one.body, "issued": {"date-parts": [parts]}, "note": one.note}  # fmt: skip


FORMS = {".bib": bibtex, ".ris": ris, ".json": csl_json}
"""The forms by the ending of a file's name."""
