-- What services other than OpenAI's kind need.

-- JSON of model::Settings: what a connection needs beside address and key. A job keeps those that it was sent with.
ALTER TABLE connections ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE jobs ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- JSON list of Failures: what the last test found that may stand in the way.
ALTER TABLE connections ADD COLUMN test_remarks TEXT NOT NULL DEFAULT '[]';

-- The version of the service's interface that the requests were written for, where there are several.
ALTER TABLE jobs ADD COLUMN api_version TEXT;
-- JSON list of Adaptations: what was changed in the requests to suit the service, with counts.
ALTER TABLE jobs ADD COLUMN adaptations TEXT NOT NULL DEFAULT '[]';

-- Which key asked for the batch, without the key.
ALTER TABLE parts ADD COLUMN key_fingerprint TEXT;
-- When the service said that the results will be gone.
ALTER TABLE parts ADD COLUMN kept_until INTEGER;
-- When what we laid down at the service was deleted.
ALTER TABLE parts ADD COLUMN cleaned_at INTEGER;

-- How a draft's requests are written, where the service leaves a choice.
ALTER TABLE drafts ADD COLUMN max_tokens INTEGER;
ALTER TABLE drafts ADD COLUMN cache_prompt INTEGER NOT NULL DEFAULT 0;
