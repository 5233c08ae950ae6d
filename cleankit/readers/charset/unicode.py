"""Unicode in bytes: byte order marks, UTF-8 that is nearly whole, UTF-16 and UTF-32 unmarked."""

from __future__ import annotations

import codecs
import re
from itertools import islice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def marked(data: bytes) -> tuple[str, str] | None:
    """The text and the charset that a byte order mark names, or None if there is no mark.

    Bytes that the charset has no text for become U+FFFD; a mark before text that is plainly of
    another charset is no mark.
    """
    for mark, charset in _MARKS:
        if not data.startswith(mark):
            continue
        body = data[len(mark) :]
        try:
            return body.decode(charset), charset
        except UnicodeDecodeError:
            pass
        if charset == "utf-8":
            almost = nearly_utf8(body, certain=True)
            if almost is not None:
                return almost, charset
        elif not charset.startswith("utf-32"):
            text = body.decode(charset, "replace")
            if text.count("\ufffd") * 50 <= len(text) + 49:
                return text, charset
    return None


_LOOKED_AT = 4096
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\0\t\n\r"


def unmarked(data: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32 without a mark, told from where its NUL bytes stand; or None.

    Text in these charsets has NUL in the same place of nearly every unit that is ASCII, and text
    in any other charset has none. Plain ASCII with a NUL here and there is that, and damaged.
    """
    head = data[:_LOOKED_AT]
    if not head.translate(None, _PRINTABLE) and head.count(0) * 4 <= len(head):
        return None
    nuls = [head[offset::4].count(0) for offset in range(4)]
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    units = max(1, len(head) // 4)
    if len(data) % 4 == 0 and sum(nuls) >= 2 * units:
        order: tuple[str, ...] = (
            ("utf-32-le", "utf-32-be") if nuls[3] > nuls[0] else ("utf-32-be", "utf-32-le")
        )
    elif odd >= 9 * even:
        order = ("utf-16-le",)
    elif even >= 9 * odd:
        order = ("utf-16-be",)
    else:
        return None
    for charset in order:
        try:
            text = data[: len(data) - len(data) % 2].decode(charset)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text, 0, _LOOKED_AT):
            return text, charset
    return None


def is_accidental(text: str) -> bool:
    """True if text of one or two characters beyond ASCII has each of them beside a letter of ASCII
    though it is itself a letter of a script other than Latin, which no writing system does.
    """
    found = False
    for match in _SOUND.finditer(text):
        beside = text[max(0, match.start() - 1) : match.end() + 1].replace(match[0], "")
        foreign = match[0].isalpha() and match[0] > "\u036f"
        if not foreign or not any(map(str.isalpha, beside)) or not beside.isascii():
            return False
        found = True
    return found


_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffe\uffff]")
# So much of long data shows whether it is UTF-8 at all.
_HEAD = 8_192
_STRAY = re.compile("[\udc80-\udcff]+")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf]{3}")
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_SOUND = re.compile("[^\x00-\x7f\udc80-\udcff]")
# A line of UTF-8 has so many characters of it; so many bytes of another charset may be one by
# chance; and UTF-8 is at least one of so many characters.
_WITNESSES, _FEW, _SHARE = 3, 8, 20
# Bytes of sound sequences, but for their first ones, that outweigh a broken sequence.
_PROOF = 8
# Bytes of cp1252 that are punctuation wherever they stand alone in UTF-8 text.
_PUNCTUATION = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa9\xab\xae\xb0\xb7\xbb")


def nearly_utf8(data: bytes, *, certain: bool = False) -> str | None:
    """Text from bytes that are UTF-8 but for a few, or None where that is not plain.

    A sequence cut off at either end of the data, and bytes that cannot be told, become U+FFFD. A
    lone byte is read as cp1252 where that is certain: punctuation, or a letter within a word whose
    byte begins no sequence of this text (so that it is not one whose rest was lost).

    Args:
        data: bytes that are not wholly UTF-8.
        certain: something else says that it is UTF-8, so that less proof is needed.
    """
    if len(data) > 2 * _HEAD:
        head = data[:_HEAD].decode("utf-8", "surrogateescape")
        if sum(map(len, _STRAY.findall(head))) > max(50, len(_SOUND.findall(head))):
            return None
    text = data.decode("utf-8", "surrogateescape")
    strays = _STRAY.findall(text)
    sound = len(_SOUND.findall(text))
    if len(strays) == 1 and sound and _is_cut_off(text):
        return _STRAY.sub("\ufffd", text)
    broken = sum(len(stray) for stray in strays)
    if 2 * broken > sound if certain else _PROOF * _sequences(strays) > _weight(text):
        return None
    leads = {character.encode()[0] for character in set(_SOUND.findall(text))}

    def mended(match: re.Match[str]) -> str:
        stray = match[0].encode("utf-8", "surrogateescape")
        if len(stray) == 1:
            byte = stray[0]
            beside = (
                text[max(0, match.start() - 1) : match.start()]
                + text[match.end() : match.end() + 1]
            )
            letter = byte >= 0xC0 and byte not in leads and byte not in b"\xc2\xc3\xd7\xe2\xf7"
            if byte in _PUNCTUATION or (letter and beside.isascii() and beside.isalpha()):
                return stray.decode("cp1252")
        return stray.decode("utf-8", "replace")

    return _STRAY.sub(mended, text)


def _sequences(strays: list[str]) -> int:
    """How many sequences the stray bytes are the remains of."""
    raw = "a".join(strays).encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace").count("\ufffd")


def _weight(text: str) -> int:
    """How much the sound sequences of a text prove: the longer one is, the less it is chance."""
    return sum(len(each.encode()) - 1 for each in _SOUND.findall(text))


def without_surrogates(data: bytes) -> bytes:
    """UTF-8 in which characters beyond U+FFFF do not stand as two surrogates (CESU-8, Unicode
    Technical Report 26): some databases and programs write emoji so."""
    return _PAIR.sub(_joined, data) if b"\xed" in data else data


def _joined(pair: re.Match[bytes]) -> bytes:
    units = pair[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le").encode("utf-8")


def foreign_lines(data: bytes) -> list[int]:
    """The numbers of the lines that are in another charset, where the rest is in UTF-8.

    Text that was put together from several sources is so. The lines of one source hold UTF-8 alone
    and enough of it, those of the other hold none, and their bytes are no remains of it.

    Args:
        data: bytes that are not wholly UTF-8.

    Returns:
        None of them unless that is plain.
    """
    if sum(1 for _ in islice(_SEQUENCE.finditer(data), _WITNESSES)) < _WITNESSES:
        return []
    foreign: list[int] = []
    bytes_there: list[bytes] = []
    leads: set[int] = set()
    witnesses = most = 0
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")):
        if line.isascii():
            continue
        sound = _SOUND.findall(line)
        strays = "".join(_STRAY.findall(line)).encode("utf-8", "surrogateescape")
        if not strays:
            witnesses += len(sound)
            most = max(most, len(sound))
            leads.update(character.encode()[0] for character in set(sound))
        elif len(sound) * _FEW <= len(strays):
            foreign.append(number)
            bytes_there.append(strays)
    other = b"".join(bytes_there)
    if most < _WITNESSES or witnesses * _SHARE < len(other) or len(set(other)) < _WITNESSES:
        return []
    remains = bytes(leads) + bytes(range(0x80, 0xC0))
    return foreign if 2 * len(other.translate(None, remains)) > len(other) else []


def _is_cut_off(text: str) -> bool:
    """True if all that is stray in a text is a sequence begun at its end, or ended at its start."""
    tail = text[-3:].lstrip("".join(map(chr, range(0x80)))) if text else ""
    stray = _STRAY.search(text)
    if stray is None:
        return False
    raw = stray[0].encode("utf-8", "surrogateescape")
    if stray.end() == len(text) and tail.endswith(stray[0]):
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            return decoder.decode(raw) == ""
        except UnicodeDecodeError:
            return False
    return stray.start() == 0 and len(raw) <= 3 and all(0x80 <= byte < 0xC0 for byte in raw)
