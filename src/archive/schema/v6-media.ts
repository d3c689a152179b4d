/**
 * Schema 6: files of posts and members. `media` has each address once, with what became of it; the files themselves are in the folder beside
 * the archive, named by their hash. `media_uses` says who shows a file, also in earlier versions, so that an erasure finds it.
 */
export const SCHEMA_6 = `
CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  detail TEXT,
  sha256 TEXT,
  type TEXT,
  declared_type TEXT,
  size INTEGER,
  name TEXT,
  final_url TEXT,
  fetched_at TEXT,
  asked_at TEXT,
  again_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  reader TEXT,
  run_id INTEGER REFERENCES runs(id)
) STRICT;
CREATE INDEX media_files ON media(sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE media_uses (
  id INTEGER PRIMARY KEY,
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  post_id INTEGER REFERENCES posts(id) ON DELETE CASCADE,
  member_id INTEGER REFERENCES members(id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX media_uses_of ON media_uses(media_id, COALESCE(post_id, 0), COALESCE(member_id, 0));
CREATE INDEX media_uses_post ON media_uses(post_id) WHERE post_id IS NOT NULL;
CREATE INDEX media_uses_member ON media_uses(member_id) WHERE member_id IS NOT NULL;
`
