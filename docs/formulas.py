"""Formulas drawn when the pages are built, so that they can be read without network, script or fonts from elsewhere.

matplotlib's own typesetter makes a picture of each; its colour is that of the words around it, and a screen reader is
given the formula as it was typed.
"""

import io
import re
from html import escape

from docutils import nodes
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

SIZE = 11.0
EDGE = 0.5
"""Points: of a letter, and of white around a formula."""
SETTINGS = {"svg.fonttype": "path", "svg.hashsalt": "treatynlp", "mathtext.fontset": "stix"}


def drawn(formula: str) -> str:
    """The formula as an inline SVG that stands on the line of the words around it."""
    with rc_context(SETTINGS):
        font = FontProperties(size=SIZE)
        width, height, depth, _, _ = MathTextParser("path").parse(f"${formula}$", dpi=72, prop=font)
        figure = Figure(figsize=((width + EDGE) / 72, (height + EDGE) / 72))
        figure.text(0, (depth + EDGE / 2) / (height + EDGE), f"${formula}$", fontproperties=font)
        out = io.BytesIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    picture = out.getvalue().decode().partition("<svg ")[2]
    picture = re.sub(r'(width|height)="([\d.]+)pt"', lambda m: f'{m[1]}="{float(m[2]) / SIZE:.3f}em"', picture)
    label = f'role="img" aria-label="{escape(formula)}" fill="currentColor"'
    return f'<svg {label} style="vertical-align:{-(depth + EDGE / 2) / SIZE:.3f}em" {picture}'


def inline(writer: HTML5Translator, node: nodes.math) -> None:
    """A formula inside a sentence."""
    writer.body.append(drawn(node.astext()))
    raise nodes.SkipNode


def block(writer: HTML5Translator, node: nodes.math_block) -> None:
    """A formula on lines of its own, one picture a line, fractions in full size."""
    lines = [line.strip() for line in node.astext().replace("\\frac", "\\dfrac").splitlines() if line.strip()]
    writer.body.append("".join(f'<div class="math">{drawn(line)}</div>\n' for line in lines))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the drawing of formulas to Sphinx."""
    app.add_html_math_renderer("drawn", inline_renderers=(inline, None), block_renderers=(block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
