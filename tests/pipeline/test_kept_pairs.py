"""Pairs as pieces of work: laid side by side again only where a side has changed, with the bytes of a fresh start."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, original, pair, with_other_words
from treatynlp import pipeline, store
from treatynlp.comparison import alignment
from treatynlp.comparison.alignment import Aligned
from treatynlp.comparison.matching import Side
from treatynlp.corpus import Corpus
from treatynlp.pipeline.workspace import stages
from treatynlp.store import Workspace

Asked = list[tuple[str, str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The pairs that are laid side by side."""
    found: Asked = []
    plain = alignment.side_by_side

    def watched(left: Side, right: Side, *rest: object) -> Aligned:
        found.append((left.coded.record.id, right.coded.record.id))
        return plain(left, right, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(alignment, "side_by_side", watched)
    return found


def three(mirror: WorkspaceFixture) -> tuple[Corpus, str]:
    """The two specimens and a third one, and its id."""
    third = pipeline.specimens()[0].instruments[2]
    mirror.put(third.id, original(third.id))
    source = pair().instruments[0].sources[0].model_copy(update={"url": f"http://127.0.0.1:1/{third.id}.pdf"})
    return replace(pair(), instruments=(*pair().instruments, third.model_copy(update={"sources": (source,)}))), third.id


def test_a_changed_text_has_only_its_own_pairs_laid_again_and_gives_the_bytes_of_a_fresh_workspace(
    tmp_path: Path, asked: Asked
) -> None:
    place = WorkspaceFixture(tmp_path)
    corpus, third = three(place)
    place.run(corpus)
    assert asked == [(FIRST, SECOND), (FIRST, third), (SECOND, third)]
    asked.clear()
    place.put(SECOND, with_other_words(SECOND))
    place.run(corpus)
    assert asked == [(FIRST, SECOND), (SECOND, third)]
    changed = place.files()
    shutil.rmtree(tmp_path / "ws" / "records" / "align")
    for record in (tmp_path / "ws" / "records" / "publish").iterdir():
        record.unlink()
    asked.clear()
    place.run(corpus)
    assert len(asked) == 3
    assert place.files() == changed


def test_a_pair_is_laid_again_when_the_code_the_rules_or_its_record_are_others(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = WorkspaceFixture(tmp_path)
    place.run()
    first, told = place.files(), pair().instruments[0]
    titled = told.model_copy(update={"short_title": "A title of another day"})
    retitled = replace(pair(), instruments=(titled, *pair().instruments[1:]))

    def again(corpus: Corpus | None = None) -> Asked:
        asked.clear()
        place.run(corpus)
        return list(asked)

    assert again() == []
    assert again(retitled) == [(FIRST, SECOND)], "what the registry says of a side counts as the side"
    version = stages.code_version
    with monkeypatch.context() as patch:
        patch.setattr(stages, "code_version", lambda stage: version(stage) + "2")
        assert again() == [(FIRST, SECOND)], "the code is another"
    (tmp_path / "ws" / "records" / "publish").rename(tmp_path / "away")
    assert again() == [], "the release alone is lost"
    damage(tmp_path / "ws" / "records" / "align", lambda data: data[:-4] + b"0000")
    shutil.rmtree(tmp_path / "ws" / "records" / "publish")
    assert again() == [(FIRST, SECOND)], "what the disk has spoilt is found again"
    assert place.files()["alignments.csv"] == first["alignments.csv"]


def damage(folder: Path, harm: Callable[[bytes], bytes]) -> None:
    for file in folder.iterdir():
        file.write_bytes(harm(file.read_bytes()))


def test_pruning_keeps_the_pairs_a_release_rests_on_and_no_others(tmp_path: Path) -> None:
    from treatynlp.pipeline.runs.pruning import prune

    place = WorkspaceFixture(tmp_path)
    place.run()
    (kept,) = store.record_names(Workspace(tmp_path / "ws"), "align")
    store.remember(Workspace(tmp_path / "ws"), "align", "0" * 64, b"{}")
    gone = prune(tmp_path / "ws").gone
    assert f"records/align/{'0' * 64}" in gone
    assert store.record_names(Workspace(tmp_path / "ws"), "align") == (kept,)
