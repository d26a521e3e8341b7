"""How far the report on two language versions can be relied on: what it tells of three acts, and of planted changes.

    python benchmarks/versions.py --corpus ../shared/corpus --seed 20261128

What is told of each act is written with its addresses, to be judged by the two texts (corpus/judged/versions.csv). Then
changes are planted in the French page, at most one a provision (another paragraph or article is pointed to, another
length of time or day is given), and it is counted at how many of the changed addresses the report tells a difference or
says that it did not compare.
"""

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path

from treatynlp.comparison.language_versions import VersionDifference, version_differences
from treatynlp.comparison.version_facts import version_facts
from treatynlp.pipeline.ask.one_file import read_file
from treatynlp.structure.tree import Treaty

ACTS = ("dp-directive-1995", "e-evidence-2023", "led-2016")
EACH = 20
PLANTS = {
    "reference": (re.compile(r"(?<=paragraphe[ \u00a0])[1-8](?!\d)"), lambda said: str(int(said) + 1)),
    "period": (
        re.compile(r"\b(?:deux|trois|quatre|cinq|six|dix)(?=[ \u00a0](?:mois|an|jours|heures))"),
        lambda said: "sept",
    ),
    "date": (re.compile(r"(?<=\d[ \u00a0])(?:mai|juin|juillet|novembre)(?=[ \u00a0]20\d\d)"), lambda said: "mars"),
}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    asked.add_argument("--seed", type=int, default=20261128)
    given = asked.parse_args()
    for act in ACTS:
        english = read_file(next((given.corpus / "mirror").glob(f"{act}.*")), language="en", ident=act).treaty
        page = given.corpus / "alternate" / f"{act}.fr.html"
        french = read_file(page, language="fr", ident=act).treaty
        found = version_differences(english, french)
        told(act, english, french, found)
        for kind in PLANTS:
            changed = planted(page, kind, random.Random(given.seed), act)
            measured(kind, french, changed, found, version_differences(english, changed))


def told(act: str, english: Treaty, french: Treaty, found: tuple[VersionDifference, ...]) -> None:
    for treaty in (english, french):
        facts = version_facts(treaty).counted
        counts = {kind: sum(one[kind].total() for one in facts.values()) for kind in next(iter(facts.values()))}
        sys.stdout.write(f"{act} {treaty.language}: {len(facts)} provisions, {counts}\n")
    for one in found:
        sys.stdout.write(f"  {one.eid} {one.kind} {one.left} {one.right} {one.not_compared or 'differs'}\n")


def planted(page: Path, kind: str, draw: random.Random, act: str) -> Treaty:
    """The French treaty with changes of a kind at places drawn from its page."""
    pattern, other = PLANTS[kind]
    text = page.read_text(encoding="utf-8")
    places = list(pattern.finditer(text))
    for match in sorted(draw.sample(places, min(EACH, len(places))), key=re.Match.start, reverse=True):
        text = text[: match.start()] + other(match[0]) + text[match.end() :]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / page.name
        file.write_text(text, encoding="utf-8")
        return read_file(file, language="fr", ident=act).treaty


def measured(
    kind: str, before: Treaty, after: Treaty, base: tuple[VersionDifference, ...], found: tuple[VersionDifference, ...]
) -> None:
    """Of the numbered provisions whose words were changed, at how many a new row stands."""
    old, new = own_words(before), own_words(after)
    changed = {eid for eid, words in new.items() if old.get(eid) != words}
    rows = {one.eid: one for one in found if one not in base}
    differs = {one.eid for one in found if one not in base and not one.not_compared} & changed
    unsure = changed & set(rows) - differs
    silent = sorted(changed - set(rows))
    beside = sorted(set(rows) - changed)
    sys.stdout.write(
        f"  planted {kind}: {len(changed)} provisions, {len(differs)} told, {len(unsure)} not compared, "
        f"{len(silent)} silent {silent}, told beside {beside}\n"
    )


def own_words(treaty: Treaty) -> dict[str, str]:
    """The words of each numbered provision without those of its numbered parts."""
    facts, words = version_facts(treaty).counted, dict[str, str]()
    for article in treaty.articles:
        for one in article.walk():
            holder = one.eid
            while holder not in facts:
                holder = holder.rpartition("__")[0]
            start = one.body.start
            for child in (*one.children, None):
                end = child.span.start if child else one.body.end
                words[holder] = words.get(holder, "") + treaty.text.value[start:end]
                start = child.span.end if child else end
    return words


if __name__ == "__main__":
    main()
