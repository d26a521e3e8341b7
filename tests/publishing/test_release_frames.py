"""A release opened again: the types its data package names, lists as lists; the nearest when none is named."""

from pathlib import Path

import pandas as pd
import pytest

import treatynlp
from support.two_lighthouses import overview
from treatynlp.errors import DataError
from treatynlp.publishing.package import release_files
from treatynlp.publishing.release_frames import Release, read_release
from treatynlp.publishing.tables import release_tables


@pytest.fixture(scope="module")
def release() -> Release:
    return read_release(release_files(overview()).get, "here")


@pytest.mark.parametrize("table", release_tables(overview()), ids=lambda table: table.name)
def test_every_value_of_every_table_comes_back(table: object, release: Release) -> None:
    from treatynlp.publishing.table import Table, tidy

    assert isinstance(table, Table)
    frame = release[table.name]
    assert tuple(frame.columns) == table.names
    for field in table.fields:
        written = [tidy(row[field.name]) for row in table.records()]
        read = [None if missing(value) else value for value in frame[field.name]]
        if field.separator:
            assert [field.separator.join(value or ()) for value in read] == [value or "" for value in written]
        else:
            assert read == [None if value == "" else value for value in written]


def missing(value: object) -> bool:
    return not isinstance(value, tuple) and bool(pd.isna(value))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("instruments", "binding", "boolean"),  # true and false, not words
        ("cells", "page", "Int64"),  # whole, also beside cells without a page
        ("labels", "score", "float64"),
        ("similarity", "topics_both", "Int64"),
        ("cells", "state", "str"),
    ],
)
def test_columns_have_the_types_of_the_data_package(table: str, column: str, kind: str, release: Release) -> None:
    assert str(release[table][column].dtype) in {kind, "object" if kind == "str" else kind}


def test_words_that_pandas_would_take_for_missing_stay_words() -> None:
    files = release_files(overview())
    files["topics.csv"] = files["topics.csv"].replace(b"Rule for sanctions", b"None")
    means = read_release(files.get)["topics"].set_index("topic").means
    assert means["sanctions"] == "None"
    assert means.isna().sum() == 0


def test_several_articles_of_a_cell_can_be_taken_apart(release: Release) -> None:
    cells = release["cells"].set_index(["instrument", "topic"])
    assert cells.articles["alpha", "illegal_access"] == ("Art. 1(1)",)
    assert cells.articles["gamma", "illegal_access"] == ()
    assert len(release["cells"].explode("articles")) >= len(cells)


def test_a_release_says_what_it_is(release: Release) -> None:
    assert repr(release) == "A release of 3 instruments, 2 of them coded, with their words: here"
    assert release.coded == ("alpha", "beta")
    assert release.names["gamma"] == "Gamma"
    assert set(release) >= {"cells", "labels", "harmonisation"}
    assert release.columns("cells").set_index("column").means["state"] == "what is claimed of instrument and topic"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ({"datapackage.json": None}, "release-missing"),
        ({"manifest.json": None}, "release-unreadable"),
        ({"datapackage.json": b"{}"}, "release-unreadable"),
        ({"cells.csv": None}, "release-unreadable"),
        ({"cells.csv": b"instrument\r\nalpha\r\n"}, "release-unreadable"),  # saved with columns taken out
        ({"cells.csv": b"\xff\xfe\x00"}, "release-unreadable"),
    ],
)
def test_a_damaged_release_is_refused_with_what_to_do(harm: dict[str, bytes | None], said: str) -> None:
    files: dict[str, bytes | None] = {**release_files(overview()), **harm}
    with pytest.raises(DataError, match=said):
        read_release(files.get, "here")["cells"]


def test_a_table_that_is_not_there_is_told_with_those_that_are(release: Release) -> None:
    with pytest.raises(KeyError, match="cells"):
        release["no_such_table"]


def test_the_nearest_release_is_opened(
    specimens_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYNLP_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("TREATYNLP_RELEASE", raising=False)
    in_checkout = treatynlp.release()
    assert "corpus/releases" in in_checkout.where  # the workspace is empty, so the one in the checkout
    (tmp_path / "release").symlink_to(specimens_release)
    assert len(treatynlp.release()["instruments"]) == 5  # the workspace's last one comes first
    monkeypatch.setenv("TREATYNLP_RELEASE", in_checkout.where)
    assert treatynlp.release().where == in_checkout.where  # what is named comes before all
    assert treatynlp.release(specimens_release).where == str(specimens_release)


def test_where_there_is_no_release_at_all_the_specimens_are_made(
    specimens_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYNLP_WORKSPACE", str(specimens_release.parent / "ws"))  # all but the release is there
    monkeypatch.delenv("TREATYNLP_RELEASE", raising=False)
    monkeypatch.setattr("treatynlp.pipeline.ask.opening.home", lambda: tmp_path)
    assert "of 5 instruments, 5 of them coded" in repr(treatynlp.release())


def test_the_classifiers_error_comes_as_tables() -> None:
    tables = treatynlp.measured()
    figures = tables["figures"].set_index(["on", "figure"])
    assert (figures.low <= figures.value).all()
    assert (figures.value <= figures.high).all()
    assert set(tables["topics"].on) == {"real", "fictional", "exam"}
    assert tables["baselines"].loc["the classifier", "micro_f1"] == figures.value["exam", "micro_f1"]
    assert tables["calibration"].share_given.dropna().between(0, 1).all()


@pytest.mark.parametrize(
    ("column", "value", "html"),
    [
        ("instrument", "alpha", ">Alpha<"),  # a name for an id
        ("articles", ("Art. 2", "Art. 3"), ">Art. 2; Art. 3<"),
        ("articles", (), "></td>"),
        ("score", 0.5, ">0.5<"),
        ("score", None, "></td>"),
        ("url", "https://lighthouse.example/a.pdf#page=7", '<a href="https://lighthouse.example/a.pdf#page=7"'),
        ("url", "javascript:alert(1)", ">javascript:alert(1)<"),  # words, not a link
        ("url", 'https://lighthouse.example/"><script>', "&quot;&gt;&lt;script&gt;"),
        ("title", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<b>head</b>", "x", "&lt;b&gt;head&lt;/b&gt;"),
    ],
)
def test_a_table_is_shown_in_words_and_never_as_markup(column: str, value: object, html: str, release: Release) -> None:
    said = release.show(pd.DataFrame({column: [value]})).to_html()
    assert html in said
    assert "<script" not in said
