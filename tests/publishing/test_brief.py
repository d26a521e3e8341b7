"""A brief and citations: what is in the tables is in the document, and nothing else claims to be known."""

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pdfplumber
import pytest
from click.testing import CliRunner
from docx import Document

from support.two_lighthouses import overview
from treatynlp.cli import cli
from treatynlp.publishing.brief import BriefBlock, Choice, write_brief
from treatynlp.publishing.brief_pdf import pdf
from treatynlp.publishing.brief_word import word
from treatynlp.publishing.citations import Citation, bibtex, csl_json, ris
from treatynlp.publishing.package import release_files
from treatynlp.publishing.release_frames import Release, read_release

CHOICE = Choice(("illegal_access", "extradition"), ("alpha", "beta", "gamma"), "release 12ab")


@pytest.fixture(scope="module")
def released() -> Release:
    return read_release(release_files(overview()).get)


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def printed(data: bytes) -> str:
    """The words of a PDF; the reader leaves a line's last blank out."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return " ".join(" ".join(page.extract_text() for page in document.pages).split())


READ = {"docx": words, "pdf": printed}


def test_a_brief_tells_states_articles_words_pages_and_what_is_not_known(released: Release) -> None:
    said = words(word(write_brief(released, CHOICE)))
    for part in ("● present", "◐ partial", "· not assessed", "? inconclusive", "Art. 1(1)", "enter the lamp room",
                 "page 1", "https://lighthouse.example/alpha.pdf#page=1", "release 12ab", "Regulated in 2 of 2",
                 "Not assessed:", "Not known, a reader must look:"):  # fmt: skip
        assert part in said, part


def test_the_same_stands_in_the_pdf_and_words_are_never_markup(released: Release) -> None:
    said = printed(pdf(write_brief(released, CHOICE)))
    for part in (
        "● present",
        "◐ partial",
        "? inconclusive",
        "enter the lamp room",
        "release 12ab",
        "Regulated in 2 of 2",
    ):
        assert part in said, part
    hostile = '#import "x" $1 *b* <y> @z \\ [Art] "q" //'
    assert hostile in printed(pdf([BriefBlock("plain", hostile)]))


def test_a_parameter_bears_its_name_and_a_topic_its_blind_error(released: Release) -> None:
    choice = replace(
        CHOICE, called={"mens_rea": "Mental element"}, errs={"illegal_access": "Of 5 labels 4 were right."}
    )
    said = words(word(write_brief(released, choice)))
    assert "Of 5 labels 4 were right." in said
    assert "Mens rea" not in said


def test_the_terms_of_an_offence_stand_below_its_provision(released: Release) -> None:
    cell = released["cells"].query("instrument == 'alpha' and topic == 'illegal_access'").iloc[0]
    row = {"instrument": "alpha", "eid": cell.eids[0], "element": "security_measure", "value": "infringed"}
    tables = {**released, "elements": pd.DataFrame([row | {"case": "optional"}])}
    choice = replace(CHOICE, called={"security_measure": "Security measure"},
                     terms={("security_measure", "infringed"): "by infringing it"})  # fmt: skip
    assert "Security measure: by infringing it (a Party may ask for it)" in words(word(write_brief(tables, choice)))
    del tables["elements"]
    assert "Security measure" not in words(word(write_brief(tables, choice)))


def test_a_brief_is_the_same_bytes_every_time_and_holds_no_words_the_release_does_not(released: Release) -> None:
    for form in (word, pdf):
        assert form(write_brief(released, CHOICE)) == form(write_brief(released, CHOICE))
    without = read_release(release_files(overview(), with_text=False).get)
    assert "enter the lamp room" not in words(word(write_brief(without, CHOICE)))


@pytest.mark.parametrize("form", ["docx", "pdf", "bib", "ris", "json"])
def test_the_command_writes_it(released: Release, tmp_path: Path, form: str) -> None:
    for name, data in release_files(overview()).items():
        (tmp_path / "release" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "release" / name).write_bytes(data)
    out = tmp_path / f"brief.{form}"
    asked = ["brief", "--topics", "illegal_access", "--release", str(tmp_path / "release"), "--out", str(out)]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    assert "Art. 1" in READ.get(form, bytes.decode)(out.read_bytes())
    wrong = CliRunner().invoke(cli, [*asked[:2], "illegal_acces", *asked[3:]])
    assert wrong.exit_code == 1
    assert "illegal_access" in wrong.output  # what was meant


def test_citations_keep_words_that_mean_something_to_a_format() -> None:
    one = Citation("a-1", "On {A} & B_100%", "The League", "2391-02", "Art. 2(1)", "https://a.example/#page=3")
    assert r"title = {On \{A\} \& B\_100\%, Art. 2(1)}" in bibtex([one])
    assert "TI  - On {A} & B_100%, Art. 2(1)\r\n" in ris([one])
    (item,) = json.loads(csl_json([one]))
    assert item["issued"] == {"date-parts": [[2391, 2]]}
    assert item["id"] == "a-1-art-2-1"


@pytest.mark.needs("writer")
def test_libreoffice_opens_the_brief(released: Release, tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(word(write_brief(released, CHOICE)))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "brief.docx"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
