"""Letters: in which encoding they came, and in which form the reader wants them."""

import codecs
import re
import unicodedata

from pesue.guidance.documents.refusals import Unreadable

ODD = re.compile(r"[\0-\x08\x0e-\x1b]")
ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
UNSEEN = re.compile("\u00ad[ \t]*\n[ \t]*|[\0\u00ad\u200b\u2060\ufeff]")
# What stands for a bullet: signs of symbol fonts, and letters that were such a sign.
BULLET = re.compile(
    r"^([ \t]*)(?:[\ue000-\uf8ff\u25a0-\u25ff\u2610-\u2612\u2700-\u27bf"
    r"\u2190-\u21ff\u2b00-\u2bff][\ufe0f]?|[o\u00a7\u00a8\u00d8](?=[ \t]{2,}|\t| \S))"
    r"[ \t]+",
    re.MULTILINE,
)
LIGATURES = str.maketrans(
    {
        **{"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi"},
        **{"\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st", "\u2011": "-"},
    }
)


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16, or the code page of old Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif _is_wide(data[1::2]):
        text = data.decode("utf-16-le", errors="replace")
    elif _is_wide(data[::2]):
        text = data.decode("utf-16-be", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if len(ODD.findall(text)) > len(text) * 0.02:
        raise Unreadable("binary")
    return text


def _is_wide(every_other: bytes) -> bool:
    """UTF-16 without a mark: every other byte is nothing."""
    return len(every_other) > 10 and every_other.count(0) > 0.8 * len(every_other)


def cleaned(text: str) -> str:
    """Whole letters, line ends of one kind, no signs that only guide the setting."""
    text = ENDS.sub("\n", unicodedata.normalize("NFC", text))
    text = UNSEEN.sub("", text).translate(LIGATURES)
    return BULLET.sub(r"\1- ", text)
