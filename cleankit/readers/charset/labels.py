"""Names of charsets: the labels that messages use, and the codec that each of them means.

After the WHATWG Encoding Standard, section 4.2, "Names and labels": a label means what the software
that wrote it meant, which often is a superset of what it says (iso-8859-1 means windows-1252,
gb2312 means gb18030). Labels that the standard lacks and mail has (cp850, utf-7, x-mac-roman ...)
are added, or looked up among Python's own names.
"""

from __future__ import annotations

import codecs
import re

# Python's name of the codec, then its labels with all but letters and digits taken out.
_LABELS = """
utf-8: utf8 unicode11utf8 unicode20utf8 xunicode20utf8 unicodeutf8 csutf8 u8 utf8mb4 utf8n
utf-16: utf16 csutf16 unicode csunicode iso10646ucs2 ucs2 utf16bom
utf-16-be: utf16be unicodefffe
utf-16-le: utf16le unicodefeff
utf-32: utf32 ucs4 iso10646ucs4
utf-7: utf7 unicode11utf7 csutf7 xunicode20utf7
ascii: ascii usascii ansix341968 ansix341986 iso646us iso646irv iso646irv1991 iso646 us ibm367 cp367
    csascii isoir6 7bit
cp1252: cp1252 windows1252 xcp1252 ansi 1252 iso88591 iso885911987 isoir100 l1 latin1 csisolatin1
    ibm819 cp819 latin iso8859 isolatin1 88591 8859 we8iso8859p1 win1252 ansi1252 8bit
cp1250: cp1250 windows1250 xcp1250 1250 win1250
cp1251: cp1251 windows1251 xcp1251 1251 win1251 win ansi1251
cp1253: cp1253 windows1253 xcp1253 1253 win1253
cp1254: cp1254 windows1254 xcp1254 1254 win1254 iso88599 iso885991989 isoir148 l5 latin5
    csisolatin5 88599
cp1255: cp1255 windows1255 xcp1255 1255 win1255
cp1256: cp1256 windows1256 xcp1256 1256 win1256
cp1257: cp1257 windows1257 xcp1257 1257 win1257
cp1258: cp1258 windows1258 xcp1258 1258 win1258
cp874: cp874 windows874 dos874 874 tis620 tis62025331 iso885911 iso8859112001 thai iso8859111
    xwindows874
iso8859-2: iso88592 iso885921987 isoir101 l2 latin2 csisolatin2 88592
iso8859-3: iso88593 iso885931988 isoir109 l3 latin3 csisolatin3
iso8859-4: iso88594 iso885941988 isoir110 l4 latin4 csisolatin4
iso8859-5: iso88595 iso885951988 isoir144 cyrillic csisolatincyrillic
iso8859-6: iso88596 iso885961987 isoir127 arabic csisolatinarabic asmo708 ecma114 iso88596e
    iso88596i csiso88596e csiso88596i
iso8859-7: iso88597 iso885971987 isoir126 greek greek8 csisolatingreek ecma118 elot928
    suneugreek
iso8859-8: iso88598 iso885981988 isoir138 hebrew csisolatinhebrew iso88598e iso88598i csiso88598e
    csiso88598i logical visual
iso8859-10: iso885910 iso8859101992 isoir157 l6 latin6 csisolatin6
iso8859-13: iso885913 latin7 l7
iso8859-14: iso885914 iso8859141998 isoir199 latin8 l8
iso8859-15: iso885915 csisolatin9 l9 latin9 latin0
iso8859-16: iso885916 isoir226 latin10 l10
koi8-r: koi8r koi8 koi cskoi8r
koi8-u: koi8u koi8ru
mac_roman: macintosh mac macroman xmacroman xmacintosh csmacintosh applemacroman
mac_cyrillic: maccyrillic xmaccyrillic xmacukrainian macukrainian
mac_greek: macgreek xmacgreek
mac_turkish: macturkish xmacturkish
mac_latin2: maclatin2 xmacce xmaccentraleurroman maccentraleurope macce
cp437: cp437 ibm437 437 cspc8codepage437 oem437 dos437
cp775: cp775 ibm775 775 dos775
cp737: cp737 ibm737 737 dos737
cp850: cp850 ibm850 850 cspc850multilingual dos850
cp852: cp852 ibm852 852 cspcp852 dos852
cp855: cp855 ibm855 855 dos855
cp857: cp857 ibm857 857 dos857
cp858: cp858 ibm858 858 ibm00858 ccsid00858
cp862: cp862 ibm862 862 dos862
cp866: cp866 ibm866 866 csibm866 dos866
shift_jis: shiftjis sjis xsjis mskanji csshiftjis windows31j cswindows31j ms932 cp932 932
    windows932 xmscp932 shiftjisx0213 mskanji2 xshiftjis
euc_jp: eucjp xeucjp xeuc ujis cseucpkdfmtjapanese cp51932 eucjpms
iso-2022-jp: iso2022jp csiso2022jp cp50220 cp50221 jis iso2022jpms iso2022jp1 iso2022jp2
iso-2022-kr: iso2022kr csiso2022kr
gb18030: gb18030 gbk gb2312 gb231280 isoir58 csiso58gb231280 chinese xgbk cp936 936 ms936
    windows936 euccn xeuccn gb csgb2312 gb180302005 simplifiedchinese
hz: hz hzgb2312 hzgb
big5: big5 big5hkscs cnbig5 csbig5 xxbig5 cp950 950 windows950 big5eten xbig5 big52003
cp949: cp949 949 windows949 ms949 uhc euckr cseuckr ksc56011987 ksc56011989 ksc5601 ksc56011992
    isoir149 korean csksc56011987 windows51949 ks c5601
johab: johab cp1361 ms1361
"""

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_LONGEST_LABEL = 60


def _by_label(table: str) -> dict[str, str]:
    codec_of: dict[str, str] = {}
    codec = ""
    for line in table.splitlines():
        name, colon, labels = line.rpartition(":")
        codec = name if colon else codec
        codec_of.update((label, codec) for label in labels.split())
    return codec_of


_CODECS = _by_label(_LABELS)


def codec_of(label: str) -> str | None:
    """The name of the codec that a label means, or None for what names no charset of text.

    Args:
        label: as a header or a `<meta>` gives it; case, spaces, quotes, hyphens, underscores and
            colons do not matter, nor does a `3D` that quoted-printable left in front.
    """
    key = _SEPARATORS.sub("", label.lower()[:_LONGEST_LABEL])
    for known in (key, key.removeprefix("3d"), key.removeprefix("charset")):
        if known in _CODECS:
            return _CODECS[known]
    try:
        found = codecs.lookup(label.strip()[:_LONGEST_LABEL])
    except (LookupError, ValueError, TypeError):
        return None
    # Python also has codecs that are no charsets: base64, zip, rot13, punycode, idna ...
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_CHARSETS:
        return None
    return found.name


_NO_CHARSETS = frozenset(
    ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem")
)
