"""Where what people declare and what was trained lies: beside the checkout, or inside the installed package."""

from pathlib import Path


def home() -> Path:
    """Where corpus/ and models/ are: the installed package's data, else the checkout the package lies in."""
    package = Path(__file__).parent
    return package / "data" if (package / "data").is_dir() else package.parents[1]
