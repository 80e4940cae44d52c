"""What the system says of a file comes out in the user's language."""

from __future__ import annotations

import errno
import os

import pytest

from dossier_app.assets import asset
from dossier_app.domain import reasons
from dossier_app.domain.language import set_catalogues, use_language
from dossier_app.domain.reasons import reason_words, translated_reason


@pytest.mark.parametrize("code", sorted(reasons._REASONS))
def test_every_known_reason_is_told_in_russian(code: int) -> None:
    set_catalogues(asset("resources", "translations"))
    use_language("ru")
    error = OSError(code, os.strerror(code))
    assert reason_words(error) == translated_reason(os.strerror(code))
    assert not reason_words(error).isascii()


def test_what_we_have_no_words_for_stays_as_the_system_says_it() -> None:
    error = OSError(errno.EDEADLK, "Resource deadlock avoided")
    assert reason_words(error) == translated_reason("Resource deadlock avoided")
    assert reason_words(OSError("of a library")) == "of a library"
