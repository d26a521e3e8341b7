"""What is found of one provision is found once, with however many others it is compared."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

Memory = dict[tuple[str, str], Any]
"""What was found, by the name of the finding and the address of the provision."""


class Remembering(Protocol):
    """What holds a memory of its own: an instrument whose provisions are compared."""

    @property
    def memory(self) -> Memory: ...


R = TypeVar("R", bound=Remembering)
P = ParamSpec("P")
T = TypeVar("T")


def remembered(find: Callable[Concatenate[R, Any, P], T]) -> Callable[Concatenate[R, Any, P], T]:
    """A finding about one provision of an instrument (its second argument: the provision, or its eId), made once.

    What else is given must be the same in every call, as the rules of one comparison are.
    """

    @wraps(find)
    def known(holder: R, about: Any, /, *rest: P.args, **named: P.kwargs) -> T:
        key = find.__qualname__, about if isinstance(about, str) else about.eid
        if key not in holder.memory:
            holder.memory[key] = find(holder, about, *rest, **named)
        found: T = holder.memory[key]
        return found

    return known
