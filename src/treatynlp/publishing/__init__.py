"""From a comparison to what others open: tables, a data package, a workbook, a database; answers of the command line.

>>> from treatynlp.publishing import release_files
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatynlp.publishing.package import release_files

__all__ = ["release_files"]


def __getattr__(name: str) -> Any:
    # Late, so that the command line's answers do not wait for what only a release needs.
    if name == "release_files":
        from treatynlp.publishing.package import release_files

        return release_files
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
