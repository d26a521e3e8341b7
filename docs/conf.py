"""How the documentation is built: `make docs`, without a network, every warning an error.

Pages are Markdown, written for their readers. Where a page says `<!-- generated: name -->`, the table of that name is
made from what the program itself goes by (`docs/made.py`), so that page and program cannot say two different things.
"""

import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from pygments.lexers import TextLexer
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

import made

project = "treatynlp"
author = "The treatynlp developers"
project_copyright = "the treatynlp developers; code under MIT, data under CC BY 4.0"
version = release = version_of("treatynlp")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "formulas"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["README.md"]
default_role = "literal"
smartquotes_action = "qe"  # dashes stay what they are: options begin with two
nitpicky = True
# Types of other libraries, and our own that the API page does not show, are named without being linked.
nitpick_ignore_regex = [("py:.*", ".*"), ("option", ".*"), ("envvar", ".*")]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_math_renderer = "drawn"
html_title = f"treatynlp {release}"
html_copy_source = False
html_show_sphinx = False


def setup(app: Sphinx) -> None:
    """Fill in the generated tables as each page is read. Rows of a CSV are shown as they are."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", fill)
    app.connect("html-page-context", reachable, priority=900)


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    """Replace the marks of a page by the tables they name."""
    source[0] = made.filled(source[0])


def reachable(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """What the theme leaves out for those who use a keyboard or a screen reader: code that scrolls can be reached, and
    the headings of the contents have a rank."""
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    for name in ("toctree", "furo_navigation_tree"):
        if isinstance(context.get(name), str):
            context[name] = context[name].replace('role="heading"', 'role="heading" aria-level="2"')
