"""The tables of the README, from the newest release in corpus/releases and the floors of benchmarks/floors.json.

python benchmarks/readme.py       write them; tests/docs/test_readme.py fails while they are out of date
"""

import csv
import json
import re
import sys
from pathlib import Path

from treatynlp.publishing.legend import LEGEND

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
INSTRUMENTS = {
    "budapest-2001": "Budapest 2001",
    "arab-2010": "Arab League 2010",
    "malabo-2014": "Malabo 2014",
    "eu-attacks-2013": "EU 2013/40",
    "lanzarote-2007": "Lanzarote 2007",
    "untoc-2000": "UNTOC 2000",
    "eaw-2002": "EAW 2002",
    "gdpr-2016": "GDPR 2016",
}
TOPICS = """
    illegal_access illegal_interception data_interference system_interference misuse_of_devices computer_forgery
    computer_fraud child_sexual_abuse_material racist_xenophobic_acts corporate_liability conditions_safeguards
    expedited_preservation production_order search_seizure realtime_traffic_data content_interception jurisdiction
    extradition dual_criminality mutual_assistance transborder_access network_24_7 sensitive_data data_transfers
"""
FIGURES = {
    "split mirror": ("splitting, 53 real instruments", "art-F1", "heading", "perfect"),
    "split typeset": ("splitting, 36 treaties in six looks", "art-F1", "heading", "perfect"),
    "split scans": ("splitting, 6 scans (tesseract)", "art-F1", "heading", "perfect"),
}


def newest() -> Path:
    """The release folder with the latest date."""
    return max(path for path in (ROOT / "corpus" / "releases").iterdir() if path.is_dir())


def rows(name: str) -> list[dict[str, str]]:
    with (newest() / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def matrix() -> str:
    """Topic by instrument: articles where the topic is regulated, signs elsewhere."""
    cells = {(row["topic"], row["instrument"]): row for row in rows("cells.csv")}
    lines = ["| | " + " | ".join(INSTRUMENTS.values()) + " |", "|---" * (len(INSTRUMENTS) + 1) + "|"]
    for topic in TOPICS.split():
        shown = (cell(cells.get((topic, instrument), {})) for instrument in INSTRUMENTS)
        lines.append(f"| {topic.replace('_', ' ')} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def cell(row: dict[str, str]) -> str:
    state = row.get("state", "")
    if state in ("present", "partial"):
        cited = [re.sub(r"^Art\. ", "", one) for one in row["articles"].split("; ")]
        more = f" +{len(cited) - 3}" if len(cited) > 3 else ""
        star = "\\*" if row["decided_by"] == "human" else ""
        return (
            f"{'(' if state == 'partial' else ''}{', '.join(cited[:3])}{more}{')' if state == 'partial' else ''}{star}"
        )
    return LEGEND[state].sign if state in LEGEND else ""


def figures() -> str:
    """Quality, as `make gates` measured it at the last landing."""
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
    lines = ["| `make gates` | figure | |", "|---|---|---|"]
    for key, (title, *names) in FIGURES.items():
        lines += [
            f"| {title} | {name} | {floors[f'{key} {name}']:.4f} |" for name in names if f"{key} {name}" in floors
        ]
    unseen = [key for key in floors if key.startswith(("topics exam", "cells exam"))]
    lines += [
        f"| exam: neither it nor its drafting family seen | {key.replace(' exam', '')} | {floors[key]:.3f} |"
        for key in unseen
    ]
    of_all = floors["attributes, all coded instruments F1"]
    lines.append(f"| parameters, all coded instruments (patterns corrected on twelve of them) | F1 | {of_all:.3f} |")
    return "\n".join(lines)


def filled(text: str) -> str:
    """The README with its tables made anew."""
    for name, table in (("matrix", matrix()), ("figures", figures())):
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m, t=table: f"{m[1]}{t}\n{m[2]}", text, flags=re.S
        )
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"README.md: tables of {newest().name}\n")
