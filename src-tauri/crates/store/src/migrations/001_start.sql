-- Times are UTC milliseconds. Failures are the JSON of model::Failure. States are the words of the model crate.

CREATE TABLE jobs (
  key             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  provider        TEXT NOT NULL,
  connection      TEXT,
  base_url        TEXT,
  key_fingerprint TEXT,
  model           TEXT,
  endpoint        TEXT,
  batch_window    TEXT NOT NULL,
  state           TEXT NOT NULL,
  waiting         TEXT,
  requests        INTEGER NOT NULL,
  bytes           INTEGER NOT NULL,
  nonce           TEXT NOT NULL,
  source          TEXT,
  origin          TEXT NOT NULL,
  cancel_asked    INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  sent_at         INTEGER,
  ended_at        INTEGER
) STRICT;
CREATE INDEX jobs_by_age ON jobs (created_at);

CREATE TABLE parts (
  key              INTEGER PRIMARY KEY AUTOINCREMENT,
  job              INTEGER NOT NULL REFERENCES jobs (key) ON DELETE CASCADE,
  number           INTEGER NOT NULL,
  state            TEXT NOT NULL,
  file             TEXT NOT NULL,
  sha256           TEXT NOT NULL,
  requests         INTEGER NOT NULL,
  bytes            INTEGER NOT NULL,
  first_position   INTEGER NOT NULL,
  endpoint         TEXT NOT NULL,
  remote_file      TEXT,
  remote_batch     TEXT,
  remote_status    TEXT,
  remote_state     TEXT,
  remote_total     INTEGER,
  remote_completed INTEGER,
  remote_failed    INTEGER,
  output_file      TEXT,
  error_file       TEXT,
  expires_at       INTEGER,
  due_at           INTEGER,
  tries            INTEGER NOT NULL,
  failure          TEXT,
  created_at       INTEGER NOT NULL,
  sent_at          INTEGER,
  ended_at         INTEGER,
  UNIQUE (job, number)
) STRICT;
CREATE INDEX parts_by_due ON parts (due_at) WHERE due_at IS NOT NULL;

-- Every change of state. part 0: of the job itself.
CREATE TABLE transitions (
  key        INTEGER PRIMARY KEY,
  job        INTEGER NOT NULL REFERENCES jobs (key) ON DELETE CASCADE,
  part       INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  from_state TEXT,
  to_state   TEXT NOT NULL,
  note       TEXT
) STRICT;
CREATE INDEX transitions_by_job ON transitions (job);

-- An act outside this computer, written down before it happens.
CREATE TABLE effects (
  key         INTEGER PRIMARY KEY AUTOINCREMENT,
  job         INTEGER NOT NULL REFERENCES jobs (key) ON DELETE CASCADE,
  part        INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  effect_key  TEXT NOT NULL,
  intended_at INTEGER NOT NULL,
  ended_at    INTEGER,
  result      TEXT,
  remote_id   TEXT,
  failure     TEXT
) STRICT;
CREATE INDEX effects_by_job ON effects (job);
-- While it is not known how one ended, no second one of its kind may begin: nothing is paid twice.
CREATE UNIQUE INDEX effects_open ON effects (job, part, kind) WHERE result IS NULL OR result = 'unclear';

-- key = job key * 2^32 + position. No foreign key fits that; delete_job removes the range.
CREATE TABLE requests (
  key         INTEGER PRIMARY KEY,
  part        INTEGER NOT NULL,
  source_line INTEGER NOT NULL,
  place       INTEGER NOT NULL,
  length      INTEGER NOT NULL,
  wire_id     TEXT NOT NULL,
  custom_id   TEXT NOT NULL
) STRICT;

-- What became of a request; the same key. A request without a row here is pending.
-- raw: the line it was read from; none for rows that were in no file.
-- The long columns come last, so that a look at the short ones stays on one page.
CREATE TABLE results (
  key              INTEGER PRIMARY KEY,
  status           TEXT NOT NULL,
  raw              INTEGER,
  finish_reason    TEXT,
  model            TEXT,
  input_tokens     INTEGER,
  cached_tokens    INTEGER,
  output_tokens    INTEGER,
  reasoning_tokens INTEGER,
  error_code       TEXT,
  error_message    TEXT,
  answer           TEXT
) STRICT;
-- Most succeed: only the others are looked for by an index, and a look for the succeeded leaves these out.
CREATE INDEX results_not_succeeded ON results (status) WHERE status <> 'succeeded';
CREATE INDEX results_by_finish ON results (finish_reason) WHERE finish_reason <> 'stop';

-- Lines as received. key = part key * 2^32 + (error file: 2^31) + line number.
-- request: key of the request it answers; none for an orphan.
CREATE TABLE raw_results (
  key     INTEGER PRIMARY KEY,
  request INTEGER,
  raw     TEXT NOT NULL
) STRICT;
CREATE INDEX raw_results_orphans ON raw_results (key) WHERE request IS NULL;

-- How many results there are of each status, kept with them in the same transaction.
CREATE TABLE tallies (
  job    INTEGER NOT NULL REFERENCES jobs (key) ON DELETE CASCADE,
  part   INTEGER NOT NULL,
  status TEXT NOT NULL,
  count  INTEGER NOT NULL,
  PRIMARY KEY (job, part, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id             TEXT PRIMARY KEY,
  path           TEXT NOT NULL,
  name           TEXT NOT NULL,
  provider       TEXT,
  connection     TEXT,
  batch_window   TEXT,
  fixes          TEXT NOT NULL,
  model_override TEXT,
  created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE connections (
  id              TEXT PRIMARY KEY,
  provider        TEXT NOT NULL,
  name            TEXT NOT NULL,
  base_url        TEXT,
  key_ends        TEXT,
  key_fingerprint TEXT,
  tested_at       INTEGER,
  test_failure    TEXT,
  test_models     INTEGER,
  created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
