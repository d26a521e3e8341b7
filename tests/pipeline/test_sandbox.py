"""Documents that loop, grow or crash their reader take nothing with them: one row each, and the next is read."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import hostile
from support.sources import SPECIMENS
from support.workspace_fixture import FIRST, SECOND, WorkspaceFixture
from treatynlp.corpus import load
from treatynlp.errors import DataError
from treatynlp.pipeline import Supply, sandbox
from treatynlp.pipeline.sandbox import conversation, process
from treatynlp.pipeline.sandbox.bounds import Bounds
from treatynlp.pipeline.sandbox.process import ready
from treatynlp.pipeline.sandbox.protocol import Request, TooMuch, receive, send
from treatynlp.pipeline.sandbox.serialisation import Parcel, documents, parcel_of, registry_parcel, treaties
from treatynlp.pipeline.steps import coding as coding_step
from treatynlp.pipeline.steps import linking, splitting
from treatynlp.pipeline.steps.people import People
from treatynlp.reading import read
from treatynlp.reading.audit import audit
from treatynlp.reading.document import Document
from treatynlp.reading.picture import picture
from treatynlp.registry import GoldTopic
from treatynlp.structure.verify import verify

SPECIMEN = SPECIMENS[0]
DATA = SPECIMEN.read_bytes()
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")


def refused(work: Callable[[], object]) -> str:
    """The code of the one row a document gives."""
    with pytest.raises(DataError) as caught:
        work()
    (row,) = caught.value.issues
    assert row.level == "error"
    assert "All others go on" in row.message or row.code.startswith(("pdf-", "source-", "stage-"))
    return row.code


def fresh(bounds: Bounds) -> process.Process:
    """A process that has worked on nothing yet."""
    process.terminate(ready(bounds))
    return ready(bounds)


def strike(one: process.Process, number: int) -> None:
    """Send a process a signal while it works on a document."""
    while not (one.ready and one.asked):
        time.sleep(0.02)
    time.sleep(0.3)
    os.kill(one.running.pid, number)


def packed(document: Document) -> Parcel:
    return parcel_of(documents(), document)


def test_what_is_done_there_is_what_is_done_here() -> None:
    document = sandbox.read(DATA, "x-1")
    assert document.value == read(DATA, "x-1")
    treaty, rows = sandbox.take_apart(document.parcel, "x-1")
    assert (treaty.value, rows) == splitting.take_apart(document.value, "x-1")
    registry = load().instruments
    linked, rows = sandbox.link(treaty.parcel, "x-1", registry_parcel(registry))
    assert (linked.value, rows) == linking.link(treaty.value, registry)
    assert sandbox.audit(DATA, "x-1", document.parcel) == audit(DATA, document.value)
    for data in (DATA, SPECIMENS[1].read_bytes()):
        assert sandbox.verify(linked.value, data) == verify(linked.value, data)
    assert sandbox.verify(linked.value, SPECIMENS[1].read_bytes()) != ()
    assert sandbox.picture(DATA, document.value, 1) == picture(DATA, document.value, 1)
    assert refused(lambda: sandbox.read(b"", "x.pdf")) == "source-empty"


def test_coding_in_the_other_process_is_the_same() -> None:
    treaty = splitting.take_apart(read(DATA, "x"), "x-1")[0]
    families, parcel = load().codebook.family_of, parcel_of(treaties(), treaty)
    coding, rows = coding_step.code(treaty, families)
    alone = sandbox.code(parcel, "x-1", families)
    assert (alone[0].value, alone[1]) == (coding, rows)
    gold = GoldTopic(instrument="x-1", article="1", paragraph="", topic="definitions")
    people = People(topics=(gold,))
    corrected, more = coding_step.correct(coding, treaty, people)
    found = sandbox.code(parcel, "x-1", families, people)
    assert (found[0].value, found[1]) == (corrected, (*rows, *more)) != (coding, rows)


def test_a_value_crosses_once_and_is_kept_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process has made goes back to it by its hash; one that does not hold it (a fresh one) is given it."""
    sent: list[int] = []
    plain = conversation.send
    monkeypatch.setattr(
        conversation, "send", lambda wire, *parts: (sent.append(sum(map(len, parts[1:]))), plain(wire, *parts))
    )
    document = sandbox.read(DATA, "x-1", bounds=ROOMY)
    treaty, _ = sandbox.take_apart(document.parcel, "x-1", bounds=ROOMY)
    registry = registry_parcel(load().instruments)
    first, _ = sandbox.link(treaty.parcel, "x-1", registry, bounds=ROOMY)
    size = len(registry.load())
    assert sent == [len(DATA), 0, size]
    process.terminate(ready(ROOMY))
    again, _ = sandbox.link(treaty.parcel, "x-1", registry, bounds=ROOMY)
    assert (sent[3], again) == (size + len(treaty.data), first)
    sandbox.read(DATA, "x-2", bounds=ROOMY)  # another document: only the registry stays
    sandbox.link(treaty.parcel, "x-1", registry, bounds=ROOMY)
    assert sent[5] == len(treaty.data)


ROOMY, LITTLE = Bounds(seconds=130), Bounds(seconds=130, memory=300 << 20)


@pytest.mark.parametrize(
    ("work", "code"),
    [
        # a page that unpacks to 100 MB of words, in a reader that may take 300 MB
        (lambda: sandbox.read(hostile.words(8_000_000), "x", bounds=LITTLE), "document-crashed-reader"),
        # a million saved states: each step through them takes longer than the one before
        (lambda: sandbox.read(hostile.nested(5_000_000), "x", bounds=Bounds(1, 0)), "document-too-slow"),
        # a text that the splitter would ponder for minutes, without once letting go of the interpreter
        (lambda: sandbox.take_apart(packed(hostile.slow_to_split()), "x", bounds=Bounds(1)), "document-too-slow"),
        # more pages than any treaty
        (lambda: sandbox.read(hostile.pages(3001), "x"), "pdf-too-long"),
        # more bytes than are taken in, more than are given back
        (lambda: sandbox.read(DATA, "x", bounds=Bounds(size=1000, answer=1000)), "document-too-large"),
        (lambda: sandbox.read(DATA, "x", bounds=Bounds(answer=50_000)), "document-too-large"),
        (lambda: sandbox.take_apart(packed(read(DATA, "x")), "x", bounds=Bounds(provisions=30)), "document-too-large"),
    ],
    ids=["memory", "time in PDFium", "time in the splitter", "pages", "bytes in", "bytes out", "provisions"],
)  # fmt: skip
def test_what_a_document_takes_is_bounded(work: Callable[[], object], code: str) -> None:
    assert refused(work) == code
    assert sandbox.read(DATA, "next", bounds=ROOMY).value.lines


def test_python_without_memory_is_told_as_such() -> None:
    text = hostile.document("Article 1", *["word " * 40] * 20_000)
    assert (
        refused(lambda: sandbox.take_apart(packed(text), "x", bounds=Bounds(memory=90 << 20))) == "document-too-large"
    )


def strikes(bounds: Bounds, number: int, times: int) -> list[int]:
    """The processes that are struck, one after the other, each while it works on a document."""
    struck: list[int] = []

    def strike_each(mine: Callable[[], process.Process | None]) -> None:
        while len(struck) < times:
            one = mine()
            if one is not None and one.running.pid not in struck:
                strike(one, number)
                struck.append(one.running.pid)
            time.sleep(0.02)

    here = process._MINE.__dict__
    threading.Thread(target=strike_each, args=(lambda: here.get("process"),), daemon=True).start()
    return struck


@pytest.mark.parametrize("number", ["SIGSEGV", "SIGKILL", "SIGABRT"])
def test_only_a_document_that_breaks_every_reader_is_given_up(number: str) -> None:
    bounds = Bounds(seconds=20)
    fresh(bounds)
    text = packed(hostile.slow_to_split())
    struck = strikes(bounds, getattr(signal, number), times=3)
    assert refused(lambda: sandbox.take_apart(text, "x", bounds=bounds)) == "document-crashed-reader"
    assert len(set(struck)) == 3
    assert sandbox.read(DATA, "next", bounds=bounds).value.lines  # by a fresh one
    assert ready(bounds).running.pid not in struck


@pytest.mark.parametrize("times", [1, 2])
def test_a_reader_that_is_killed_changes_nothing(times: int) -> None:
    """Once or twice: what it was doing is done again by another one."""
    bounds = Bounds(seconds=21)
    killed: list[int] = []

    def stopped() -> None:  # so that it cannot answer before it is gone
        one = ready(bounds).running
        os.kill(one.pid, signal.SIGSTOP)
        threading.Timer(0.3, os.kill, (one.pid, signal.SIGKILL)).start()
        killed.append(one.pid)

    plain = process.start

    def start(given: Bounds) -> process.Process:
        found = plain(given)
        if len(killed) < times:
            os.kill(found.running.pid, signal.SIGKILL)
            killed.append(found.running.pid)
        return found

    sandbox.read(DATA, "before", bounds=bounds)
    stopped()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "start", start)
        assert sandbox.read(DATA, "x", bounds=bounds).value == read(DATA, "x")
    assert len(killed) == times
    assert ready(bounds).running.pid not in killed


@pytest.mark.needs("tesseract")
def test_a_scan_is_read_there_too_and_has_time_for_each_page() -> None:
    scan, bounds = hostile.pages(3), Bounds(seconds=30, seconds_a_scan=30)
    assert sandbox.read(scan, "x", bounds=bounds).value == read(scan, "x")
    assert bounds.allowed(3) == 120
    # three pages take longer than no time at all: they are given up where a page brings no more
    assert refused(lambda: sandbox.read(scan, "x", bounds=Bounds(seconds=0.2, seconds_a_scan=0))) == "document-too-slow"


def test_a_reader_that_stands_still_is_ended() -> None:
    bounds = Bounds(seconds=1)
    ready(bounds)
    sandbox.read(DATA, "before", bounds=bounds)
    os.kill(ready(bounds).running.pid, signal.SIGSTOP)  # no processor time is used up: only the clock tells
    assert refused(lambda: sandbox.read(DATA, "x", bounds=bounds)) == "document-too-slow"


def test_each_thread_has_a_reader_that_ends_with_it() -> None:
    found: list[process.Process] = []

    def work(path: Path) -> bool:
        found.append(ready(ROOMY))
        return sandbox.read(path.read_bytes(), path.name, bounds=ROOMY).value == read(path.read_bytes(), path.name)

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(work, SPECIMENS * 2))
    mine = {one.running.pid for one in found}
    assert 1 <= len(mine) <= 2
    runnings = [one.running for one in found]
    found.clear()
    deadline = time.monotonic() + 60
    while any(one.poll() is None for one in runnings) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(one.poll() is not None for one in runnings)


# ---- what crosses over --------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5), st.integers(0, 60))
def test_messages_come_whole_or_not_at_all(parts: list[bytes], cut: int) -> None:
    wire = io.BytesIO()
    send(wire, *parts)
    data = wire.getvalue()
    assert receive(io.BytesIO(data), sum(map(len, parts))) == parts
    if cut < len(data):
        with pytest.raises(EOFError):
            receive(io.BytesIO(data[:cut]), 10_000)
    if sum(map(len, parts)):
        with pytest.raises(TooMuch):
            receive(io.BytesIO(data), sum(map(len, parts)) - 1)


PATHS = "import json, sys; sys.path[:] = json.loads(sys.argv.pop())\n"
READY = (
    "from treatynlp.pipeline.sandbox.protocol import *; out = sys.stdout.buffer\n"
    "send(out, ANSWER.dump_json(Answer('ready')))\n"
)


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("out.write(b'\\x80\\x04cos\\nsystem\\n' * 99); out.flush(); sys.stdin.buffer.read()", "document-too-large"),
        ("send(out, b'[' * 100_000); sys.stdin.buffer.read()", "document-crashed-reader"),
        ("send(out, b'{\"came\": \"eval\"}'); sys.stdin.buffer.read()", "document-crashed-reader"),
        ("send(out, ANSWER.dump_json(Answer('done')), b'{}'); sys.stdin.buffer.read()", "stage-failed"),
        ("send(out, ANSWER.dump_json(Answer('done'))); sys.stdin.buffer.read()", "stage-failed"),
        ("sys.exit(3)", "document-crashed-reader"),
        ("sys.stdin.buffer.read()", "document-too-slow"),
        ("while True: send(out, ANSWER.dump_json(Answer('ready')))", "document-crashed-reader"),
        ("send(out, ANSWER.dump_json(Answer('refused')), b'rows'); sys.stdin.buffer.read()", "document-crashed-reader"),
        ("while True: send(out, ANSWER.dump_json(Answer('scanning', pages=10**9)))", "document-crashed-reader"),
    ],
    ids=["a pickle", "nested JSON", "another verb", "no document", "no parts", "gone", "silent", "ready", "no rows",
         "for ever scanning"],
)  # fmt: skip
def test_a_reader_taken_over_can_say_false_things_and_do_nothing(
    monkeypatch: pytest.MonkeyPatch, does: str, code: str
) -> None:
    start = f"{PATHS}{READY}\n{does}"
    monkeypatch.setattr(process, "_START", start)
    bounds = Bounds(seconds=2, longest=3)
    process.terminate(ready(bounds))
    try:
        assert refused(lambda: sandbox.read(DATA, "x", bounds=bounds)) == code
    finally:
        process.terminate(ready(bounds))


def test_a_reader_that_does_not_start_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "raise ImportError('no such library')")
    fresh(bounds := Bounds(seconds=24))
    with pytest.raises(DataError, match="does not start: ImportError: no such library"):
        sandbox.read(DATA, "x", bounds=bounds)


def test_a_fault_of_ours_is_a_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "from treatynlp.pipeline.sandbox import child\n"
    deep += "child.VERBS['read'] = lambda desk: (lambda f: f(f))(lambda f: f(f))\n"
    monkeypatch.setattr(process, "_START", f"{PATHS}{deep}child.main()")
    fresh(bounds := Bounds(seconds=25))
    try:
        with pytest.raises(DataError, match=r"stage-failed\] x: The step 'read' failed \(RecursionError"):
            sandbox.read(DATA, "x", bounds=bounds)
    finally:
        process.terminate(ready(bounds))


def test_an_answer_about_another_document_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    lie = "from treatynlp.pipeline.sandbox import child; read = child._read; from dataclasses import replace\n"
    lie += "child.VERBS['read'] = lambda desk: read(replace(desk, request=replace(desk.request, name='another')))\n"
    monkeypatch.setattr(process, "_START", PATHS + lie + "child.main()")
    bounds = Bounds(seconds=22)
    try:
        with pytest.raises(DataError, match="the answer is about 'another'"):
            sandbox.read(DATA, "x", bounds=bounds)
    finally:
        process.terminate(ready(bounds))


def test_what_libraries_print_does_not_reach_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    noisy = "from treatynlp.pipeline.sandbox import child; import os; read = child._read\n"
    noisy += (
        "child.VERBS['read'] = lambda desk: (print('noise', flush=True), os.write(1, b'noise' * 999), read(desk))[-1]\n"
    )
    monkeypatch.setattr(process, "_START", PATHS + noisy + "child.main()")
    bounds = Bounds(seconds=23)
    try:
        assert sandbox.read(DATA, SPECIMEN.name, bounds=bounds).value == read(DATA, SPECIMEN.name)
    finally:
        process.terminate(ready(bounds))


# ---- its life ---------------------------------------------------------------------------------------------------


@LINUX
def test_the_reader_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-for-readers")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    told = Path(f"/proc/{fresh(ROOMY).running.pid}/environ").read_bytes()
    names = {pair.split(b"=")[0].decode() for pair in told.split(b"\0") if pair}
    assert names <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "TMPDIR", "TEMP", "TMP", "HOME"}


WORKS = """
import sys, threading
sys.path[:0] = sys.argv[1:]
from support import hostile
from treatynlp.pipeline import sandbox
from treatynlp.pipeline.sandbox.process import ready
from treatynlp.pipeline.sandbox.serialisation import documents, parcel_of
print(ready(sandbox.BOUNDS).running.pid, flush=True)
sandbox.read(open({pdf!r}, "rb").read(), "x")
"""


@LINUX
@pytest.mark.parametrize(
    "then", ["sandbox.take_apart(parcel_of(documents(), hostile.slow_to_split()), 'x')", "sys.stdin.read()"]
)
def test_readers_die_with_the_run(then: str, tmp_path: Path) -> None:
    code = WORKS.format(pdf=str(SPECIMEN)) + "print('read', flush=True)\n" + then
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(Path(__file__).parents[1]), *sys.path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert run.stdout is not None
    reader = int(run.stdout.readline())
    assert run.stdout.readline() == b"read\n"
    time.sleep(0.5)  # now it splits, and holds the interpreter while it does
    run.kill()
    run.wait()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{reader}").exists() and _alive(reader) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(reader)


def _alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@LINUX
def test_a_run_that_ends_leaves_nothing_behind_and_stays_small(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(hostile.words(8_000_000))
    code = WORKS.format(pdf=str(SPECIMEN)) + (
        "from treatynlp.errors import DataError\n"
        f"try: sandbox.read(open({str(bomb)!r}, 'rb').read(), 'x', bounds=sandbox.Bounds(memory=600 << 20))\n"
        "except DataError as error: print(error.issues[0].code)\n"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])\n"
    )
    folder = tmp_path / "temporary"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[1]), *sys.path],
        check=True, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip
    reader, said, most = done.stdout.split()
    assert said == "document-crashed-reader"
    assert int(most) < 150_000  # kilobytes; the page alone unpacks to 100 MB, the reader took 600
    assert not _alive(int(reader))
    assert list(folder.iterdir()) == []


def test_a_fork_does_not_use_the_other_s_reader() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("the system does not fork")
    mine = ready(ROOMY)
    code = (
        "import os, sys\nfrom treatynlp.pipeline.sandbox.process import ready\n"
        "from treatynlp.pipeline.sandbox.bounds import BOUNDS\n"
        "mine = ready(BOUNDS).running.pid\nchild = os.fork()\n"
        "if child == 0:\n    sys.exit(ready(BOUNDS).running.pid == mine)\n"
        "status = os.waitpid(child, 0)[1]\n"
        "print(os.waitstatus_to_exitcode(status), ready(BOUNDS).running.pid == mine)\n"
    )
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True"], done.stderr
    assert mine.usable


# ---- a whole run ------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_run_whose_readers_are_killed_makes_the_release_of_an_undisturbed_one(
    pair_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they are doing: at each step, the process is killed twice for one instrument and once for the other."""
    plain, killed = conversation._conversation, Counter[tuple[str, str]]()

    def interrupted(one: process.Process, request: Request, parts: tuple[bytes, ...]) -> list[bytes]:
        at = (request.verb, request.name)
        if killed[at] < (2 if request.name == FIRST else 1):
            killed[at] += 1
            os.kill(one.running.pid, signal.SIGKILL)
        return plain(one, request, parts)

    monkeypatch.setattr(conversation, "_conversation", interrupted)
    desk = WorkspaceFixture(tmp_path)
    outcome = desk.run()
    assert {verb for verb, _ in killed} >= {"read", "take_apart", "code", "link", "audit"}
    before = {path.relative_to(pair_made / "release").as_posix(): path.read_bytes()
              for path in (pair_made / "release").rglob("*") if path.is_file()}  # fmt: skip
    assert (outcome.status, desk.files()) == ("complete", before)


@pytest.mark.long
def test_a_hostile_source_takes_nothing_from_the_release(tmp_path: Path) -> None:
    desk = WorkspaceFixture(tmp_path)
    supply = Supply("mirror", desk.mirror, bounds=Bounds(seconds=200, memory=500 << 20))
    desk.put(FIRST, hostile.words(8_000_000))
    outcome = desk.run(supply=supply)
    assert outcome.status == "degraded"
    assert {(row.code, row.where) for row in outcome.issues if row.level == "error"} == {
        ("document-crashed-reader", FIRST)
    }
    told = {row["instrument"] for row in desk.rows("provisions.csv")}
    assert told == {SECOND}


@pytest.mark.long
def test_a_hostile_copy_does_not_replace_the_last_good_one(tmp_path: Path) -> None:
    desk = WorkspaceFixture(tmp_path)
    assert desk.run().status == "complete"
    desk.put(FIRST, hostile.words(8_000_000))
    outcome = desk.run(supply=Supply("mirror", desk.mirror, bounds=Bounds(seconds=200, memory=500 << 20)))
    assert [(row.code, row.where) for row in outcome.issues if row.level == "error"] == [("source-not-taken", FIRST)]
    assert {row["instrument"] for row in desk.rows("provisions.csv")} == {FIRST, SECOND}
