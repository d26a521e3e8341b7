"""Articles that are given no topic at all: the codebook has a topic for nearly every article, so silence is a doubt."""

from collections.abc import Iterator

from treatynlp.coding.labels import Coding
from treatynlp.coding.passages import passages
from treatynlp.errors import Issue, issue
from treatynlp.structure.tree import Treaty


def unlabelled_issues(coding: Coding, treaty: Treaty) -> Iterator[Issue]:
    """A row for `issues.csv` for each passage without a label; `likely` names what is kept open for it."""
    labelled = {label.eid for label in coding.labels}
    for passage in passages(treaty):
        inside = {provision.eid for provision in passage.provision.walk()}
        if not labelled & inside:
            likely = dict.fromkeys(one.topic for one in coding.inconclusive if one.eid in inside)
            yield issue("article-unlabelled", f"{treaty.id} {passage.eid}", likely=", ".join(likely) or "none")
