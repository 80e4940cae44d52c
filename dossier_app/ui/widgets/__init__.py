"""Small widgets of the window: they show what they are given and say what was pressed."""

from dossier_app.ui.widgets.buttons import Button, Look, Segments
from dossier_app.ui.widgets.chips import Chip, FlowLayout, Tone
from dossier_app.ui.widgets.fields import SearchField
from dossier_app.ui.widgets.labels import ElidedLabel, Label, caps_label
from dossier_app.ui.widgets.scrolling import ScrollColumn
from dossier_app.ui.widgets.surfaces import Avatar, Card, Hairline, LoadBar

__all__ = [
    "Avatar",
    "Button",
    "Card",
    "Chip",
    "ElidedLabel",
    "FlowLayout",
    "Hairline",
    "Label",
    "LoadBar",
    "Look",
    "ScrollColumn",
    "SearchField",
    "Segments",
    "Tone",
    "caps_label",
]
