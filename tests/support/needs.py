"""What some tests need of the machine besides Python: named where it is missing; in CI, all of it must be there."""

import os
import shutil
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TREATYNLP_SHARED") or Path(__file__).parents[3] / "shared")
"""The folder of real sources and gold beside the checkout; other people's machines have none."""

PROGRAMS = {
    "tesseract": (("tesseract",), "tesseract is not installed (Debian: tesseract-ocr)"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "no Chromium is installed (Debian: chromium)"),
    "libreoffice": (("soffice",), "LibreOffice is not installed (Debian: libreoffice-calc)"),
    "writer": (("lowriter",), "LibreOffice Writer is not installed (Debian: libreoffice-writer)"),
}
"""Each program a test can need: the names it goes by, and what is said where none of them is found."""


def found(program: str) -> str:
    """The path of a program; the test is skipped where it is missing, and fails in CI."""
    names, message = PROGRAMS[program]
    path = next((path for name in names if (path := shutil.which(name))), None)
    return path or missing(message)


def missing(message: str) -> str:
    """End the test, as what it needs is not there: a skip that says what, and a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{message}; in CI it must be", pytrace=False)
    pytest.skip(message)
