"""A release proves itself: one flipped bit in any file is noticed, and so is what was changed with its manifest made to
fit; a signature says whose it is."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from support.release_attacks import FORGED, as_it_was, flipped
from support.workspace_fixture import FIRST, WorkspaceFixture
from treatynlp.cli import cli
from treatynlp.pipeline.ask.release_check import proven, released_faults
from treatynlp.pipeline.workspace.released_files import changed_files
from treatynlp.publishing.proof.seal import SEAL, sealed
from treatynlp.store import SIGNATURE


@pytest.fixture(scope="module")
def desk(pair_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace `ws` and a release of its own."""
    root = tmp_path_factory.mktemp("proof") / "desk"
    shutil.copytree(pair_made, root)
    return root


def told(release: Path) -> set[tuple[str, str]]:
    return {(row.code, row.where) for row in released_faults(release)}


def test_a_release_as_it_was_made_agrees_with_itself(desk: Path) -> None:
    assert released_faults(desk / "release") == ()


@settings(max_examples=2, deadline=None)
@given(st.data())
def test_one_flipped_bit_in_any_file_is_noticed(desk: Path, data: st.DataObject) -> None:
    """Wherever it is: the manifest is sealed by its own hash, and names the hash of each of the others."""
    release = desk / "release"
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        at = data.draw(st.integers(0, path.stat().st_size * 8 - 1), label=path.name)
        with as_it_was(path):
            flipped(path, at)
            rows = changed_files(release)
            assert rows, (path.name, at)


@pytest.mark.parametrize("name", FORGED)
def test_what_was_changed_with_its_manifest_made_to_fit_disagrees_with_the_rest(desk: Path, name: str) -> None:
    forge, where = FORGED[name]
    release = desk / "release"
    with as_it_was(*(path for path in release.rglob("*") if path.is_file())):
        forge(release)
        assert changed_files(release) == ()  # by its hashes alone it is whole
        found = told(release)
        assert {code for code, _ in found} == {"release-disagrees"}
        assert where <= {at for _, at in found}


def test_files_that_were_added_or_lost_are_named(desk: Path) -> None:
    release = desk / "release"
    (release / "explorer" / "data" / "more.js").write_bytes(b"")
    lost = release / "akn" / f"{FIRST}.xml"
    with as_it_was(lost):
        lost.unlink()
        assert told(release) == {
            ("release-file-missing", f"akn/{FIRST}.xml"), ("release-file-added", "explorer/data/more.js"),
        }  # fmt: skip
    (release / "explorer" / "data" / "more.js").unlink()


@pytest.mark.parametrize(
    "manifest", ["[]", "{}", '{"files": 3}', '{"files": {"a": 3}}', '{"files": {}, "instruments": 3}']
)
def test_a_manifest_made_by_anybody_is_a_row(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": 3}]}')
    assert released_faults(tmp_path)


def test_texts_are_those_of_the_workspace_and_of_the_sources_in_it(desk: Path) -> None:
    for again in (False, True):
        issues, said = proven(desk / "release", desk / "ws", again)
        assert issues == ()
        assert "2 texts against" in said


def test_a_text_that_is_not_the_workspace_s_is_told(desk: Path) -> None:
    release = desk / "release"
    with as_it_was(release / "manifest.json"):
        manifest = json.loads((release / "manifest.json").read_bytes())
        manifest.pop(SEAL)
        manifest["instruments"][FIRST]["text_sha256"] = "0" * 64
        (release / "manifest.json").write_bytes(sealed(manifest))
        issues, _ = proven(release, desk / "ws")
        assert [row.message for row in issues if "the workspace" in row.message]


def test_the_command_says_what_it_compared_and_its_status_what_it_found(desk: Path) -> None:
    words = ["check", "--release", str(desk / "release"), "--workspace", str(desk / "ws")]
    fine = CliRunner().invoke(cli, words)
    assert (fine.exit_code, fine.stderr) == (0, "")
    assert "files held against its manifest and one another, 2 texts against the workspace" in fine.stdout
    with as_it_was(desk / "release" / "gaps.csv"):
        (desk / "release" / "gaps.csv").write_bytes(b"")
        wrong = CliRunner().invoke(cli, words)
    assert (wrong.exit_code, "error [release-file-changed] gaps.csv" in wrong.stderr) == (1, True)
    assert CliRunner().invoke(cli, ["check", "--sources"]).exit_code == 2


def test_a_run_says_that_the_last_release_was_touched(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    scene = WorkspaceFixture.__new__(WorkspaceFixture)
    scene.root, scene.mirror = tmp_path / "desk", desk / "mirror"
    before = scene.files()
    quiet = scene.run()
    assert "release-touched" not in {row.code for row in quiet.notices}
    (scene.root / "release" / "cells.csv").write_bytes(b"")
    loud = scene.run()
    assert ["cells.csv" in row.message for row in loud.notices if row.code == "release-touched"] == [True]
    assert (loud.status, scene.files()) == (quiet.status, before)


# ---- signatures -----------------------------------------------------------------------------------------------------


def key(folder: Path, name: str, passphrase: bytes | None = None) -> tuple[Path, Path]:
    """A pair of keys as `openssl genpkey -algorithm ed25519` makes them."""
    private = Ed25519PrivateKey.generate()
    kept = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    (folder / f"{name}.pem").write_bytes(private.private_bytes(pem, serialization.PrivateFormat.PKCS8, kept))
    (folder / f"{name}.pub.pem").write_bytes(private.public_key().public_bytes(pem, form))
    return folder / f"{name}.pem", folder / f"{name}.pub.pem"


def invoked(*words: object, **environment: str) -> tuple[int, str]:
    done = CliRunner(env=environment).invoke(cli, [str(word) for word in words])
    return done.exit_code, done.stderr


@pytest.mark.parametrize("passphrase", [None, b"lamps"])
def test_a_release_is_signed_and_others_can_tell(desk: Path, tmp_path: Path, passphrase: bytes | None) -> None:
    release = tmp_path / "release"
    shutil.copytree(desk / "release", release)
    (private, public), (_, stranger) = key(tmp_path, "league", passphrase), key(tmp_path, "other")
    check = ("check", "--release", release, "--workspace", tmp_path / "ws", "--signed-by")
    assert "release-signature" in invoked(*check, public)[1]  # not signed yet
    said = {"TREATYNLP_PASSPHRASE": passphrase.decode()} if passphrase else {}
    assert invoked("sign", release, "--key", private, **said) == (0, "")
    assert len((release / SIGNATURE).read_bytes()) == 64
    assert invoked(*check, public) == (0, "")
    assert "is not the signature of" in invoked(*check, stranger)[1]
    FORGED["a cell of the table"][0](release)
    assert invoked(*check, public)[0] == 1


@pytest.mark.parametrize("pem", [b"", b"no key", None])
def test_what_is_no_key_is_refused_in_words(desk: Path, tmp_path: Path, pem: bytes | None) -> None:
    if pem is not None:
        (tmp_path / "k.pem").write_bytes(pem)
    status, said = invoked("sign", desk / "release", "--key", tmp_path / "k.pem")
    assert (status, said.startswith("error [release-signature]")) == (1, True)
    assert not (desk / "release" / SIGNATURE).exists()


def test_what_was_changed_is_not_signed(desk: Path, tmp_path: Path) -> None:
    private, _ = key(tmp_path, "league")
    with as_it_was(desk / "release" / "gaps.csv"):
        (desk / "release" / "gaps.csv").write_bytes(b"")
        assert invoked("sign", desk / "release", "--key", private)[0] == 1


def test_a_signature_stays_while_the_release_does_and_goes_with_it(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    scene = WorkspaceFixture.__new__(WorkspaceFixture)
    scene.root, scene.mirror = tmp_path / "desk", desk / "mirror"
    private, _ = key(tmp_path, "league")
    assert invoked("sign", scene.root / "release", "--key", private)[0] == 0
    scene.run()
    assert SIGNATURE in scene.files()
    (scene.root / "release" / "cells.csv").write_bytes(b"")
    scene.run()
    assert SIGNATURE not in scene.files()
