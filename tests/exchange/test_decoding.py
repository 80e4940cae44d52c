"""The encoding of a foreign file is found, or honestly doubted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.errors import Refusal
from dossier_app.exchange.decoding import decode

RUSSIAN = "Иванов Иван Петрович;звонить после обеда, спросить Марию;ООО «Ромашка»"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
@pytest.mark.parametrize(
    "text", [RUSSIAN.replace("«", '"').replace("»", '"'), "Анна", "Ёжиков Щукин", "УЛИЦА МИРА, 5"]
)
def test_cyrillic(encoding: str, text: str) -> None:
    assert decode(f"FN:{text}\n".encode(encoding)).text == f"FN:{text}\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Jörg Müßig, Straße 5"),
        ("cp1253", "Βαγγέλης Παπαδόπουλος"),
        ("cp1255", "דוד כהן, רחוב הרצל, ירושלים"),
        ("cp1257", "Jānis Bērziņš"),
        ("cp1250", "Jiří Dvořák"),
        ("cp1251", "Віталій Їжакевич"),
    ],
)
def test_other_scripts(encoding: str, text: str) -> None:
    decoded = decode(f"FN:{text}\n".encode(encoding))
    assert (decoded.encoding, decoded.text) == (encoding, f"FN:{text}\n")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("text", [RUSSIAN, "FN:Ivan\r\nTEL:1\r\n", "привет, это записка"])
def test_unicode(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not decoded.doubtful


def test_a_given_encoding_wins() -> None:
    assert decode("Иван".encode("koi8-r"), "KOI8-R").text == "Иван"
    assert decode("Иван".encode("koi8-r"), "cp1251").text != "Иван"
    assert decode(b"\xff\xfea", "utf-8").doubtful
    assert decode("Иван".encode("utf-16"), "utf-16-le").text == "Иван"


@pytest.mark.parametrize("name", ["no-such", "", "base64", "rot13", "\0"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    if not name:
        assert decode(b"a", name).text == "a"
        return
    with pytest.raises(Refusal):
        decode(b"a", name)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "cp1251", "utf-32"]))
def test_any_bytes_are_read(data: bytes, encoding: str | None) -> None:
    assert isinstance(decode(data, encoding).text, str)


@given(st.text(max_size=80))
def test_utf8_stays_what_it_is(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode("utf-8", "replace")).encoding == "utf-8-sig"
