-- Studies, what a study knows of each of its requests, and what was read from the answers.

-- content: the study file (.tabane). sent_at: nothing changes it any more.
CREATE TABLE studies (
  key        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  content    TEXT NOT NULL,
  copy_of    TEXT,
  created_at INTEGER NOT NULL,
  saved_at   INTEGER NOT NULL,
  sent_at    INTEGER
) STRICT;

-- Id of the study that the job was made from.
ALTER TABLE jobs ADD COLUMN study TEXT;
CREATE INDEX jobs_by_study ON jobs (study) WHERE study IS NOT NULL;

-- The key of the request. levels: JSON list of level ids in the order of the study's factors.
CREATE TABLE study_requests (
  key         INTEGER PRIMARY KEY,
  levels      TEXT NOT NULL,
  trial       INTEGER NOT NULL,
  temperature REAL
) STRICT;

-- One cell a field of the answer sheet. request: key of the request. field: 0-based place in the sheet.
-- value and how, or missing; start and stop: characters of the answer. A correction stands beside what was read.
CREATE TABLE cells (
  request    INTEGER NOT NULL,
  field      INTEGER NOT NULL,
  value      TEXT,
  how        TEXT,
  missing    TEXT,
  start      INTEGER,
  stop       INTEGER,
  edited     TEXT,
  edited_at  INTEGER,
  PRIMARY KEY (request, field)
) STRICT, WITHOUT ROWID;
