"""What a PDF's file says about its words beside drawing them: that they are in a layer, that others stand for them."""

import ctypes
import unicodedata
from typing import Any

import pypdfium2.raw as raw

_LENGTH = ctypes.c_ulong()
_NAME = (ctypes.c_ushort * 32)()
_LAYER = 6
"""Bytes of the name of a layer's mark, "OC", as PDFium gives it."""


def marks(thing: Any) -> tuple[bool, bool]:
    """Whether words are in a layer that may be switched off, and whether others are given in their place: letters or
    figures, not a hyphen, dot leaders or a ligature, for which printing programs use it (the papers of the United
    Nations do)."""
    layered = replaced = False
    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, at)
        layered |= _is_layer(mark)
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING:
            replaced |= not is_ligature(_said(mark))
    return layered, replaced


LIGATURES = frozenset((
    "ff", "fi", "fl", "ffi", "ffl", "ft", "fft", "fb", "fh", "fj", "fk", "st", "ct", "tt", "ti", "tti",
    "ty", "th", "ij", "ae", "oe",
))  # fmt: skip
"""Letters that fonts draw as one sign."""


def is_ligature(said: str) -> bool:
    """Whether characters that one sign stands for are no words of their own: no letters or figures, or a ligature's.

    >>> is_ligature("ffi"), is_ligature("\u00ad"), is_ligature("not"), is_ligature(" 7")
    (True, True, False, False)
    """
    plain = unicodedata.normalize("NFKC", said)
    return not any(map(str.isalnum, plain)) or plain.casefold() in LIGATURES


def _is_layer(mark: Any) -> bool:
    """Whether a mark is that of a layer."""
    raw.FPDFPageObjMark_GetName(mark, _NAME, 64, _LENGTH)
    return _LENGTH.value == _LAYER and (_NAME[0], _NAME[1]) == (ord("O"), ord("C"))


def _said(mark: Any) -> str:
    size = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size)
    buffer = (ctypes.c_ushort * (size.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, size.value, size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")
