/**
 * Schema 4: how an imported capture came into the archive. The time of a saved page may be known only as a bound, so that a relative date
 * on it has an open end, and what it shows counts as seen at the earliest possible time (`not_before`). A group has a time for its status
 * and description, so that an older page does not replace them. The posts of a text have ids that threadkeep makes; `made_ids` says which
 * known posts they turned out to be.
 */
export const SCHEMA_4 = `
ALTER TABLE captures ADD COLUMN door TEXT;
ALTER TABLE captures ADD COLUMN origin TEXT;
ALTER TABLE captures ADD COLUMN time_is_bound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN not_before TEXT;
CREATE TABLE made_ids (
  made_id TEXT NOT NULL PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX made_ids_post ON made_ids(post_id);
CREATE INDEX posts_made ON posts(id) WHERE site_post_id GLOB 'x*';
ALTER TABLE groups ADD COLUMN described_at TEXT;
UPDATE groups SET described_at = last_seen_at WHERE status IS NOT NULL OR description IS NOT NULL;
`
