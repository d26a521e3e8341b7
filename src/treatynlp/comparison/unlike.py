"""Why two provisions that read alike are no match, or cannot be compared: likeness of words tells no subject.

Definition articles are alike whatever they define; authorities that supervise data or certificates assist one another
in the words of criminal assistance; and under a broad topic (terrorism, corruption) two offences share their frame.
"""

import re

from treatynlp.comparison.rules import Rules
from treatynlp.comparison.units import Coded
from treatynlp.comparison.wording import own_words, trim_ending

End = tuple[Coded, str]
"""An instrument and the address of one of its provisions."""
SURE = 0.95
"""The score from which on two offences under a broad topic match: below it pairs such as trading in influence and
bribery, or acts against aircraft and against nuclear material, stood beside true ones."""
DEFINITIONS = frozenset({"definitions"})


def why_unlike(left: End, right: End, score: float, rules: Rules) -> str:
    """Why two provisions are no match though their score is high; "" where nothing speaks against it."""
    shared = about(*left) & about(*right)
    # Only where definitions are all they share: an article may define a term and lay down a rule on it.
    if shared == DEFINITIONS and _other_terms(left, right):
        return "they define other terms"
    if shared & set(rules.administrative.topics) and administrative(left[0], rules) != administrative(right[0], rules):
        return "assistance in criminal matters against that of administrative authorities"
    # An article on refusal is answered by another such, not by one on something else that has a ground of refusal, too.
    lent = set(rules.general_part.lent)
    if shared and shared <= lent and about(*left) - lent != about(*right) - lent:
        return "what they share belongs to something else on either side"
    if _item_told(*left, rules) != _item_told(*right, rules):
        return "an item of what a depositary tells against a provision on it"
    if score < SURE and broad(left, right, rules):
        return "offences under a broad topic"
    return ""


def _item_told(coded: Coded, eid: str, rules: Rules) -> bool:
    """Whether a provision is an item of a list of what a depositary tells."""
    treaty, words = coded.record.treaty, rules.notifying
    while treaty and words and coded.where[eid].provision.kind != "article" and coded.where[eid].parent in coded.where:
        above = coded.where[coded.where[eid].parent].provision
        intro = " ".join(treaty.text.value[above.body.start : above.children[0].span.start].split())
        if re.search(words.pattern, intro, re.I):
            return True
        eid = above.eid
    return False


def broad(left: End, right: End, rules: Rules) -> bool:
    """Whether all that two provisions share is a topic that holds several kinds of acts."""
    shared = (about(*left) & about(*right)) - set(rules.general_part.topics)
    return bool(shared) and shared <= set(rules.general_part.broad)


def incomparable(left: End, right: End, rules: Rules) -> bool:
    """Whether two provisions answer each other without asking anything of one and the same matter: what a Party may
    reserve differs from article to article, however alike they are drafted."""
    shared, matters = about(*left) & about(*right), set(rules.incomparable.topics)
    return bool(shared & matters) and shared <= matters | set(rules.general_part.lent)


def about(coded: Coded, eid: str) -> frozenset[str]:
    """The topics of a provision, or those around it."""
    return coded.below(coded.where[eid].provision) or coded.around(eid)


def administrative(coded: Coded, rules: Rules) -> bool:
    """Whether an instrument is declared to be of fields in which other authorities act than those of criminal
    justice."""
    fields, own = set(coded.record.instrument.family), set(rules.administrative.fields)
    return bool(fields & own) and fields <= own | set(rules.administrative.beside)


def _other_terms(left: End, right: End) -> bool:
    one, other = _defined(*left), _defined(*right)
    return bool(one and other) and not one & other


def _defined(coded: Coded, eid: str) -> frozenset[str]:
    """The terms defined in a provision, as stems without boilerplate."""
    treaty = coded.record.treaty
    inside = {provision.eid for provision in coded.where[eid].provision.walk()}
    found = (own_words(one.term, ()) for one in (treaty.definitions if treaty else ()) if one.eid in inside)
    return frozenset(" ".join(trim_ending(word) for word in term.split()) for term in found)
