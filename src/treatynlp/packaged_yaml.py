"""YAML that comes with treatynlp: words, issue codes, the legend. What people type goes through `strict_files`."""

from typing import Any

import yaml

# PyYAML's own scanner takes eight times as long as libyaml's: a second of each start, and each process that opens
# documents starts anew. Where PyYAML was built without libyaml, its own reads the same.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(content: str | bytes) -> Any:
    """What a YAML file of the package says.

    >>> load_yaml("article: [Article, Art.]")
    {'article': ['Article', 'Art.']}
    """
    loader = _LOADER(content)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
