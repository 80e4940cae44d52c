"""Names of people and companies: taking them apart, and comparing them.

`fold` is the one folding of the whole program: search, duplicates and header words go
through it, so that two texts that look equal to a rep are equal everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dossier_app.domain.name_words import (
    COMPANY_FORMS,
    COMPANY_WORDS,
    GIVEN_NAMES,
    PARTICLES,
    PERSON_FORMS,
    SUFFIXES,
    TITLES,
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its three parts; an English middle name stands in ``patronymic``."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""

    def __bool__(self) -> bool:
        return bool(self.surname or self.given or self.patronymic)


def fold(text: str) -> str:
    """``text`` as search and comparison see it: NFKC, case folded, ё as е.

    й stays й: a letter of its own. Stress marks, which Unicode keeps beside the letter
    (Кличко́), go. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _LOOSE_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", text.replace("ё", "е"))


def company_key(text: str) -> str:
    """What two writings of one company share: folded words without legal form, quotes and
    punctuation, in alphabetical order. ``ООО «Ромашка-Юг»`` and ``Юг Ромашка, ооо`` agree.

    A text that is nothing but a legal form keeps it; a text without words gives "".
    """
    folded = _LONG_FORMS.sub(" ", fold(text))
    words = _WORD.findall(_DOTTED.sub(lambda found: found[0].replace(".", ""), folded))
    telling = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(sorted(telling or words or _WORD.findall(fold(text))))


def looks_like_company(text: str) -> bool:
    """True when ``text`` names a company rather than a person.

    Told by its legal form, by a word such as "завод" or "Bank", or by a quoted name at
    the beginning or the end. ИП is a legal form whose name is a person's: False.
    """
    folded = fold(text)
    words = _WORD.findall(_DOTTED.sub(lambda found: found[0].replace(".", ""), folded))
    if not words or words[0] == "ип":
        return False
    if any(word in COMPANY_FORMS or word in COMPANY_WORDS for word in words):
        return True
    return bool(_QUOTED_EDGE.search(text.strip()) or _LONG_FORMS.search(folded))


def is_given_name(word: str) -> bool:
    """True for a common Russian given name, short forms included."""
    return fold(word) in GIVEN_NAMES


def is_patronymic(word: str) -> bool:
    """True when ``word`` has the ending of a Russian patronymic, in either script."""
    return bool(_PATRONYMIC.fullmatch(fold(word)))


def parse_name(text: str) -> PersonName:
    """Take a person's name apart. Every word of ``text`` is in the answer.

    Understood: "Фамилия Имя Отчество", "Имя Отчество Фамилия", "Имя Отчество",
    "Фамилия Имя" and "Имя Фамилия" (by a list of common given names and by surname
    endings), initials on either side, "Гейдар оглы", English "Given Middle Surname" and
    "Surname, Given Middle", particles (van, de, бен) and titles (Dr., Jr.).
    """
    before, comma, after = (part.strip() for part in text.partition(","))
    if comma and before and after:
        if fold(after) in SUFFIXES:
            name = parse_name(before)
            return PersonName(f"{name.surname}, {after}", name.given, name.patronymic)
        words = _split(after)
        given, rest = _given_first(words)
        return PersonName(" ".join(_split(before)), given, rest)
    words = _split(text.replace(",", " "))
    if len(words) < 2:
        word = "".join(words)
        return PersonName(given=word) if is_given_name(word) else PersonName(surname=word)
    titles, words = _titles(words)
    suffix = words.pop() if len(words) > 1 and fold(words[-1]) in SUFFIXES else ""
    name = _arranged(words)
    return PersonName(
        " ".join(filter(None, (name.surname, suffix))),
        " ".join(filter(None, (*titles, name.given))),
        name.patronymic,
    )


def _split(text: str) -> list[str]:
    """Words; initials written together ("И.И.") become words of their own, what has no
    letters (a number, a smiley) goes with the word before it."""
    words: list[str] = []
    for word in text.split():
        if words and not any(char.isalpha() for char in word):
            words[-1] = f"{words[-1]} {word}"
        else:
            words += _INITIALS.findall(word) if _INITIALS_ONLY.fullmatch(word) else [word]
    return words


def _titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles in front (at least one word stays behind), and the rest."""
    count = 0
    while count < len(words) - 1 and fold(words[count]) in TITLES:
        count += 1
    return words[:count], words[count:]


def _given_first(words: list[str]) -> tuple[str, str]:
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _arranged(words: list[str]) -> PersonName:
    """Find the order of two or more words (or the one that titles left over)."""
    if len(words) == 1:
        return PersonName(surname=words[0])
    if fold(words[0]) == "ип":
        name = parse_name(" ".join(words[1:]))
        surname = " ".join(filter(None, (words[0], name.surname)))
        return PersonName(surname, name.given, name.patronymic)
    for rule in (_by_oglu, _by_initials, _by_particle, _by_patronymic):
        told = rule(words)
        if told:
            return told
    return _by_lists(words)


def _by_oglu(words: list[str]) -> PersonName | None:
    """ "Алиев Вагиф Гейдар оглы": the father's name is the word before."""
    if len(words) < 3 or fold(words[-1]) not in _OGLU:
        return None
    patronymic = " ".join(words[-2:])
    rest = words[:-2]
    if len(rest) == 1:
        return PersonName(given=rest[0], patronymic=patronymic)
    return PersonName(rest[0], " ".join(rest[1:]), patronymic)


def _by_initials(words: list[str]) -> PersonName | None:
    """ "Иванов И. И.", "И. И. Иванов"; an English middle initial is no such case."""
    short = [bool(_INITIALS_ONLY.fullmatch(word)) for word in words]
    if len(words) == 2 and any(map(is_given_name, words)):
        return None  # "Олег К.": the surname is cut short
    if short[-1] and not any(short[:1]):
        first = short.index(True)
        if all(short[first:]) and (len(words) - first > 1 or first == 1):
            given, rest = _given_first(words[first:])
            return PersonName(" ".join(words[:first]), given, rest)
    if short[0] and not short[-1]:
        last = short.index(False)
        given, rest = _given_first(words[:last])
        return PersonName(" ".join(words[last:]), given, rest)
    return None


def _by_particle(words: list[str]) -> PersonName | None:
    """A surname that begins with "van", "de la", "бен" goes with the words after it."""
    at = next((i for i, word in enumerate(words[:-1]) if fold(word) in PARTICLES), None)
    if at is None:
        return None
    if at == 0:  # "ван Бетховен Людвиг"
        end = 1
        while end < len(words) - 1 and fold(words[end]) in PARTICLES:
            end += 1
        given, rest = _given_first(words[end + 1 :])
        return PersonName(" ".join(words[: end + 1]), given, rest)
    given, rest = _given_first(words[:at])
    return PersonName(" ".join(words[at:]), given, rest)


def _by_patronymic(words: list[str]) -> PersonName | None:
    """Russian orders, told by where the patronymic stands.

    A surname may have the same ending (Рабинович): the given name then decides.
    """
    marks = [is_patronymic(word) for word in words]
    middle = next((i for i in range(1, len(words) - 1) if marks[i]), None)
    if middle is not None and (not marks[-1] or is_given_name(words[0])):
        given, surname = " ".join(words[:middle]), " ".join(words[middle + 1 :])
        if middle > 1 and is_given_name(words[middle - 1]) and not is_given_name(words[0]):
            # "Петров Иван Ильич старший": what follows belongs to the surname.
            surname = " ".join((*words[: middle - 1], surname))
            given = words[middle - 1]
        return PersonName(surname, given, words[middle])
    if not marks[-1]:
        return None
    if len(words) == 2:
        # "Иван Петрович", but "Роман Абрамович" cannot be told from it: so are people
        # spoken to, and the full name reads the same.
        return PersonName(given=words[0], patronymic=words[1])
    known = is_given_name(words[-2])
    surname = " ".join(words[:-2]) if known else words[0]
    given = words[-2] if known else " ".join(words[1:-1])
    return PersonName(surname, given, words[-1])


def _by_lists(words: list[str]) -> PersonName:
    """Known given names, then surname endings, then the custom of the script."""
    known = [is_given_name(word) for word in words]
    if known[0] != known[-1]:
        given_leads = known[0]
    else:
        ends = [bool(_SURNAME.fullmatch(fold(word))) for word in (words[0], words[-1])]
        is_russian = bool(_CYRILLIC.search(words[0]))
        given_leads = ends[1] if ends[0] != ends[1] else not is_russian
    if given_leads:
        given, middle = _given_first(words[:-1])
        return PersonName(words[-1], given, middle)
    if known[-1]:
        return PersonName(" ".join(words[:-1]), words[-1])
    given, rest = _given_first(words[1:])
    return PersonName(words[0], given, rest)


_WORD = re.compile(r"[^\W_]+")
_LOOSE_MARKS = re.compile(r"[\u0300-\u036f]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?(?!\w)")  # "S.A.", "О.О.О."
_INITIALS = re.compile(r"[^\W\d_]\.|[^\W\d_]$")
_INITIALS_ONLY = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]")
_QUOTED_EDGE = re.compile(r"""^[«"“„][^«»"“”„]+[»"”“]|[«"“„][^«»"“”„]+[»"”“]$""")

_PATRONYMIC = re.compile(
    r"\w+(?:ович|евич|овна|евна|инична|ична|йович)"
    r"|(?:иль|кузьм|фом|лук|никит|савв|фок|анани|иереми|захарь|кузьмин)ич"
    r"|\w{2,}(?:ovich|evich|ovna|evna|ichna)|ilyich"
)
_SURNAME = re.compile(
    r"\w{2,}(?:[оеё]ва?|[иы]на?|[сц]кий|[сц]кая|[ыи]й|ая|ой|ых|их|ко|ук|юк|ян|янц|дзе|швили|ец|ман"
    r"|берг|штейн|[oe]va?|ina?|sky|skiy|skaya|enko)"
)
_OGLU = {"оглы", "кызы", "оглу", "уулу", "улы", "oglu", "oglou", "qizi", "kyzy"}

_LEGAL_FORMS = COMPANY_FORMS | PERSON_FORMS
_LONG_FORMS = re.compile(
    r"\bобществ\w+ с ограниченной ответственностью\b"
    r"|\b(?:публичн\w+ |закрыт\w+ |открыт\w+ |непубличн\w+ )?акционерн\w+ обществ\w+\b"
    r"|\bиндивидуальн\w+ предпринимател\w+\b|\bторгов\w+ дом\b"
)
