import { READABLE_VIEWS, SEARCH } from './v1-views.js'

/** Characters of scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Hangul, Han), for a character class. */
export const UNSPACED =
  '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}'

/** Condition of the index `posts_unspaced` until schema 8. A query must use the same text, or SQLite does not use the index. */
export const holdsUnspaced = (column: string): string => `${column} GLOB '*[${UNSPACED}]*'`

/**
 * Schema 1. Designed for use with other programs (Datasette, sqlite-utils, DuckDB, pandas): plural lower-case table names, integer keys,
 * declared foreign keys, ISO 8601 UTC dates as text, no column named by a reserved word. `site_…_id` holds the site's own id.
 * `tables/` says what each column means. STRICT: SQLite refuses values of another type.
 *
 * A released schema never changes. A new column is a migration, an entry in `tables/`, the parser that reads it, and the exporter that
 * shows it.
 */
export const SCHEMA_1 = `
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  name TEXT
) STRICT;

CREATE TABLE archives (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL UNIQUE,
  merged_at TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  archive_id INTEGER REFERENCES archives(id),
  command TEXT NOT NULL,
  version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  exit_code INTEGER,
  requests INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  new_posts INTEGER NOT NULL DEFAULT 0,
  changed_posts INTEGER NOT NULL DEFAULT 0,
  report TEXT
) STRICT;

CREATE TABLE blobs (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  form TEXT,
  referer TEXT,
  site_url TEXT,
  final_url TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  blob_id INTEGER NOT NULL REFERENCES blobs(id),
  captured_at TEXT NOT NULL,
  same_as_id INTEGER REFERENCES captures(id),
  wall TEXT,
  reader TEXT NOT NULL,
  purpose TEXT NOT NULL,
  fingerprint TEXT,
  withheld INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX captures_request ON captures(url, form, id);
CREATE INDEX captures_run ON captures(run_id);
CREATE INDEX captures_blob ON captures(blob_id);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  site_group_id TEXT,
  slug TEXT NOT NULL,
  name TEXT,
  url TEXT NOT NULL,
  status TEXT,
  description TEXT,
  access TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  named_at TEXT,
  stream_read_at TEXT,
  stream_capture_id INTEGER REFERENCES captures(id),
  left_out INTEGER NOT NULL DEFAULT 0,
  rotation_page INTEGER,
  rotated_at TEXT
) STRICT;
CREATE UNIQUE INDEX groups_slug ON groups(site_id, slug);
CREATE UNIQUE INDEX groups_identity ON groups(site_id, site_group_id) WHERE site_group_id IS NOT NULL;

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  site_member_id TEXT,
  slug TEXT,
  name TEXT,
  url TEXT,
  avatar_url TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  named_at TEXT,
  forgotten_at TEXT,
  forgotten_marks TEXT
) STRICT;
CREATE UNIQUE INDEX members_identity ON members(site_id, site_member_id) WHERE site_member_id IS NOT NULL;
CREATE INDEX members_slug ON members(site_id, slug);
CREATE INDEX members_forgotten ON members(site_id) WHERE forgotten_at IS NOT NULL;

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  site_post_id TEXT NOT NULL,
  thread_id INTEGER NOT NULL REFERENCES posts(id) DEFERRABLE INITIALLY DEFERRED,
  thread_seen_at TEXT,
  position INTEGER,
  parent_id INTEGER REFERENCES posts(id),
  parent_named INTEGER NOT NULL DEFAULT 0,
  parent_seen_at TEXT,
  group_id INTEGER REFERENCES groups(id),
  group_seen_at TEXT,
  member_id INTEGER REFERENCES members(id),
  member_seen_at TEXT,
  type TEXT NOT NULL,
  title TEXT,
  heading TEXT,
  html TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  content_hash TEXT NOT NULL DEFAULT '',
  truncated INTEGER NOT NULL DEFAULT 0,
  text_capture_id INTEGER REFERENCES captures(id),
  text_seen_at TEXT,
  parser TEXT NOT NULL DEFAULT '',
  posted_at TEXT,
  posted_from TEXT,
  posted_to TEXT,
  url TEXT NOT NULL,
  url_seen_at TEXT,
  topic TEXT,
  privacy TEXT,
  labels_seen_at TEXT,
  edited INTEGER NOT NULL DEFAULT 0,
  forgotten INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'gone', 'unread')),
  missed_at TEXT,
  gone_at TEXT,
  gone_reason TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  first_run_id INTEGER NOT NULL REFERENCES runs(id),
  last_run_id INTEGER NOT NULL REFERENCES runs(id),
  last_capture_id INTEGER REFERENCES captures(id)
) STRICT;
CREATE UNIQUE INDEX posts_identity ON posts(site_id, site_post_id);
CREATE INDEX posts_thread ON posts(thread_id);
CREATE INDEX posts_parent ON posts(parent_id);
CREATE INDEX posts_group ON posts(group_id);
CREATE INDEX posts_member ON posts(member_id);
CREATE INDEX posts_posted ON posts(posted_from);
CREATE INDEX posts_first_seen ON posts(first_seen_at);
CREATE INDEX posts_opening ON posts(group_id, status) WHERE id = thread_id;
CREATE INDEX posts_not_live ON posts(status) WHERE status <> 'live';
CREATE INDEX posts_edited ON posts(id) WHERE edited = 1;
CREATE INDEX posts_unspaced ON posts(id) WHERE ${holdsUnspaced('text')} OR ${holdsUnspaced('heading')};

CREATE TABLE threads (
  id INTEGER PRIMARY KEY REFERENCES posts(id) DEFERRABLE INITIALLY DEFERRED,
  claimed INTEGER,
  whole_view_at TEXT,
  whole_view_in TEXT,
  view_capture_id INTEGER REFERENCES captures(id),
  told_replies INTEGER,
  told_capture_id INTEGER REFERENCES captures(id),
  checked_at TEXT
) STRICT;

CREATE TABLE own_pages (
  post_id INTEGER PRIMARY KEY REFERENCES posts(id),
  content_hash TEXT NOT NULL
) STRICT;

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  heading TEXT,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  member_id INTEGER REFERENCES members(id),
  parent_id INTEGER REFERENCES posts(id),
  group_id INTEGER REFERENCES groups(id),
  posted_at TEXT,
  posted_from TEXT,
  posted_to TEXT,
  text_capture_id INTEGER REFERENCES captures(id),
  last_seen_at TEXT,
  replaced_at TEXT NOT NULL,
  replaced_by_id INTEGER REFERENCES captures(id)
) STRICT;
CREATE INDEX revisions_post ON revisions(post_id);
CREATE INDEX revisions_replaced ON revisions(replaced_at);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  name TEXT
) STRICT;
CREATE INDEX attachments_post ON attachments(post_id);

CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id),
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX links_post ON links(post_id);

CREATE TABLE sightings (
  post_id INTEGER NOT NULL REFERENCES posts(id),
  reader TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  PRIMARY KEY (post_id, reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  post_id INTEGER REFERENCES posts(id),
  group_id INTEGER REFERENCES groups(id),
  member_id INTEGER REFERENCES members(id),
  field TEXT,
  before TEXT,
  after TEXT,
  reason TEXT,
  last_seen_at TEXT,
  run_id INTEGER NOT NULL REFERENCES runs(id)
) STRICT;
CREATE INDEX events_post ON events(post_id);
CREATE INDEX events_group ON events(group_id);
CREATE INDEX events_member ON events(member_id);
CREATE INDEX events_run ON events(run_id);
CREATE INDEX events_at ON events(at);

CREATE TABLE targets (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  options TEXT NOT NULL,
  registered_at TEXT NOT NULL,
  pass_started_at TEXT,
  pass_finished_at TEXT,
  pass_after_id INTEGER NOT NULL DEFAULT 0,
  pass_plan TEXT,
  pass_stage INTEGER NOT NULL DEFAULT 0,
  full_read_at TEXT
) STRICT;

CREATE TABLE frontier (
  id INTEGER PRIMARY KEY,
  target_id INTEGER NOT NULL REFERENCES targets(id),
  key TEXT NOT NULL,
  task TEXT NOT NULL,
  group_id INTEGER REFERENCES groups(id),
  state TEXT NOT NULL DEFAULT 'pending',
  reason TEXT,
  capture_id INTEGER REFERENCES captures(id)
) STRICT;
CREATE UNIQUE INDEX frontier_key ON frontier(target_id, key);
CREATE INDEX frontier_state ON frontier(target_id, state, id);
CREATE INDEX frontier_capture ON frontier(capture_id);

CREATE TABLE locks (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started_at TEXT NOT NULL,
  command TEXT NOT NULL
) STRICT;

${SEARCH}
${READABLE_VIEWS}`
