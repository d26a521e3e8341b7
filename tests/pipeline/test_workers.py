"""Instruments made by another process: what travels, what comes of it, and what is refused."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture, pair
from treatynlp import pipeline, store
from treatynlp.corpus import load
from treatynlp.errors import DataError
from treatynlp.pipeline import Run, Supply
from treatynlp.pipeline.runs.workers import Declared, house, make_briefed, make_here, worker_brief
from treatynlp.pipeline.sandbox import Bounds


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    desk = WorkspaceFixture(tmp_path)
    with pipeline.started(pair(), tmp_path / "ws", Supply("mirror", desk.mirror)) as under_way:
        yield under_way


def test_another_process_makes_what_this_one_would(run: Run) -> None:
    came = {ident: pipeline.obtain(run, run.corpus.instrument(ident)) for ident in (FIRST, SECOND)}
    there = {ident: make_briefed(worker_brief(run), one) for ident, one in came.items()}
    here = {ident: pipeline.make(run, one) for ident, one in came.items()}
    assert all(one.remade for one in there.values())
    assert not any(one.remade for one in here.values())  # the results were in the workspace already
    for ident, one in there.items():
        assert replace(one, remade=0) == replace(here[ident], remade=0)


def test_all_that_is_declared_reaches_the_other_process_as_it_is(run: Run) -> None:
    corpus = load()  # with gold labels, attributes and a registry that cites itself
    given = worker_brief(replace(run, corpus=corpus))
    from treatynlp.pipeline.runs.workers import _declared

    assert _declared(run.workspace, given.declared) == Declared.of(corpus)
    assert any(people.topics for people in Declared.of(corpus).people.values())


def test_what_travels_does_not_grow_with_the_corpus(run: Run) -> None:
    sizes = []
    for times in (1, 100):
        many = [one.model_copy(update={"id": f"{one.id}-{n}"}) for n in range(times) for one in run.corpus.instruments]
        sizes.append(len(pickle.dumps(worker_brief(replace(run, corpus=replace(run.corpus, instruments=tuple(many)))))))
    assert sizes[0] == sizes[1]
    assert sizes[0] < 2_000


def test_what_one_document_may_take_holds_in_the_other_process_too(run: Run) -> None:
    came = pipeline.obtain(run, run.corpus.instrument(FIRST))
    strict = replace(run, supply=replace(run.supply, bounds=Bounds(provisions=3)))
    assert [issue.code for issue in make_briefed(worker_brief(strict), came).issues] == ["document-too-large"]


def test_a_process_that_differs_refuses_the_work_and_says_in_what(run: Run) -> None:
    came = pipeline.obtain(run, run.corpus.instrument(FIRST))
    other = tuple((name, "0" * 64 if name == "the model" else version) for name, version in house())
    with pytest.raises(DataError) as refused:
        make_briefed(replace(worker_brief(run), house=other), came)
    (row,) = refused.value.issues
    assert (row.code, row.where) == ("worker-differs", FIRST)
    assert "the model" in row.message
    assert "stage" not in row.message
    assert store.record_names(run.workspace, "read") == ()  # nothing was done


def test_what_no_worker_could_make_is_made_here_and_said(run: Run) -> None:
    came = pipeline.obtain(run, run.corpus.instrument(FIRST))
    made = make_here(run, came, ConnectionError("the worker\nis gone"))
    assert made.whole
    row = made.notices[-1]
    assert (row.level, row.code, row.where) == ("warning", "worker-failed", FIRST)
    assert "ConnectionError: the worker is gone" in row.message
