"""Types of a fixed set of values: a name, a mark with words, phones with labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.kind import Kind, is_blank, one_line, text_in, wrong_shape
from dossier_app.domain.forms.template import Field, FieldType, Text
from dossier_app.domain.language import tr
from dossier_app.domain.names import parse_name

_NAME_PARTS = {
    "surname": Text("Фамилия", "Surname"),
    "given": Text("Имя", "Given name"),
    "patronymic": Text("Отчество", "Patronymic"),
}
_SCALE_PARTS = {"score": Text("Оценка", "Score"), "text": Text("Примечание", "Remark")}
# A mark alone, out of how many, and with words behind it: 4/5: keeps his word.
_SCORE = re.compile(r"(\d+)(?:\s*(?:/|of|из)\s*\d+)?(?:\s*[:,;.\u2013\u2014-]\s*(.*))?", re.DOTALL)
_LABELLED = re.compile(
    r"(?P<label>[^\W\d][^:\d]*):\s*(?P<value>.*)|(?P<v>.*?)\s*\((?P<l>[^\d()]+)\)"
)


class NameKind(Kind):
    def parse(self, text: str) -> dict[str, str]:
        name = parse_name(one_line(text))
        return {"surname": name.surname, "given": name.given, "patronymic": name.patronymic}

    def check(self, value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping) or not value.keys() <= _NAME_PARTS.keys():
            raise wrong_shape(self.field)
        return {key: one_line(text_in(self.field, value.get(key) or "")) for key in _NAME_PARTS}

    def text(self, value: Any) -> str:
        return " ".join(value[key] for key in _NAME_PARTS if value[key])

    def inner(self, step: str) -> Field | None:
        label = _NAME_PARTS.get(step)
        return Field(step, FieldType.TEXT, label) if label else None


class ScaleKind(Kind):
    """A mark with words; each may be missing."""

    def parse(self, text: str) -> dict[str, Any]:
        found = _SCORE.fullmatch(text)
        if not found:
            return {"score": None, "text": one_line(text)}
        return self.check({"score": int(found[1]), "text": found[2] or ""})

    def check(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not value.keys() <= _SCALE_PARTS.keys():
            raise wrong_shape(self.field)
        score, (low, high) = value.get("score"), self.field.scale
        if score is not None:
            if isinstance(score, bool) or not isinstance(score, int):
                raise wrong_shape(self.field)
            if not low <= score <= high:
                raise Refusal(
                    tr(
                        "{field}: the score goes from {low} to {high}.",
                        field=self.field.label,
                        low=low,
                        high=high,
                    )
                )
        return {"score": score, "text": one_line(text_in(self.field, value.get("text") or ""))}

    def text(self, value: Any) -> str:
        if value["score"] is None:
            return str(value["text"])
        mark = f"{value['score']}/{self.field.scale[1]}"
        return f"{mark}: {value['text']}" if value["text"] else mark

    def inner(self, step: str) -> Field | None:
        label = _SCALE_PARTS.get(step)
        kind = FieldType.NUMBER if step == "score" else FieldType.TEXT
        return Field(step, kind, label) if label else None


class PhonesKind(Kind):
    """Typed as "+7 900 000-00-00 (mobile); work: 8 495 000-00-00"."""

    def parse(self, text: str) -> list[dict[str, str]]:
        rows = []
        for piece in re.split(r"[;\n]", text):
            for part in _numbers(piece):
                found = _LABELLED.fullmatch(part)
                value, label = (
                    (found["value"] or found["v"], found["label"] or found["l"])
                    if found
                    else (part, "")
                )
                rows.append({"value": value, "label": label})
        return self.check(rows)

    def check(self, value: Any) -> list[dict[str, str]]:
        if not isinstance(value, list):
            raise wrong_shape(self.field)
        rows = []
        for row in value:
            if not _is_phone(row):
                raise wrong_shape(self.field)
            number = one_line(text_in(self.field, row.get("value") or ""))
            label = one_line(text_in(self.field, row.get("label") or ""))
            if number and not re.search(r"\d", number):
                raise Refusal(
                    tr(
                        "{field}: {text} is not a phone number.",
                        field=self.field.label,
                        text=number,
                    )
                )
            if number:
                rows.append({"value": number, "label": label})
        return rows

    def text(self, value: Any) -> str:
        return "; ".join(
            f"{row['value']} ({row['label']})" if row["label"] else row["value"] for row in value
        )

    def is_empty(self, value: Any) -> bool:
        if isinstance(value, list) and all(_is_phone(row) for row in value):
            return all(is_blank(row.get("value")) for row in value)
        return is_blank(value)


def _is_phone(row: Any) -> bool:
    return isinstance(row, Mapping) and row.keys() <= {"value", "label"}


def _numbers(text: str) -> list[str]:
    """``text`` at its commas, but an extension stays with its number: "..., доб. 12"."""
    numbers: list[str] = []
    for part in text.split(","):
        if numbers and len(re.findall(r"\d", part)) < 5:
            numbers[-1] += "," + part
        else:
            numbers.append(part)
    return [number.strip() for number in numbers if number.strip()]
