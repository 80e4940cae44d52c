"""peewee models. Columns that stand for a record's field have that field's name.

Dates, times and moments are ISO text. Every table of `JOURNALLED` is written inside a
journal entry only (see `dossier_app.storage.journal`) and names the dossier that its
rows belong to.
"""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    BlobField,
    BooleanField,
    ForeignKeyField,
    Index,
    IntegerField,
    Model,
    TextField,
    fn,
)

from dossier_app.storage.connection import database


class Base(Model):
    class Meta:
        database = database
        legacy_table_names = False


class Table(Base):
    id = AutoField()


class DossierRow(Table):
    uid = TextField(unique=True)
    company = TextField()
    category = TextField()
    status = TextField()
    source = TextField()
    note = TextField()
    note_private = BooleanField()
    tags = TextField()  # JSON list
    place_kind = TextField()
    place_key = TextField()
    step_kind = TextField(null=True)
    step_text = TextField()
    step_time = TextField(null=True)
    step_minutes = IntegerField()
    step_fixed = BooleanField()
    step_policy = TextField()
    carried_origin = TextField(null=True)
    carried_times = IntegerField()
    carried_reason = TextField()
    tries = IntegerField()
    cadence_every = IntegerField(null=True)
    cadence_unit = TextField(null=True)
    cadence_month_day = IntegerField(null=True)
    closed_on = TextField(null=True)
    closed_reason = TextField()
    created_on = TextField(null=True, index=True)

    class Meta:
        table_name = "dossier"
        indexes = ((("place_kind", "place_key", "step_minutes"), False),)


class OfDossier(Table):
    dossier = ForeignKeyField(DossierRow, on_delete="CASCADE")


class PersonRow(OfDossier):
    uid = TextField(unique=True)
    sort = IntegerField()
    surname = TextField()
    given = TextField()
    patronymic = TextField()
    position = TextField()
    role = TextField()
    main = BooleanField()
    note = TextField()
    lead_days = IntegerField(null=True, index=True)

    class Meta:
        table_name = "person"


class ContactPointRow(OfDossier):
    uid = TextField(unique=True)
    person = ForeignKeyField(PersonRow, null=True, on_delete="CASCADE")
    sort = IntegerField()
    kind = TextField()
    value = TextField()
    label = TextField()
    private = BooleanField()
    key = TextField(index=True)  # digits of a phone, folded e-mail: to find the same one

    class Meta:
        table_name = "contact_point"


class FilledFormRow(OfDossier):
    uid = TextField(unique=True)
    person = ForeignKeyField(PersonRow, null=True, on_delete="CASCADE")
    template = TextField()
    filled_on = TextField(null=True)

    class Meta:
        table_name = "filled_form"


class AnswerRow(OfDossier):
    form = ForeignKeyField(FilledFormRow, on_delete="CASCADE")
    field = TextField()
    value = TextField()  # JSON
    source = TextField()
    confirmed = TextField(null=True)

    class Meta:
        table_name = "answer"
        indexes = ((("form", "field"), True), (("field",), False))


class HistoryRow(OfDossier):
    uid = TextField(unique=True)
    at = TextField()
    channel = TextField()
    direction = TextField()
    reached = BooleanField()
    text = TextField()
    agreed = TextField()
    minutes = IntegerField(null=True)
    author = TextField()
    person_uid = TextField()
    private = BooleanField()
    thread = TextField()

    class Meta:
        table_name = "history"
        indexes = ((("dossier", "at"), False), (("at",), False))


class PromiseRow(OfDossier):
    uid = TextField(unique=True)
    side = TextField()
    text = TextField()
    due = TextField(null=True)
    kept_on = TextField(null=True)
    private = BooleanField()

    class Meta:
        table_name = "promise"
        indexes = ((("kept_on", "due"), False),)


class SlipRow(Table):
    dossier = ForeignKeyField(DossierRow, null=True, on_delete="CASCADE")
    uid = TextField(unique=True)
    kind = TextField()
    on = TextField(index=True)
    text = TextField()
    time = TextField(null=True)
    minutes = IntegerField()
    done_on = TextField(null=True)
    promise_uid = TextField()
    repeat = TextField()

    class Meta:
        table_name = "slip"


class DocumentRow(OfDossier):
    uid = TextField(unique=True)
    name = TextField()
    size = IntegerField()
    sha256 = TextField(index=True)
    added_on = TextField()
    private = BooleanField()
    version_of = TextField()

    class Meta:
        table_name = "document"


class OriginRow(OfDossier):
    """By which name a foreign file knows the dossier, so that it is not imported twice."""

    foreign_id = TextField(unique=True)

    class Meta:
        table_name = "origin"


class TemplateRow(Table):
    """A form that the rep has made or changed, as the text of its file."""

    key = TextField(unique=True)
    text = TextField()

    class Meta:
        table_name = "template"


class MergeOriginRow(OfDossier):
    """Two dossiers as they were when one was merged into the other, so that they can be
    taken apart. ``dossier`` is the one that has it all now: when it is merged itself, that
    is no longer ``survivor_uid``."""

    survivor_uid = TextField()
    other_uid = TextField(unique=True)
    other_id = IntegerField()  # by which the journal knows it
    merged_on = TextField()
    content = TextField()  # JSON

    class Meta:
        table_name = "merge_origin"


class NotSameRow(OfDossier):
    """Two dossiers that look alike and are not the same client, the lesser uid first."""

    uid = TextField()
    other_uid = TextField()

    class Meta:
        table_name = "not_same"
        indexes = ((("uid", "other_uid"), True),)


class OwnDayRow(Table):
    """A day that the rep works or has off, above the calendar of the country."""

    day = TextField(unique=True)
    worked = BooleanField()
    name = TextField()

    class Meta:
        table_name = "own_day"


class HandoverRow(Table):
    """Dossiers that went to a colleague, or came from one, for some days.

    ``colleague`` is whom the binder deals with, ``own_name`` what he calls its rep,
    ``owner`` whose clients they are when they were handed on. ``key`` is the colleague's
    signing key, ``recipient`` the one to encrypt for; empty as long as it is not known.
    ``number`` counts the owner's own packages, ``merged`` is that of the colleague's newest
    one that was merged. ``absence`` is the uid of the absence that it belongs to, or empty.
    ``loose`` are the loose sheets that went along, ``loose_seen`` what of the colleague's
    work on them was seen since (as JSON, like a dossier of which they are the slips)."""

    uid = TextField(unique=True)
    direction = TextField()
    state = TextField()
    colleague = TextField()
    own_name = TextField()
    owner = TextField()
    first_day = TextField()
    last_day = TextField()
    private = BooleanField()
    may_keep = BooleanField()
    number = IntegerField()
    merged = IntegerField()
    key = TextField()
    recipient = TextField()
    absence = TextField()
    loose = TextField(null=True)
    loose_seen = TextField(null=True)

    class Meta:
        table_name = "handover"


class HandedRow(OfDossier):
    """A dossier in a handover: what went along, and what of the colleague's work the owner
    has seen since (as JSON; NULL before)."""

    handover = ForeignKeyField(HandoverRow, on_delete="CASCADE")
    base = TextField()
    seen = TextField(null=True)

    class Meta:
        table_name = "handed"
        indexes = ((("handover", "dossier"), True),)


class HandedSlipRow(Table):
    """A loose sheet in a handover, also one that came of it there."""

    handover = ForeignKeyField(HandoverRow, on_delete="CASCADE")
    slip = ForeignKeyField(SlipRow, on_delete="CASCADE")

    class Meta:
        table_name = "handed_slip"
        indexes = ((("handover", "slip"), True),)


class AbsenceRow(Table):
    """Days on which the rep is away, with what he has planned for them: who gets what, and
    on which terms (JSON)."""

    uid = TextField(unique=True)
    first_day = TextField()
    last_day = TextField()
    reason = TextField()
    chosen = TextField()
    terms = TextField()

    class Meta:
        table_name = "absence"


class JournalEntryRow(Table):
    """One user action. ``state``: done, undone, or dropped (undone, and then something
    else was done)."""

    at = TextField(index=True)
    author = TextField()
    action = TextField()
    state = TextField(index=True)

    class Meta:
        table_name = "journal_entry"


class JournalChangeRow(Table):
    """One row before and after, as JSON; NULL where it was not there. Written by triggers."""

    entry = ForeignKeyField(JournalEntryRow, on_delete="CASCADE")
    dossier_id = IntegerField(null=True, index=True)
    row_table = TextField()
    row_id = IntegerField()
    before = TextField(null=True)
    after = TextField(null=True)

    class Meta:
        table_name = "journal_change"


# The changes of documents: which contents they may bring back.
JournalChangeRow.add_index(
    Index(
        "journal_change_document",
        JournalChangeRow,
        (JournalChangeRow.entry,),
        where=JournalChangeRow.row_table == "document",
    )
)
# By the place that a dossier was taken from: what once lay under a day.
JournalChangeRow.add_index(
    Index(
        "journal_change_taken_from",
        JournalChangeRow,
        (fn.json_extract(JournalChangeRow.before, "$.place_key"),),
        where=JournalChangeRow.row_table == "dossier",
    )
)
# The contacts that were changed: what they said before.
JournalChangeRow.add_index(
    Index(
        "journal_change_contact",
        JournalChangeRow,
        (JournalChangeRow.dossier_id,),
        where=(JournalChangeRow.row_table == "history")
        & JournalChangeRow.before.is_null(False)
        & JournalChangeRow.after.is_null(False),
    )
)


class JournalNowRow(Table):
    """One row: the entry that is being written; 0 while undoing; NULL otherwise, and then
    no journalled table can be changed."""

    entry_id = IntegerField(null=True)

    class Meta:
        table_name = "journal_now"


class ReminderRow(Base):
    """What became of a reminder: ``key`` is its uid and moment, ``state`` rung, or the
    local moment until which it was put off."""

    key = TextField(primary_key=True)
    state = TextField()

    class Meta:
        table_name = "reminder"


class SettingRow(Base):
    key = TextField(primary_key=True)
    value = TextField()  # JSON

    class Meta:
        table_name = "setting"


class ContentRow(Table):
    """Contents of documents, each once; outside the journal (see `storage.contents`)."""

    sha256 = TextField(unique=True)
    added_at = TextField(constraints=[SQL("DEFAULT CURRENT_TIMESTAMP")])

    class Meta:
        table_name = "content"


class ContentPartRow(Table):
    """A piece of a content: so large ones never stand whole in memory."""

    content = ForeignKeyField(ContentRow, on_delete="CASCADE", index=False)
    number = IntegerField()
    data = BlobField()

    class Meta:
        table_name = "content_part"
        indexes = ((("content", "number"), True),)


JOURNALLED: tuple[type[Table], ...] = (
    DossierRow,
    PersonRow,
    ContactPointRow,
    FilledFormRow,
    AnswerRow,
    HistoryRow,
    PromiseRow,
    SlipRow,
    DocumentRow,
    OriginRow,
    MergeOriginRow,
    NotSameRow,
    TemplateRow,
    OwnDayRow,
    HandoverRow,
    HandedRow,
    HandedSlipRow,
    AbsenceRow,
)
ALL: tuple[type[Base], ...] = (
    *JOURNALLED,
    JournalEntryRow,
    JournalChangeRow,
    JournalNowRow,
    ReminderRow,
    SettingRow,
    ContentRow,
    ContentPartRow,
)
