"""An overview of two made-up instruments with text and one without, for tests of what is published."""

from support.invented import codebook, coding, instrument, record
from treatynlp.coding.labels import Attribute, Label
from treatynlp.comparison.overview import Overview, compare
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.home import home
from treatynlp.text import Span

WORDS = {
    "preamble": "The keepers of the lights, résolus à veiller,",
    "art_1": "Article 1",
    "art_1__para_1": "- Each keeper shall make it a crime to enter the lamp room.",
    "art_1__para_2": "=SUM(A1:A9) is no rule of law, but a keeper may write it.",
    "art_1__para_3": "— A dash that is law, and “quotes”, and a comma.",
    "art_2": "Article 2\nKeepers should surrender\n\twreckers, within 90 days.",
}


def overview() -> Overview:
    labels = {"art_1__para_1": "illegal_access", "art_2": "extradition"}
    period = Attribute("art_2", "response_deadline", "90", "day", "", Span(160, 167))
    alpha = record("alpha", WORDS, coding("alpha", labels, {"art_2": "recommendation"}, attributes=(period,)))
    unsure = coding("beta", {"art_1": "illegal_access"}, inconclusive=(Label("art_2", "extradition", 0.4, "model:x"),))
    records = [alpha, record("beta", WORDS, unsure), Record(instrument("gamma"))]
    return compare(records, codebook(), load_rules(home() / "corpus"))
