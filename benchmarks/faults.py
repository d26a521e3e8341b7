"""Words nobody sees, pages put together otherwise, what a server can give in a treaty's place, what can be changed in a
release: how many attacks are held, told, silently wrong, lost, by area.

    python benchmarks/faults.py [--json]
    PYTHONPATH=/path/to/an/older/checkout/src python benchmarks/faults.py      # the same attacks on an older version

The attacks are those of tests/support: pdf_attacks.py, html_attacks.py, structure_attacks.py, network_attacks.py, on a
real server of this machine, and release_attacks.py. Exit status 1 when one is silently wrong or lost.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.html_attacks import verdicts as html_verdicts
from support.network_attacks import attacks, verdicts
from support.pdf_attacks import verdicts as pdf_verdicts
from support.release_attacks import tried
from support.structure_attacks import verdicts as structure_verdicts
from support.workspace_fixture import WorkspaceFixture

KINDS = ("held", "told", "silent", "lost")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each attack.")
@click.option("--only", default="", help="Only attacks with these words in their name.")
def main(as_json: bool, only: str) -> None:
    """Try every attack, and print the table."""
    areas: dict[str, Counter[str]] = {}
    for area, name, scene, verdict in every(only):
        areas.setdefault(area, Counter())[verdict] += 1
        if as_json:
            click.echo(json.dumps({"area": area, "attack": name, "scene": scene, "verdict": verdict}))
        elif verdict in ("silent", "lost"):
            click.echo(f"{verdict}: {area}: {name} ({scene})", err=True)
    click.echo("\n".join(table(areas)))
    sys.exit(any(counts["silent"] + counts["lost"] for counts in areas.values()))


def every(only: str) -> Iterator[tuple[str, str, str, str]]:
    """Every attack: area, name, scene, verdict."""
    for area, name, verdict in (*pdf_verdicts(), *html_verdicts(), *structure_verdicts()):
        if only in name:
            yield area, name, "one page", verdict
    for attack, scene, verdict in verdicts([one for one in attacks() if only in one.name]):
        yield attack.area, attack.name, scene, verdict
    with TemporaryDirectory() as folder:
        WorkspaceFixture(Path(folder)).run()
        for area, name, told in tried(Path(folder) / "release"):
            if only in name:
                yield area, name, "a release of two specimens", "told" if told else "silent"


def table(areas: dict[str, Counter[str]]) -> list[str]:
    """The counts by area, and their sum."""
    rows = [("area", "tried", "held", "told", "silently wrong", "lost")]
    for area, counts in {**areas, "all": sum(areas.values(), Counter())}.items():
        rows.append((area, str(counts.total()), *(str(counts[kind]) for kind in KINDS)))  # type: ignore[arg-type]
    return [f"| {' | '.join(row)} |" for row in (rows[0], ("---",) * len(rows[0]), *rows[1:])]


if __name__ == "__main__":
    main()
