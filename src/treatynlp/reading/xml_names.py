"""Names of XML elements."""

from lxml import etree


def bare_name(element: etree._Element) -> str:
    """What an element is called without its namespace; "" for comments and the like, whose tag is no name.

    >>> bare_name(etree.fromstring('<p xmlns="http://example.org/"/>'))
    'p'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
