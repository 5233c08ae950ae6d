"""Taking out of sight what in a link identifies or authorises a subscriber.

`redact` puts `REDACTED` in the place of such values in one address: the link still says where it
led. `mask` hides them in the ledger, character for character, so that every position in a record
stays true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from cleankit.edits import Edit, Step
from cleankit.links import finding, identity, purposes, secrets, trackers, wrappers
from cleankit.links.address import Address, parse
from cleankit.links.identity import NOBODY, REDACTED, SHORTEST_PAYLOAD, Recipients
from cleankit.rules import load

# The shortest value that a path is searched for: in `/u/123456` it is a number of six digits.
_SHORTEST_IDENTIFIER = 6
# What is not seen as it stands: soft line breaks (RFC 2045, section 6.7), character references, and
# characters that are cut later (UAX #44, Default_Ignorable_Code_Point; those of one plane).
_HIDDEN = re.compile(
    r"=\r?\n|&#(?:x[0-9A-Fa-f]{1,6}|\d{1,7});"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_DELIMITED = re.compile(r"([/?&#])")
# Such as `;jsessionid=` (RFC 3986, section 3.3).
_PATH_PARAMETER = re.compile(r";([\w-]{1,64})=([^;/]+)")
_SEPARATED = re.compile(r"([&;?])")
_FOLLOWING = 2
_DEEPEST = 3
_ADDRESS_INSIDE = re.compile(r"(?<==)https?%3[aA]%2[fF]%2[fF][^&;]+")
_SLUG = re.compile(r"(?:[a-z]{2,20}-){2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_BETWEEN = re.compile(r"[-_+~]")
_WORD_OR_NUMBER = re.compile(r"[A-Z]?[a-z]{4,}|\d{5,}")
_WORD = re.compile(r"\w")
_PADDING = re.compile(r"={1,2}(?![^/?&=#;\s<>\"()\[\]])")
_RETURN_PATH = re.compile(r"=[\w-]{1,63}\.\w")
_VALUE = re.compile(r"[^/?&=#;\s<>\"()\[\]]+")
_TOKEN = re.compile(r"[\w%+~=-]{20,}")
_WORDS_OF_MAILTO = re.compile(r"(%20|[:+ _,;|]|%3A|%2C)", re.IGNORECASE)
_PIECES_OF_LOCAL_PART = re.compile(r"([+=_.-])")


# What the name of a parameter says of its value: that it is the reader's; that it is unless it is a
# word; that it is where it looks random; that it is where it looks random and the address counts
# opens; that it may be a signature, or the key of a program.
_ITS_NAME, _UNLESS_WORD, _IF_RANDOM, _IF_COUNTED, _MAY_SIGN = range(1, 6)
_OF_PROGRAMS = re.compile(r"/(?:api|v\d{1,2}|\d\.\d)/")
_LONGEST_WORD = 10
_MARKS_IN_NAME = re.compile(r"[-_. ]")


class _Tables(NamedTuple):
    kinds: dict[str, int]
    folded: dict[str, int]
    endings: tuple[str, ...]
    signatures: tuple[tuple[str, frozenset[str]], ...]
    acting: dict[str, str]
    before: frozenset[str]
    follows: Callable[[str], re.Match[str] | None]
    of_messages: frozenset[str]
    of_versions: frozenset[str]
    archives: frozenset[str]
    of_programs: frozenset[str]
    of_addresses: frozenset[str]


def redact(address: Address, recipients: Recipients = NOBODY, depth: int = 0) -> Address:
    """The address with `REDACTED` for every value that identifies or authorises the reader.

    It is the same object if there is none.

    Args:
        address: the parts of a web address.
        recipients: the addresses that the message was sent to.
        depth: of how many addresses it is a parameter.
    """
    scheme, authority, path, query, fragment, host = address
    rest = path + query + fragment if query or fragment else path
    if recipients.runs and not recipients.named_in(rest):
        recipients = NOBODY
    telling = recipients is not NOBODY or identity.may_tell(rest)
    acting = ""
    follows = False
    shown = address
    if "\\" in path:
        # A browser takes a backslash for a slash (WHATWG URL, path state).
        path = path.replace("\\", "/")
        shown = address._replace(path=path)
    if is_random := identity.random_looking(rest):
        acting = _tables().acting.get(purposes.of_address(shown), "")
        if acting and not _tables().of_versions.isdisjoint(path.split("/")):
            acting = ""
        follows = _tables().follows(path) is not None
    if ";" in path:
        path = _PATH_PARAMETER.sub(_redacted_parameter, path)
    if telling or acting or follows:
        path = _redacted_path(path, host, "path" in acting, recipients, follows)
    if query:
        is_key: Callable[[str], bool] | None = None
        if "query" in acting:
            is_key = identity.random_looking
        elif follows and (
            REDACTED in path or path.rstrip("/").rpartition("/")[2].lower() in _tables().before
        ):
            is_key = _is_key
        query = _redacted_query(address, telling, is_key, recipients)
        if depth < _DEEPEST and "%3" in query:
            query = _ADDRESS_INSIDE.sub(partial(_redacted_inside, recipients, depth + 1), query)
    if fragment and path.rpartition("/")[2] in _tables().of_addresses:
        fragment = f"#{REDACTED}"
    elif len(fragment) > _SHORTEST_IDENTIFIER:
        fragment = _redacted_fragment(fragment, "path" in acting, recipients)
        if depth < _DEEPEST and "%3" in fragment:
            inside = partial(_redacted_inside, recipients, depth + 1)
            fragment = _ADDRESS_INSIDE.sub(inside, fragment)
    if "@" in authority:
        user, _, site = authority.rpartition("@")
        if ":" in user:
            authority = f"{REDACTED}:{REDACTED}@{site}"
        elif identity.tells(user, recipients) or _token_like(user):
            authority = f"{REDACTED}@{site}"
    if "\\" in address.path and path == address.path.replace("\\", "/"):
        path = address.path
    if (authority, path, query, fragment) != address[1:5]:
        address = Address(scheme, authority, path, query, fragment, host)
    if is_random:
        url = str(address)
        if (plain := secrets.hidden(url, is_link=True)) != url:
            return parse(plain) or address
    return address


def redact_acting(url: str) -> str:
    """A web address that acts for the reader, as the words of its link say, without the tokens in
    it, in whatever place. A number is none: it may name an article."""
    address = parse(url)
    if address is None:
        return url
    segments = address.path.split("/")
    if not _tables().of_versions.isdisjoint(segments):
        return url
    path = "/".join(map(_hidden_token, segments))
    query, fragment = map(_hidden_tokens, address[3:5])
    if (path, query, fragment) == address[2:5]:
        return url
    return str(address._replace(path=path, query=query, fragment=fragment))


def _hidden_tokens(fields: str) -> str:
    """A query or a fragment without the tokens in it."""
    if len(fields) <= SHORTEST_PAYLOAD:
        return fields
    parts = _DELIMITED.split(fields)
    for index in range(0, len(parts), 2):
        name, equals, value = _field(parts[index])
        parts[index] = name + equals + _hidden_token(value) if equals else _hidden_token(name)
    return "".join(parts)


def _hidden_token(value: str) -> str:
    if len(value) < SHORTEST_PAYLOAD or value.isdigit() or not identity.random_looking(value):
        return value
    return value if _SLUG.match(value) else REDACTED


def redact_bare(url: str, recipients: Recipients = NOBODY) -> str:
    """As `redact`, of an address with another scheme than the web's, or without one."""
    prefix, rest = finding.without_prefix(url)
    address = parse(f"https://{rest}")
    if address is None:
        return url
    redacted = redact(address, recipients)
    return url if redacted is address else prefix + str(redacted).removeprefix("https://")


def _redacted_parameter(parameter: re.Match[str]) -> str:
    name, value = parameter.groups()
    return f";{name}={REDACTED}" if holds_reader(name, value) else parameter[0]


def _redacted_path(
    path: str, host: str, acting: bool, recipients: Recipients, follows: bool
) -> str:
    tables = _tables()
    segments = path.split("/")
    after = 0
    of_message = not tables.of_messages.isdisjoint(segments)
    if not of_message and "@" in path:
        is_archive = not tables.archives.isdisjoint(host.split("."))
        of_message = all(
            segment[:3].upper() == "%3C" or (is_archive and _is_of_archive(segment, host))
            for segment in segments
            if "@" in segment
        )
    changed = False
    for index, segment in enumerate(segments):
        if follows:
            after = _reach(segment, after)
        if len(segment) < _SHORTEST_IDENTIFIER or segment == REDACTED:
            continue
        if index and segments[index - 1] in tables.of_versions:
            continue
        tells = (
            recipients.named_in if of_message else partial(identity.tells, recipients=recipients)
        )
        if (
            tells(segment)
            or (acting and identity.random_looking(segment) and not _SLUG.match(segment))
            or (after and _is_key(segment))
        ):
            segments[index] = REDACTED
            changed = True
    return "/".join(segments) if changed else path


def _is_of_archive(segment: str, host: str) -> bool:
    """Whether an address in the path of an archive is its list's, or identifies a message."""
    local, _, domain = unquote(segment).rpartition("@")
    is_identifier = identity.random_looking(local) and _RETURN_PATH.search(local) is None
    return domain.lower() == host or is_identifier


def _redacted_inside(recipients: Recipients, depth: int, inside: re.Match[str]) -> str:
    """An address that is the value of a parameter, percent-encoded, without what gives away."""
    address = parse(unquote(inside[0]))
    if address is None:
        return inside[0]
    redacted = redact(address, recipients, depth)
    return inside[0] if redacted is address else quote(str(redacted), safe="")


def _reach(segment: str, after: int) -> int:
    """How many segments from this one on may be a token, for a word that stands before them."""
    before = _tables().before
    if segment.lower() in before:
        return 1 + _FOLLOWING
    if segment.partition("-")[0].lower() in before:
        return max(1, after - 1)
    return max(0, after - 1)


def _is_key(segment: str) -> bool:
    """Whether a part of a path is a key and no words: of a slug some part is a word or a number."""
    stem = segment.partition(".")[0]
    word, _, rest = stem.partition("-")
    if word.lower() in _tables().before:
        stem = rest
    if _UUID.fullmatch(stem):
        return True
    return _token_like(stem) and not any(map(_WORD_OR_NUMBER.fullmatch, _BETWEEN.split(stem)))


def _redacted_query(
    address: Address,
    telling: bool,
    is_key: Callable[[str], bool] | None,
    recipients: Recipients,
) -> str:
    query = address.query
    if ";" in query or "?" in query[1:]:
        # Another separator (HTML 4.01, appendix B.2.2); a parameter set behind a query.
        fields = _SEPARATED.split(query[1:])
        separators = fields[1::2]
        fields = fields[::2]
    else:
        fields = query[1:].split("&")
        separators = ["&"] * (len(fields) - 1)
    pairs = [_field(part) for part in fields]
    named = _named(address, pairs)
    if not (telling or is_key or named):
        return query
    if any(map(names_reader, named)):
        # Random values beside one that names the reader sign it.
        is_key = identity.random_looking
    parts: list[str] = []
    for name, equals, value in pairs:
        secret = value if equals else name
        if secret != REDACTED and (
            (value and name in named)
            or (
                telling
                and len(secret) >= _SHORTEST_IDENTIFIER
                and identity.tells(secret, recipients)
            )
            or (is_key is not None and is_key(secret))
        ):
            parts.append(name + equals + REDACTED if equals else REDACTED)
        elif equals and recipients is not NOBODY and recipients.named_in(name + equals + value):
            parts.append(REDACTED)
        else:
            parts.append(name + equals + value)
    return "?" + "".join(map("".join, zip(parts, [*separators, ""], strict=True)))


def _field(text: str) -> tuple[str, str, str]:
    """A field of a query, its sign and its value: without a sign where `=` only pads a payload."""
    field = text.partition("=")
    if field[1] and len(field[0]) >= SHORTEST_PAYLOAD and not field[2].strip("="):
        return text, "", ""
    return field


def _redacted_fragment(fragment: str, acting: bool, recipients: Recipients) -> str:
    parts = _DELIMITED.split(fragment)
    for index in range(0, len(parts), 2):
        if recipients.runs and recipients.spans(parts[index]):
            parts[index] = REDACTED
            continue
        name, equals, value = _field(parts[index])
        if not equals:
            name, value = "", name
        if len(value) < _SHORTEST_IDENTIFIER or value == REDACTED:
            continue
        if (
            holds_reader(name, value)
            or identity.tells(value, recipients)
            or (acting and identity.random_looking(value))
        ):
            parts[index] = f"{name}={REDACTED}" if equals else REDACTED
    return "".join(parts)


def _acts(address: Address) -> bool:
    """Whether an address is for something that random values in it let its holder do."""
    return purposes.of_address(address) in _tables().acting


@lru_cache(4096)
def _kind(name: str) -> int:
    """What a name says: as it is listed, or so but for its marks (`authToken`, `user[auth-token]`),
    or by how it ends."""
    tables = _tables()
    name = unquote(name).lower()
    if name in tables.kinds:
        return tables.kinds[name]
    inner = name.removesuffix("]").rpartition("[")[2]
    folded = _MARKS_IN_NAME.sub("", inner)
    if folded in tables.folded:
        return tables.folded[folded]
    return _IF_RANDOM if folded.endswith(tables.endings) else 0


def names_reader(name: str) -> bool:
    """Whether a parameter of this name holds what identifies or authorises the reader."""
    return 0 < _kind(name) <= _UNLESS_WORD


def holds_reader(name: str, value: str) -> bool:
    """Whether a parameter identifies or authorises the reader: by its name, or by its name for a
    value that looks random."""
    kind = _kind(name)
    return _is_readers(kind, value) or (kind == _IF_RANDOM and identity.random_looking(value))


def _is_readers(kind: int, value: str) -> bool:
    if kind == _UNLESS_WORD:
        is_word = value.isalpha() and value.islower() and len(value) <= _LONGEST_WORD
        return not is_word and len(value) > 1
    return kind == _ITS_NAME


def _named(address: Address, pairs: list[tuple[str, str, str]]) -> list[str]:
    """The names of the parameters that hold what identifies or authorises the reader."""
    named: list[str] = []
    signs = False
    for name, _, value in pairs:
        kind = _kind(name) if value else 0
        if kind == _MAY_SIGN:
            signs = True
        elif _is_readers(kind, value) or (
            kind > _UNLESS_WORD
            and identity.random_looking(value)
            and (kind == _IF_RANDOM or purposes.counts_opens(address))
        ):
            named.append(name)
    return named + _signatures(address, pairs) if signs else named


def _signatures(address: Address, pairs: list[tuple[str, str, str]]) -> list[str]:
    """The signatures and keys whose names are too common to tell alone: told by what they sign, or
    by an address that programs ask."""
    tables = _tables()
    names = {name.lower(): name for name, _, _ in pairs}
    found = [
        names[name]
        for name, beside in tables.signatures
        if name in names and beside <= names.keys()
    ]
    if address.host.startswith("api.") or _OF_PROGRAMS.search(address.path):
        found += [
            name
            for name, _, value in pairs
            if name.lower() in tables.of_programs and _token_like(value)
        ]
    return found


def redact_mailto(url: str, recipients: Recipients = NOBODY) -> str:
    """A `mailto:` link; one that leaves a list loses what names the reader in it.

    The sender's own address stays. A variable envelope return path (`leave-reader=example.com@…`)
    loses the reader's part.
    """
    for start, end in reversed(recipients.spans(url)):
        url = url[:start] + REDACTED + url[end:]
    if purposes.of_mailto(url) != "unsubscribe":
        return url
    scheme, _, rest = url.partition(":")
    address, question, query = rest.partition("?")
    local, at, domain = address.rpartition("@")
    pieces = _PIECES_OF_LOCAL_PART.split(local)
    if "=" in pieces:
        sign = pieces.index("=")
        pieces = [*pieces[: max(sign - 1, 0)], REDACTED]
    local = "".join(_hidden_word(piece) for piece in pieces)
    fields = query.split("&") if question else []
    for index, field in enumerate(fields):
        name, equals, value = field.partition("=")
        words = _WORDS_OF_MAILTO.split(value)
        fields[index] = name + equals + "".join(_hidden_word(word) for word in words)
    return f"{scheme}:{local}{at}{domain}{question}{'&'.join(fields)}"


def _hidden_word(word: str) -> str:
    return REDACTED if identity.random_looking(word) or identity.tells(word) else word


def mask(text: str, recipients: frozenset[str] = frozenset()) -> str:
    """The text with addresses and tokens masked by `*`; as long as it was.

    More is masked than is redacted in text: every address, every long token, and in links all that
    a mailing service or a tracker may know the reader by.

    Args:
        text: any text.
        recipients: addresses that the message was sent to.
    """
    if len(text) < _SHORTEST_IDENTIFIER:
        return text
    readers = Recipients.of(recipients)
    spans = sorted([*_secrets(text, readers), *_interrupted(text, readers)])
    if not spans:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        if end <= position:
            continue
        start = max(start, position)
        pieces += (text[position:start], _WORD.sub("*", text[start:end]))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _secrets(text: str, recipients: Recipients) -> Iterator[tuple[int, int]]:
    if "@" in text or "40" in text or "#64" in text:
        yield from identity.addresses(text)
    if recipients.runs:
        yield from recipients.spans(text)
    for start, end, _ in secrets.find(text):
        yield start, end
    taken = []
    if "://" in text:
        for link in finding.find(text):
            taken.append(link[:2])
            yield from _secrets_of_link(text, link.start, link.end, recipients)
            end = link.end
            if finding.may_go_on(text, link):
                while following := finding.NEXT_LINE.match(text, end):
                    end = following.end()
                    yield following.span(1)
    for link in finding.find_bare(text, taken):
        if redact_bare(link.url, recipients) != link.url:
            yield link[:2]
    for match in _TOKEN.finditer(text):
        if _token_like(match[0]) and match[0] != REDACTED:
            yield match.span()


def _interrupted(text: str, recipients: Recipients) -> Iterator[tuple[int, int]]:
    """The secrets that only show once the characters that nobody sees are gone, lines of
    quoted-printable are joined and character references are decoded."""
    if text.isascii() and not ("&#" in text or "=\n" in text or "=\r\n" in text):
        return
    if _HIDDEN.search(text) is None:
        return
    shown = identity.Shown.of(text, _HIDDEN)
    for start, end in _secrets(shown.text, recipients):
        yield shown.origin(start, end)


def _secrets_of_link(
    text: str, start: int, end: int, recipients: Recipients
) -> Iterator[tuple[int, int]]:
    url = text[start:end]
    address = parse(url)
    if address is None:
        return
    inside = wrappers.unwrap(url, address)
    served = _acts(address) or inside.url != url or inside.family
    rest = start + len(address.scheme) + len("://") + len(address.authority)
    name = ""
    for match in _VALUE.finditer(text, rest, end):
        value = match[0]
        if text[match.end() : match.end() + 1] == "=" and _PADDING.match(text, match.end()) is None:
            name = value
            continue
        if text[match.start() - 1] != "=":
            name = ""
        if value == REDACTED:
            continue
        if (
            holds_reader(name, value)
            or trackers.knows_reader(name, value)
            or _token_like(value)
            or identity.tells(value, recipients)
            or (served and len(value) >= 4 and any(map(str.isdigit, value)))
        ):
            yield match.span()


def _token_like(value: str) -> bool:
    """Whether a value is long and random, or looks so: a slug of words does not."""
    return len(value) >= SHORTEST_PAYLOAD and identity.random_looking(value)


def mask_edit(edit: Edit, recipients: frozenset[str] = frozenset()) -> Edit:
    """The edit with `mask` applied to all that it says of the text before.

    What was taken out of sight by the words around it is masked whole. A note stays as it is: what
    it speaks of stands in the text.
    """
    if edit.is_note:
        return edit._replace(note=mask(edit.note, recipients))
    steps: list[Edit | Step] = [edit, *edit.history]
    hidden = {
        step.before for step in steps if step.rule == "recipient" or step.rule in secrets.ids()
    }

    def masked(text: str) -> str:
        for each in hidden:
            text = text.replace(each, _WORD.sub("*", each))
        return mask(text, recipients)

    return edit._replace(
        before=masked(edit.before),
        note=mask(edit.note, recipients),
        history=tuple(
            Step(masked(step.before), masked(step.after), *step[2:]) for step in edit.history
        ),
    )


def mask_meta(meta: Any, key: str = "") -> Any:
    """The entries of `meta` with the random values of keys that are named for tokens masked, and
    the tokens in a way to leave the list, however deep.

    Args:
        meta: a mapping, or what stands in one.
        key: what it stands under.
    """
    if isinstance(meta, Mapping):
        return {name: mask_meta(inner, str(name).lower()) for name, inner in meta.items()}
    if isinstance(meta, list):
        return [mask_meta(inner, key) for inner in meta]
    if isinstance(meta, str):
        if "unsubscribe" in key:
            return mask(meta)
        name = key.removeprefix("x-").replace("-", "_")
        if holds_reader(name, meta) and identity.random_looking(meta):
            return _WORD.sub("*", meta)
    return meta


@cache
def _tables() -> _Tables:
    kinds: dict[str, int] = {}
    signatures: list[tuple[str, frozenset[str]]] = []
    acting: dict[str, str] = {}
    endings: list[str] = []
    before: set[str] = set()
    words: dict[str, set[str]] = {
        key: set()
        for key in (
            *("of_messages", "of_versions", "archives"),
            *("of_programs", "of_addresses"),
        )
    }
    for rule in load("links", "credentials"):
        fields = rule.fields
        for key, kind in (
            ("signature", _MAY_SIGN),
            ("counted", _IF_COUNTED),
            ("of_programs", _MAY_SIGN),
            ("random", _IF_RANDOM),
            ("made", _UNLESS_WORD),
            ("names", _ITS_NAME),
            ("of_pages", 0),
        ):
            for name in fields.get(key, ()):
                kinds[name] = kind
        signed = frozenset(fields.get("beside", ()))
        signatures += [(name, signed) for name in fields.get("signature", ())]
        for purpose in fields.get("purposes", ()):
            acting[purpose] = fields["where"]
        endings += fields.get("endings", ())
        before.update(fields.get("before", ()))
        for key, known in words.items():
            known.update(fields.get(key, ()))
    return _Tables(
        kinds,
        {_MARKS_IN_NAME.sub("", name): kind for name, kind in kinds.items()},
        tuple(endings),
        tuple(signatures),
        acting,
        frozenset(before),
        re.compile(f"/(?:{'|'.join(sorted(before))})(?:[/-]|\\Z)").search,
        **{key: frozenset(known) for key, known in words.items()},
    )
