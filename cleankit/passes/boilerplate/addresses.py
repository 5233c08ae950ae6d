"""Postal addresses, told by their shape: street, number, postcode, city, country.

Postcodes by country after the Universal Postal Union's "Postal addressing systems"; words for
streets as senders write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.passes.boilerplate.alternatives import by_letter

LONGEST_SEGMENT = 60
"""Characters of a part of an address."""

SENTENCES = 2
"""So many sentences that go on are none of an address."""

LONGEST = 260
"""Characters: a footer's address is shorter."""

_SENTENCE = re.compile(r"[a-z]{3}[.!?] (?=[A-Z])")
_STREETS = r"""
    street st avenue ave av road rd blvd boulevard lane ln drive dr way parkway pkwy square sq
    plaza place pl court ct highway hwy broadway circle terrace quay house building tower centre
    center alley row mews wharf park stra(?:ß|ss)e gasse allee platz weg ufer kai rue all[ée]e
    chemin quai cours impasse faubourg calle paseo plaza rambla carrer avenida alameda camino
    campus edificio edif[íi]cio pol[íi]gono rua travessa estrada pra[çc]a via viale piazza
    piazzale corso contrada strada localit[àa] vicolo largo ul al aleja plac rynek gatan v[äa]gen
    vej gade gate veien katu utca n[áa]m[ěe]st[íi] ulice t[řr][íi]da bulevardul caddesi cad sokak
    sok mah mahallesi bulvar[ıi] ulitsa prospekt улица ул проспект просп пр наб пер бульвар б-р
    площадь пл шоссе вулиця вул
"""
# Of languages that write such a word and its name as one.
_STREET_ENDS = r"""
    stra(?:ß|ss)e str\. platz weg allee gasse ring damm ufer straat laan plein gracht kade singel
    gatan v[äa]gen vej gade gata stien utca ufer
"""
# Of a text in lower case: alternatives are passed over far faster than those that ignore case.
_STREET = re.compile(
    rf"\b(?:{by_letter(_STREETS.split())})\b"
    rf"|(?<=\w{{3}})(?:{by_letter(_STREET_ENDS.split())})\b"
    r"|[路街號号巷]|丁目|番地|[로길] ?\d"
)
# Likewise.
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? box|post office box|pmb|postfach|bo[iî]te postale|b\.?p\.?|apartado|casella "
    r"postale|skrytka|box|suite|ste|unit|floor|fl|level|apt|#) ?(?:#|no\.? ?)?\d"
    r"|\d(?:st|nd|rd|th) (?:floor|fl)\b"
    r"|\b(?:one|two|three) [a-z]+ (?:center|centre|square|place|plaza)"
)
# What each of its forms begins with comes first.
_POSTCODE = re.compile(
    r"(?=[A-Z\d])(?:"
    r"\b[A-Z]{2}\.?,? +\d{5}(?:-\d{4})?\b"  # United States
    r"|\b[A-Z][a-z]+,? +\d{5}-\d{4}\b"
    r"|\b\d{5} [A-ZÀ-Ý][\w' -]{2,40} C(?:edex|EDEX)\b"  # France
    r"|\bD\.?C\.?,? +\d{5}\b"
    r"|\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"  # United Kingdom
    r"|\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b"  # Canada
    r"|\b[A-Z]\d{2} [A-Z\d]{4}\b"  # Ireland
    r"|\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{4}\b"  # Australia
    r"|\d{3}-\d{4}\b"  # Japan
    r"|\b\d{5}-\d{3}\b"  # Brazil
    r"|\b\d{4}-\d{3} [^\W\d_a-z]"  # Portugal
    r"|\b\d{2}-\d{3} [A-ZŁŚŻ]"  # Poland
    r"|\b\d{4} ?[A-Z]{2}\b"  # Netherlands
    r"|\b\d{3} \d{2} [A-ZÅÄÖČŘŠŽ])"  # Sweden, Czechia, Slovakia, Greece
)
# A number and a word may be a postcode and its city, or anything else.
_CITY = re.compile(
    r"(?=[A-Z\d 가-힣])(?:"
    r"\b(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d\b)\d{4,6},? [^\W\d_a-z][^\W\d_]+"  # before its city
    r"|(?<=[^\W\d_]{3}) (?!(?:19|20)\d\d\b)\d{4,6}\b"  # after its city
    r"|\b\d{3} ?[\u4e00-\u9fff]{2,3}[市縣]"  # Taiwan
    r"|[가-힣](?:시|도) [가-힣]{1,4}[시군구] )"  # Korea
)
_COUNTRY = re.compile(
    r"\b(?:USA|U\.S\.A\.?|United States|UK|United Kingdom|England|Scotland|Wales|Ireland|Canada|"
    r"Australia|New Zealand|India|Singapore|Germany|Deutschland|France|Spain|España|Italy|Italia|"
    r"Portugal|Brasil|Brazil|Netherlands|Nederland|Belgium|België|Belgique|Switzerland|Schweiz|"
    r"Suisse|Austria|Österreich|Poland|Polska|Sweden|Sverige|Norway|Norge|Denmark|Danmark|Finland|"
    r"Suomi|Israel|Japan|China|Korea|Türkiye|Turkey|Россия|México|Mexico|Argentina|Chile|Colombia|"
    r"South Africa|Hong Kong|Taiwan|Estonia|Latvia|Lithuania|Czech Republic|Luxembourg)\b"
    r"|\b(?:г|гр|с|м)\. ?[А-ЯІЇЄ]|日本|中国|대한민국|東京都|北京市|上海市|서울"
)
# A line or a segment that is a name and a house's number, whatever a country calls its streets.
_HOUSE = re.compile(
    r"(?:^|[,|•·\n])[ \t]*(?:[^\W\d_a-z][^\W\d_]+[ .'’\w-]{0,40}?,? (?:n[.°º]? ?)?\d{1,4}"
    r"(?:[ /-]?[a-zA-Z]|[/-]\d{1,4})?|\d{1,4}(?: (?:bis|ter))?[a-zA-Z]?,? [^\W\d_a-z][^\W\d_]{2,}"
    r"[ .'’\w-]{0,40}?)[ \t]*(?=[,|•·\n]|\Z)",
)
_NUMBER = re.compile(r"\d")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?\d{4}\b|^by\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(\d{3}\) ?\d{3}|\+\d{1,3}[ -]?\(?\d{2}")
# A telephone with its label, as it stands behind an address in one line.
_CALL = re.compile(
    r"[\s,;|•·-]*\b(?:tel|tél|telefono?|teléfono|telefone|téléphone|phone|fax|mob)\b\.?:? ?"
    r"[+(]?\d[\d ()/.–-]{5,20}\d(?: ?(?:ext|x|poste|int)\.? ?\d{1,5})?",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|you|we|they|me|my|this|for|join|"
    r"can|being|an?(?= )|that|how|why|what|look|after|over|into|than|by|"
    r"call|write|come|bring|before|until|"
    r"at \d)\b",
    re.IGNORECASE,
)


def is_address(text: str, *, in_row: bool = False) -> bool:
    """True if a line, or the lines of a unit, is a postal address and nothing more.

    Args:
        text: the visible text of the unit, in its own case.
        in_row: it is one of several segments, so that part of an address is enough.
    """
    if not 8 <= len(text) <= LONGEST or not _NUMBER.search(text):
        return False
    text = _CALL.sub("", text)
    if _DATE.search(text) or _PHONE.search(text) or len(_SENTENCE.findall(text)) >= SENTENCES:
        return False
    found = evidence(text)
    if _PROSE.search(text):
        return found >= 4
    if found == 1 and _CITY.search(text) and _HOUSE.search(text):
        return True
    return found >= (1 if in_row and len(text) <= LONGEST_SEGMENT else 2)


def evidence(text: str) -> int:
    """How many parts of an address a text has; a postcode that is none but that counts twice."""
    lowered = text.lower()
    return (
        bool(_STREET.search(lowered))
        + bool(_BOX.search(lowered))
        + (2 * bool(_POSTCODE.search(text)) or bool(_CITY.search(text)))
        + bool(_COUNTRY.search(text))
    )


def is_block(lines: Sequence[str]) -> bool:
    """True if lines that stand together hold an address over some of them.

    Args:
        lines: what a reader sees of each, in its own case.
    """
    text = "\n".join(lines)
    if not _NUMBER.search(text) or len(text) > 2 * LONGEST:
        return False
    if not (_POSTCODE.search(text) or _CITY.search(text)):
        return False
    house = _HOUSE.search(text) is not None and not _STREET.search(text.lower())
    return evidence(text) + house >= 2
