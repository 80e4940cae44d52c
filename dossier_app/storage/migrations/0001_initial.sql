-- The first schema. A migration never changes once it was released; the next one does.

CREATE TABLE "dossier" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "uid" TEXT NOT NULL,
  "company" TEXT NOT NULL,
  "category" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "note_private" INTEGER NOT NULL,
  "tags" TEXT NOT NULL,
  "place_kind" TEXT NOT NULL,
  "place_key" TEXT NOT NULL,
  "step_kind" TEXT,
  "step_text" TEXT NOT NULL,
  "step_time" TEXT,
  "step_minutes" INTEGER NOT NULL,
  "step_fixed" INTEGER NOT NULL,
  "step_policy" TEXT NOT NULL,
  "carried_origin" TEXT,
  "carried_times" INTEGER NOT NULL,
  "carried_reason" TEXT NOT NULL,
  "tries" INTEGER NOT NULL,
  "cadence_every" INTEGER,
  "cadence_unit" TEXT,
  "cadence_month_day" INTEGER,
  "closed_on" TEXT,
  "closed_reason" TEXT NOT NULL,
  "created_on" TEXT
);
CREATE UNIQUE INDEX "dossier_uid" ON "dossier" ("uid");
CREATE INDEX "dossier_created_on" ON "dossier" ("created_on");
CREATE INDEX "dossier_place_kind_place_key_step_minutes" ON "dossier" ("place_kind", "place_key", "step_minutes");

CREATE TABLE "person" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "sort" INTEGER NOT NULL,
  "surname" TEXT NOT NULL,
  "given" TEXT NOT NULL,
  "patronymic" TEXT NOT NULL,
  "position" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "main" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "lead_days" INTEGER,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "person_dossier_id" ON "person" ("dossier_id");
CREATE UNIQUE INDEX "person_uid" ON "person" ("uid");
CREATE INDEX "person_lead_days" ON "person" ("lead_days");

CREATE TABLE "contact_point" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "person_id" INTEGER,
  "sort" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "private" INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
);
CREATE INDEX "contact_point_dossier_id" ON "contact_point" ("dossier_id");
CREATE UNIQUE INDEX "contact_point_uid" ON "contact_point" ("uid");
CREATE INDEX "contact_point_person_id" ON "contact_point" ("person_id");
CREATE INDEX "contact_point_key" ON "contact_point" ("key");

CREATE TABLE "filled_form" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "person_id" INTEGER,
  "template" TEXT NOT NULL,
  "filled_on" TEXT,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
);
CREATE INDEX "filled_form_dossier_id" ON "filled_form" ("dossier_id");
CREATE UNIQUE INDEX "filled_form_uid" ON "filled_form" ("uid");
CREATE INDEX "filled_form_person_id" ON "filled_form" ("person_id");

CREATE TABLE "answer" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "form_id" INTEGER NOT NULL,
  "field" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "confirmed" TEXT,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("form_id") REFERENCES "filled_form" ("id") ON DELETE CASCADE
);
CREATE INDEX "answer_dossier_id" ON "answer" ("dossier_id");
CREATE INDEX "answer_form_id" ON "answer" ("form_id");
CREATE UNIQUE INDEX "answer_form_id_field" ON "answer" ("form_id", "field");
CREATE INDEX "answer_field" ON "answer" ("field");

CREATE TABLE "history" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "reached" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "agreed" TEXT NOT NULL,
  "minutes" INTEGER,
  "author" TEXT NOT NULL,
  "person_uid" TEXT NOT NULL,
  "private" INTEGER NOT NULL,
  "thread" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "history_dossier_id" ON "history" ("dossier_id");
CREATE UNIQUE INDEX "history_uid" ON "history" ("uid");
CREATE INDEX "history_dossier_id_at" ON "history" ("dossier_id", "at");
CREATE INDEX "history_at" ON "history" ("at");

CREATE TABLE "promise" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "side" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "due" TEXT,
  "kept_on" TEXT,
  "private" INTEGER NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "promise_dossier_id" ON "promise" ("dossier_id");
CREATE UNIQUE INDEX "promise_uid" ON "promise" ("uid");
CREATE INDEX "promise_kept_on_due" ON "promise" ("kept_on", "due");

CREATE TABLE "slip" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER,
  "uid" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "on" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "time" TEXT,
  "minutes" INTEGER NOT NULL,
  "done_on" TEXT,
  "promise_uid" TEXT NOT NULL,
  "repeat" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "slip_dossier_id" ON "slip" ("dossier_id");
CREATE UNIQUE INDEX "slip_uid" ON "slip" ("uid");
CREATE INDEX "slip_on" ON "slip" ("on");

CREATE TABLE "document" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "added_on" TEXT NOT NULL,
  "private" INTEGER NOT NULL,
  "version_of" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "document_dossier_id" ON "document" ("dossier_id");
CREATE UNIQUE INDEX "document_uid" ON "document" ("uid");
CREATE INDEX "document_sha256" ON "document" ("sha256");

CREATE TABLE "origin" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "foreign_id" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "origin_dossier_id" ON "origin" ("dossier_id");
CREATE UNIQUE INDEX "origin_foreign_id" ON "origin" ("foreign_id");

CREATE TABLE "merge_origin" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "survivor_uid" TEXT NOT NULL,
  "other_uid" TEXT NOT NULL,
  "other_id" INTEGER NOT NULL,
  "merged_on" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "merge_origin_dossier_id" ON "merge_origin" ("dossier_id");
CREATE UNIQUE INDEX "merge_origin_other_uid" ON "merge_origin" ("other_uid");

CREATE TABLE "not_same" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "uid" TEXT NOT NULL,
  "other_uid" TEXT NOT NULL,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE
);
CREATE INDEX "not_same_dossier_id" ON "not_same" ("dossier_id");
CREATE UNIQUE INDEX "not_same_uid_other_uid" ON "not_same" ("uid", "other_uid");

CREATE TABLE "template" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "key" TEXT NOT NULL,
  "text" TEXT NOT NULL
);
CREATE UNIQUE INDEX "template_key" ON "template" ("key");

CREATE TABLE "own_day" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "day" TEXT NOT NULL,
  "worked" INTEGER NOT NULL,
  "name" TEXT NOT NULL
);
CREATE UNIQUE INDEX "own_day_day" ON "own_day" ("day");

CREATE TABLE "handover" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "uid" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "colleague" TEXT NOT NULL,
  "own_name" TEXT NOT NULL,
  "owner" TEXT NOT NULL,
  "first_day" TEXT NOT NULL,
  "last_day" TEXT NOT NULL,
  "private" INTEGER NOT NULL,
  "may_keep" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "merged" INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  "recipient" TEXT NOT NULL,
  "absence" TEXT NOT NULL,
  "loose" TEXT,
  "loose_seen" TEXT
);
CREATE UNIQUE INDEX "handover_uid" ON "handover" ("uid");

CREATE TABLE "handed" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "dossier_id" INTEGER NOT NULL,
  "handover_id" INTEGER NOT NULL,
  "base" TEXT NOT NULL,
  "seen" TEXT,
  FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("handover_id") REFERENCES "handover" ("id") ON DELETE CASCADE
);
CREATE INDEX "handed_dossier_id" ON "handed" ("dossier_id");
CREATE INDEX "handed_handover_id" ON "handed" ("handover_id");
CREATE UNIQUE INDEX "handed_handover_id_dossier_id" ON "handed" ("handover_id", "dossier_id");

CREATE TABLE "handed_slip" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "handover_id" INTEGER NOT NULL,
  "slip_id" INTEGER NOT NULL,
  FOREIGN KEY ("handover_id") REFERENCES "handover" ("id") ON DELETE CASCADE,
  FOREIGN KEY ("slip_id") REFERENCES "slip" ("id") ON DELETE CASCADE
);
CREATE INDEX "handed_slip_handover_id" ON "handed_slip" ("handover_id");
CREATE INDEX "handed_slip_slip_id" ON "handed_slip" ("slip_id");
CREATE UNIQUE INDEX "handed_slip_handover_id_slip_id" ON "handed_slip" ("handover_id", "slip_id");

CREATE TABLE "absence" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "uid" TEXT NOT NULL,
  "first_day" TEXT NOT NULL,
  "last_day" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "chosen" TEXT NOT NULL,
  "terms" TEXT NOT NULL
);
CREATE UNIQUE INDEX "absence_uid" ON "absence" ("uid");

CREATE TABLE "journal_entry" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "author" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "state" TEXT NOT NULL
);
CREATE INDEX "journal_entry_at" ON "journal_entry" ("at");
CREATE INDEX "journal_entry_state" ON "journal_entry" ("state");

CREATE TABLE "journal_change" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "entry_id" INTEGER NOT NULL,
  "dossier_id" INTEGER,
  "row_table" TEXT NOT NULL,
  "row_id" INTEGER NOT NULL,
  "before" TEXT,
  "after" TEXT,
  FOREIGN KEY ("entry_id") REFERENCES "journal_entry" ("id") ON DELETE CASCADE
);
CREATE INDEX "journal_change_entry_id" ON "journal_change" ("entry_id");
CREATE INDEX "journal_change_dossier_id" ON "journal_change" ("dossier_id");
CREATE INDEX "journal_change_document" ON "journal_change" ("entry_id")
  WHERE "row_table" = 'document';
CREATE INDEX "journal_change_taken_from" ON "journal_change" (json_extract("before", '$.place_key'))
  WHERE "row_table" = 'dossier';
CREATE INDEX "journal_change_contact" ON "journal_change" ("dossier_id")
  WHERE "row_table" = 'history' AND "before" IS NOT NULL AND "after" IS NOT NULL;

CREATE TABLE "journal_now" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "entry_id" INTEGER
);

CREATE TABLE "reminder" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "state" TEXT NOT NULL
);

CREATE TABLE "setting" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
);

CREATE TABLE "content" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "sha256" TEXT NOT NULL,
  "added_at" TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "content_sha256" ON "content" ("sha256");

CREATE TABLE "content_part" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "content_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "data" BLOB NOT NULL,
  FOREIGN KEY ("content_id") REFERENCES "content" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "content_part_content_id_number" ON "content_part" ("content_id", "number");

INSERT INTO "journal_now" ("id", "entry_id") VALUES (1, NULL);

-- One row a dossier (rowid = dossier.id) of folded text; rebuilt from the data at any time.
CREATE VIRTUAL TABLE "search_index" USING fts5(
  names, contacts, card, notes, documents,
  content='', contentless_delete=1, prefix='2 3 4',
  tokenize="unicode61 remove_diacritics 0"
);
