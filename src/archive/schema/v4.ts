/** Characters of scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Hangul, Han), for a character class. */
export const UNSPACED =
  '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}'

/** Condition of the index `posts_unspaced`. A query must use the same text, or SQLite does not use the index. */
export const holdsUnspaced = (column: string): string => `${column} GLOB '*[${UNSPACED}]*'`

/**
 * Schema 4: the archive over time. Events of posts, groups and members; sightings; page fingerprints, so that an unchanged response is
 * not stored twice; titles in the full-text search.
 *
 * Capture ids only grow, so `pass_after_id` separates the captures of a pass from earlier ones without relying on the clock.
 */
export const SCHEMA_4 = `
ALTER TABLE captures ADD COLUMN digest TEXT;  -- fingerprint of the page: hash of what the parser read
ALTER TABLE captures ADD COLUMN reader TEXT;  -- visitor, session, password; null: before schema 4
ALTER TABLE captures ADD COLUMN asked TEXT;   -- JSON: the task of the request; null: before schema 4
CREATE INDEX captures_request ON captures(url, id);
DROP INDEX captures_url;

ALTER TABLE targets ADD COLUMN pass_after_id INTEGER NOT NULL DEFAULT 0; -- last capture before the pass began
ALTER TABLE targets ADD COLUMN pass_plan TEXT;     -- JSON: how much of the target this pass reads
ALTER TABLE targets ADD COLUMN pass_stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE targets ADD COLUMN full_read_at TEXT;  -- end of the last whole pass without gaps in its lists
UPDATE targets SET full_read_at = pass_finished_at;

ALTER TABLE groups ADD COLUMN stream_capture_id INTEGER REFERENCES captures(id); -- last page of its stream, when that was last read to the end
ALTER TABLE posts ADD COLUMN parent_seen_at TEXT;  -- when a view last showed its parent (or named it, if parent_named is 1); null: not known
ALTER TABLE posts ADD COLUMN view_capture_id INTEGER REFERENCES captures(id);    -- opening posts: the last whole view of the thread
ALTER TABLE posts ADD COLUMN own_page_key TEXT;    -- content hash as printed by the thread's own page, which keeps shortcodes
ALTER TABLE posts ADD COLUMN told_replies INTEGER; -- opening posts: number of replies in a feed
ALTER TABLE posts ADD COLUMN told_capture_id INTEGER REFERENCES captures(id); -- the feed that showed this number first
ALTER TABLE groups ADD COLUMN turn_page INTEGER;   -- large groups: page of the stream at which the rotation continues; null: no turn is under way
ALTER TABLE groups ADD COLUMN turned_at TEXT;      -- large groups: time of the last turn
ALTER TABLE posts ADD COLUMN checked_at TEXT;      -- opening posts: when the rotation last requested the thread
ALTER TABLE posts ADD COLUMN text_seen_at TEXT;    -- when its present text was last seen
ALTER TABLE revisions ADD COLUMN last_seen_at TEXT; -- when this text was last seen; null: before schema 4

-- An erased member: the site's id stays, with salted hashes of the names, so that later passes do not store the names again.
ALTER TABLE members ADD COLUMN forgotten_at TEXT;
ALTER TABLE members ADD COLUMN forgotten_marks TEXT; -- JSON: salt, hashes, numbers of words of the names
ALTER TABLE posts ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;    -- 1: its author was erased: the row stays without its text
ALTER TABLE captures ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;  -- 1: its body was emptied, because it contained text or names of an erased member
CREATE INDEX members_forgotten ON members(site_id) WHERE forgotten_at IS NOT NULL;

CREATE TABLE sightings (                           -- who saw what
  post_id INTEGER NOT NULL REFERENCES posts(id),
  reader TEXT NOT NULL,                            -- visitor, session, password; with @LABEL behind it after a merge
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  PRIMARY KEY (post_id, reader)
) WITHOUT ROWID;
INSERT INTO sightings SELECT id,
  (SELECT CASE WHEN count(DISTINCT COALESCE(options ->> 'reader', 'visitor')) > 1 THEN 'unknown'
    ELSE COALESCE(min(options ->> 'reader'), 'visitor') END FROM targets), first_seen_at, last_seen_at
  FROM posts WHERE status <> 'unread';

CREATE TABLE archives (                            -- those that were merged into this one
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,                        -- start and words of its first run: what it is known by, whatever the file is called
  label TEXT NOT NULL UNIQUE,                      -- its readers are called session@LABEL
  merged_at TEXT NOT NULL                          -- for the first time
);
ALTER TABLE runs ADD COLUMN archive_id INTEGER REFERENCES archives(id); -- null: a run of this archive itself

CREATE TABLE events (                              -- what happened; texts that were replaced are in revisions
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,                              -- gone, back, renamed, forgotten
  post_id INTEGER REFERENCES posts(id),
  group_id INTEGER REFERENCES groups(id),
  member_id INTEGER REFERENCES members(id),
  field TEXT,                                      -- renamed: name, slug, status
  before TEXT,
  after TEXT,
  reason TEXT,                                     -- gone: 404, 410, absent from a complete thread, ...
  last_seen_at TEXT,                               -- gone: when it was seen last
  run_id INTEGER NOT NULL REFERENCES runs(id)
);
CREATE INDEX events_post ON events(post_id);
CREATE INDEX events_group ON events(group_id);
CREATE INDEX events_member ON events(member_id);
CREATE INDEX events_run ON events(run_id);
CREATE INDEX events_at ON events(at);
CREATE INDEX revisions_replaced ON revisions(replaced_at);
CREATE INDEX posts_first_seen ON posts(first_seen_at);
CREATE INDEX posts_opening ON posts(group_id, status) WHERE id = thread_id; -- threads are counted without their posts
CREATE INDEX posts_not_live ON posts(status) WHERE status <> 'live';
CREATE INDEX posts_edited ON posts(id) WHERE edited = 1;

-- Scripts without spaces between words, which FTS5 can't find words in: searched letter by letter, among these alone.
CREATE INDEX posts_unspaced ON posts(id) WHERE ${holdsUnspaced('text')} OR ${holdsUnspaced('heading')};

DROP TABLE posts_fts;
DROP TRIGGER posts_fts_insert;
DROP TRIGGER posts_fts_delete;
DROP TRIGGER posts_fts_update;
-- M*: the vowel signs of Indic scripts are part of their words.
CREATE VIRTUAL TABLE posts_fts USING fts5(
  heading, text, content="posts", content_rowid="id", tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
INSERT INTO posts_fts(posts_fts) VALUES ('rebuild');
CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
  INSERT INTO posts_fts(rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;
CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
END;
CREATE TRIGGER posts_fts_update AFTER UPDATE OF heading, text ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
  INSERT INTO posts_fts(rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;

-- One row a thread. A post that the last whole view did not show is not counted as held. What is gone from the site stays as
-- complete as it was held: nothing of it can be missing any more.
DROP VIEW threads;
CREATE VIEW threads AS
SELECT counted.*, CASE WHEN whole_view_at IS NULL THEN 'unknown'
  WHEN held >= claimed AND shortened = 0 THEN 'complete' ELSE 'short' END AS completeness
FROM (
  SELECT root.id, root.activity_id, root.site_id, root.group_id, root.member_id, root.type, root.title,
    root.posted_at, root.posted_from, root.posted_to, root.url, root.status, root.claimed, root.whole_view_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND id <> root.id) AS replies,
    (SELECT max(COALESCE(posted_at, posted_from)) FROM posts WHERE thread_id = root.id) AS last_post_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 0
      AND (root.status = 'gone' OR (status = 'live' AND last_seen_at >= COALESCE(root.whole_view_at, '')))) AS held,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 1) AS shortened
  FROM posts AS root WHERE root.id = root.thread_id
) AS counted;
`
