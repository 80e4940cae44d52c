"""Keeping drafts in the binder, encrypted like everything else, from one start to the next."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec

from dossier_app.domain.drafts import Drafts
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.loading import load_template
from dossier_app.storage import dossiers, settings
from dossier_app.storage.forgetting import DRAFTS


def load() -> Drafts:
    """The drafts that were kept. What another version of the program wrote and nobody can
    read is passed over."""
    kept: dict[str, Any] = settings.read(DRAFTS, {})
    drafts = Drafts()
    with suppress(msgspec.ValidationError, TypeError):
        drafts = msgspec.convert({**kept, "forms": {}}, Drafts)
    for key, text in kept.get("forms", {}).items():
        with suppress(Refusal):
            drafts.forms[key] = load_template(text, key)
    return drafts


def save(drafts: Drafts) -> None:
    """Keep the drafts of what is still there; of a dossier that was erased none stays."""
    known = dossiers.existing([uid for uid in (*drafts.log, *drafts.slips) if uid])
    entries = dossiers.existing_entries([*drafts.contacts, *drafts.letters])
    kept = Drafts(
        log={uid: draft for uid, draft in drafts.log.items() if uid in known},
        contacts={uid: draft for uid, draft in drafts.contacts.items() if uid in entries},
        letters={uid: draft for uid, draft in drafts.letters.items() if uid in entries},
        new=drafts.new,
        slips={uid: draft for uid, draft in drafts.slips.items() if not uid or uid in known},
    )
    data = msgspec.to_builtins(kept)
    data["forms"] = {key: dump_template(template) for key, template in drafts.forms.items()}
    if any(data.values()):
        settings.write(DRAFTS, data)
    else:
        settings.remove(DRAFTS)
