"""The drafts of the open binder: read when they are first asked for, kept when it closes."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

from dossier_app.domain.drafts import Drafts
from dossier_app.services import drafts as service
from dossier_app.ui.desk import Desk

_drafts: WeakKeyDictionary[Desk, Drafts] = WeakKeyDictionary()


def drafts_of(desk: Desk) -> Drafts:
    """The drafts kept beside ``desk``."""
    if desk not in _drafts:
        _drafts[desk] = drafts = service.load()
        desk.closing.connect(partial(service.save, drafts))
    return _drafts[desk]
