/**
 * Schema 1. Designed for use with other programs (Datasette, sqlite-utils, DuckDB, pandas): plural lower-case table names, integer keys,
 * declared foreign keys, and ISO 8601 UTC dates as text. `…_id` columns of type TEXT hold the site's own ids.
 *
 * SQLite stores the comments within statements: they never change, as the statements themselves.
 */
export const SCHEMA_1 = `
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,              -- host without www., port and base path: what never changes
  url TEXT NOT NULL,
  name TEXT
);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,                 -- the words of the command line
  version TEXT NOT NULL,                 -- threadkeep's
  started_at TEXT NOT NULL,
  finished_at TEXT,                      -- null: running, or killed
  exit_code INTEGER,
  requests INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  new_posts INTEGER NOT NULL DEFAULT 0,
  changed_posts INTEGER NOT NULL DEFAULT 0,
  report TEXT                            -- JSON, threadkeep.run/1
);

CREATE TABLE blobs (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,           -- of the body before compression, nonces blanked
  size INTEGER NOT NULL,                 -- before compression, in bytes
  encoding TEXT NOT NULL,                -- gzip
  body BLOB NOT NULL
);

CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  method TEXT NOT NULL,
  url TEXT NOT NULL,                     -- as asked for
  form TEXT,                             -- JSON; fields of a POST, never its nonce
  referer TEXT,
  site_url TEXT,                         -- AJAX: the community, as the page of the call said
  final_url TEXT NOT NULL,               -- where redirects led
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,                 -- JSON, no Set-Cookie
  blob_id INTEGER NOT NULL REFERENCES blobs(id),
  captured_at TEXT NOT NULL,
  same_as_id INTEGER REFERENCES captures(id), -- earlier answer with the same content
  wall TEXT                              -- why it was not read: login, not-found, ...
);
CREATE INDEX captures_url ON captures(url);
CREATE INDEX captures_run ON captures(run_id);
CREATE INDEX captures_blob ON captures(blob_id);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  group_id TEXT,
  slug TEXT NOT NULL,
  name TEXT,
  url TEXT NOT NULL,
  status TEXT,                           -- public, private, hidden; null: not known
  description TEXT,
  access TEXT,                           -- members: this reader may not see its posts
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  stream_read_at TEXT,                   -- when its stream was last read to the proven end
  left_out INTEGER NOT NULL DEFAULT 0    -- items of its stream that could not be read in the last reading
);
CREATE UNIQUE INDEX groups_slug ON groups(site_id, slug);
CREATE UNIQUE INDEX groups_native ON groups(site_id, group_id) WHERE group_id IS NOT NULL;

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  member_id TEXT,
  slug TEXT,
  name TEXT,                             -- null: deleted on the site
  url TEXT,
  avatar_url TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
);
CREATE UNIQUE INDEX members_native ON members(site_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX members_slug ON members(site_id, slug);

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  activity_id TEXT NOT NULL,             -- the site's own id: the identity of the post
  thread_id INTEGER NOT NULL REFERENCES posts(id) DEFERRABLE INITIALLY DEFERRED,
  parent_id INTEGER REFERENCES posts(id),
  group_id INTEGER REFERENCES groups(id),
  member_id INTEGER REFERENCES members(id),
  type TEXT NOT NULL,
  title TEXT,                            -- first words; opening posts only
  posted_at TEXT,                        -- null where only an interval is known
  posted_from TEXT,
  posted_to TEXT,
  html TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  content_key TEXT NOT NULL DEFAULT '',  -- hash of the normalised content: what a revision is told by
  url TEXT NOT NULL,
  shown_at INTEGER,                      -- place in pre-order in the last view, for siblings without exact dates
  truncated INTEGER NOT NULL DEFAULT 0,  -- 1: the site shortened the text and the rest could not be had
  edited INTEGER NOT NULL DEFAULT 0,     -- 1: the site itself marks it as edited
  status TEXT NOT NULL DEFAULT 'live',   -- live, gone; unread: an opening post known by its replies only
  missed_at TEXT,                        -- first time it was looked for and not found
  gone_at TEXT,
  gone_reason TEXT,
  claimed INTEGER,                       -- opening posts: posts of the thread in its last whole view
  whole_view_at TEXT,                    -- opening posts: when the whole thread was last seen
  whole_view_in TEXT,                    -- opening posts: stream or permalink
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  first_run_id INTEGER NOT NULL REFERENCES runs(id),
  last_run_id INTEGER NOT NULL REFERENCES runs(id),
  capture_id INTEGER REFERENCES captures(id),     -- where its present text was read
  last_capture_id INTEGER REFERENCES captures(id),
  parser TEXT NOT NULL DEFAULT ''        -- template that read it, and threadkeep's version
);
CREATE UNIQUE INDEX posts_identity ON posts(site_id, activity_id);
CREATE INDEX posts_thread ON posts(thread_id);
CREATE INDEX posts_parent ON posts(parent_id);
CREATE INDEX posts_group ON posts(group_id);
CREATE INDEX posts_member ON posts(member_id);
CREATE INDEX posts_posted ON posts(posted_from);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  content_key TEXT NOT NULL,
  capture_id INTEGER REFERENCES captures(id),     -- where this text was read
  replaced_at TEXT NOT NULL,
  replaced_by_id INTEGER REFERENCES captures(id)  -- where the newer text was read
);
CREATE INDEX revisions_post ON revisions(post_id);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  kind TEXT NOT NULL,                    -- image, video, audio, document, embed
  url TEXT NOT NULL,
  name TEXT
);
CREATE INDEX attachments_post ON attachments(post_id);

CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  kind TEXT NOT NULL,                    -- link, mention
  url TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX links_post ON links(post_id);

CREATE TABLE targets (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  options TEXT NOT NULL,                 -- JSON: what a later sync uses again
  registered_at TEXT NOT NULL,
  pass_started_at TEXT,                  -- the reading that is under way, or was the last
  pass_finished_at TEXT                  -- null: it was interrupted; the frontier says where
);

CREATE TABLE frontier (
  id INTEGER PRIMARY KEY,
  target_id INTEGER NOT NULL REFERENCES targets(id),
  key TEXT NOT NULL,                     -- one question is asked once in a pass
  task TEXT NOT NULL,                    -- JSON
  group_id INTEGER REFERENCES groups(id),
  state TEXT NOT NULL DEFAULT 'pending', -- pending, done, failed
  reason TEXT,
  capture_id INTEGER REFERENCES captures(id)
);
CREATE UNIQUE INDEX frontier_key ON frontier(target_id, key);
CREATE INDEX frontier_state ON frontier(target_id, state, id);
CREATE INDEX frontier_capture ON frontier(capture_id);

CREATE TABLE locks (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started_at TEXT NOT NULL,
  command TEXT NOT NULL
);

CREATE VIRTUAL TABLE posts_fts USING fts5(
  text, content="posts", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
  INSERT INTO posts_fts(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER posts_fts_update AFTER UPDATE OF text ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO posts_fts(rowid, text) VALUES (new.id, new.text);
END;

-- One row a thread. A post that the last whole view did not show is not counted as held.
CREATE VIEW threads AS
SELECT counted.*, CASE WHEN whole_view_at IS NULL THEN 'unknown'
  WHEN held >= claimed AND shortened = 0 THEN 'complete' ELSE 'short' END AS completeness
FROM (
  SELECT root.id, root.activity_id, root.site_id, root.group_id, root.member_id, root.type, root.title,
    root.posted_at, root.posted_from, root.posted_to, root.url, root.status, root.claimed, root.whole_view_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND id <> root.id) AS replies,
    (SELECT max(COALESCE(posted_at, posted_from)) FROM posts WHERE thread_id = root.id) AS last_post_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND status = 'live' AND truncated = 0
      AND last_seen_at >= COALESCE(root.whole_view_at, '')) AS held,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 1) AS shortened
  FROM posts AS root WHERE root.id = root.thread_id
) AS counted;

-- Posts with the names that a reader looks for.
CREATE VIEW readable_posts AS
SELECT posts.id, sites.url AS site, groups.name AS "group", opening.activity_id AS thread, parent.activity_id AS parent,
  posts.activity_id, members.name AS author, posts.type, posts.posted_at, posts.posted_from, posts.posted_to,
  posts.text, posts.status, posts.url
FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id
LEFT JOIN posts AS parent ON parent.id = posts.parent_id LEFT JOIN groups ON groups.id = posts.group_id
LEFT JOIN members ON members.id = posts.member_id
WHERE posts.status <> 'unread';
`
