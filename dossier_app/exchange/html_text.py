"""What a page of HTML says, as plain text. Nothing is loaded, nothing is run.

Not the standard library's parser: on hostile input its time grows with the square of the
length; here every pattern is bounded.
"""

from __future__ import annotations

import html
import re

_LONGEST = 2_000_000  # characters that are read
_TOKEN = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<(?P<raw>script|style|title|head(?=\s|>)|noscript|template|object|svg|xml)\b.*?"
    r"(?:</(?P=raw)\s*>|\Z)"
    r"|<[!?][^>]{0,4000}>"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9:-]{0,40})"
    r"(?P<attributes>(?:\"[^\"]{0,8000}\"|'[^']{0,8000}'|[^<>])*+)>",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figure footer form header "
    "hr main nav ol pre section table tbody tfoot thead tr ul body html".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6".split())
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "ftp://")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u200b]+")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\xad\x00")


def html_to_text(page: str) -> str:
    """The words of ``page``: paragraphs and rows on lines of their own, cells apart by a
    tab, lists with hyphens, links as "name <address>"."""
    page = page[:_LONGEST]
    writer = _Writer()
    end = 0
    for found in _TOKEN.finditer(page):
        writer.words(page[end : found.start()])
        end = found.end()
        if found["tag"]:
            writer.tag(found["tag"].lower(), bool(found["close"]), found["attributes"])
    writer.words(page[end:])
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._links: list[tuple[str, int]] = []  # address, where its name begins
        self._verbatim = 0

    def words(self, text: str) -> None:
        if not text:
            return
        text = html.unescape(text)
        # What stands as it was written keeps its spaces as hard ones until the end.
        self._parts.append(text.replace(" ", "\xa0") if self._verbatim else _SPACES.sub(" ", text))

    def tag(self, name: str, closing: bool, attributes: str) -> None:
        if name == "pre":
            self._verbatim = max(0, self._verbatim + (-1 if closing else 1))
        if name == "a":
            self._link(closing, attributes)
        elif name == "br":
            self._parts.append("\n")
        elif name in _PARAGRAPHS:
            self._parts.append("\n\n")
        elif name in _BLOCKS:
            self._parts.append("\v")
        elif name == "li" and not closing:
            self._parts.append("\v- ")
        elif name in ("td", "th") and closing:
            self._parts.append("\t")
        elif name == "img" and not closing:
            alternative = _value(_ALT, attributes)
            self._parts.append(f"[{alternative}]" if alternative else "")

    def _link(self, closing: bool, attributes: str) -> None:
        # An opening tag ends the link before it too: links do not stand inside each other.
        if self._links:
            address, begin = self._links.pop()
            name = "".join(self._parts[begin:]).strip()
            bare = re.sub(r"^(mailto|tel):|/$", "", address)
            if address and bare not in (name, name.rstrip("/")):
                self._parts.append(f" <{bare if bare != address.rstrip('/') else address}>")
        if not closing:
            address = _value(_HREF, attributes)
            known = address.lower().startswith(_SCHEMES)
            self._links.append((address if known else "", len(self._parts)))

    def text(self) -> str:
        """Lines without spaces at their ends, at most one blank line in a row."""
        text = "".join(self._parts).translate(_INVISIBLE)
        # A block begins on a new line, but adds none where a line has begun already.
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
        text = re.sub(r"[ \t]*\v[ \t\v]*", "\v", text)
        text = re.sub(r"\v*\n[\n\v]*", lambda found: "\n" * max(1, found[0].count("\n")), text)
        text = re.sub(r"\n{3,}", "\n\n", text.replace("\v", "\n"))
        return text.replace("\xa0", " ").strip()


def _value(pattern: re.Pattern[str], attributes: str) -> str:
    found = pattern.search(attributes)
    value = next(filter(None, found.groups()), "") if found else ""
    return _SPACES.sub(" ", html.unescape(value)).strip()
