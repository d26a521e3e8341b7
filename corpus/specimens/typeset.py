"""Set every specimen in its official look: `<id>.yml` and `looks/<look>.typ` make `<id>.pdf`.

    python corpus/specimens/typeset.py

The fonts are the ones typst brings along, no date is written, so the same source gives the same bytes everywhere.
"""

from pathlib import Path

import typst

from treatynlp.specimens import Specimen, load_specimens

HERE = Path(__file__).parent


def typeset(specimen: Specimen) -> bytes:
    """The specimen as a PDF in its look."""
    return typst.compile(
        HERE / "looks" / f"{specimen.look.name}.typ",
        root=HERE,
        ignore_system_fonts=True,
        sys_inputs={"specimen": specimen.model_dump_json()},
        pdf_tags=False,
        timestamp=0,
    )


def main() -> None:
    """Write the PDF of every specimen beside its source."""
    for specimen in load_specimens(HERE):
        (HERE / f"{specimen.instrument.id}.pdf").write_bytes(typeset(specimen))


if __name__ == "__main__":
    main()
