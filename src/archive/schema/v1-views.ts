/** Full-text search over the posts, kept in step by triggers. Frozen, as all of schema 1. */
export const SEARCH = `
-- M*: the vowel signs of Indic scripts are part of their words.
CREATE VIRTUAL TABLE posts_fts USING fts5(
  heading, text, content="posts", content_rowid="id", tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
  INSERT INTO posts_fts(rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;
CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
END;
CREATE TRIGGER posts_fts_update AFTER UPDATE OF heading, text ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
  INSERT INTO posts_fts(rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;`

/** Views with the names that a reader looks for. Frozen, as all of schema 1. */
export const READABLE_VIEWS = `
-- One row a thread. A post that the last whole view did not show is not counted as held. What is gone from the site stays as
-- complete as it was held: nothing of it can be missing any more.
CREATE VIEW readable_threads AS
SELECT counted.*, CASE WHEN whole_view_at IS NULL THEN 'unknown'
  WHEN held >= claimed AND shortened = 0 THEN 'complete' ELSE 'short' END AS completeness
FROM (
  SELECT root.id, root.site_post_id, root.site_id, root.group_id, root.member_id, root.type, root.title,
    root.posted_at, root.posted_from, root.posted_to, root.url, root.status, threads.claimed, threads.whole_view_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND id <> root.id) AS replies,
    (SELECT max(COALESCE(posted_at, posted_from)) FROM posts WHERE thread_id = root.id) AS last_post_at,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 0
      AND (root.status = 'gone' OR (status = 'live' AND last_seen_at >= COALESCE(threads.whole_view_at, '')))) AS held,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 1) AS shortened
  FROM posts AS root JOIN threads ON threads.id = root.id WHERE root.id = root.thread_id
) AS counted;

-- Posts with the names that a reader looks for. No thread is 10,000 replies deep: the bound ends a circle in a damaged file.
CREATE VIEW readable_posts AS
SELECT posts.id, sites.url AS site, groups.name AS group_name, groups.slug AS group_slug, opening.site_post_id AS thread,
  parent.site_post_id AS parent, posts.site_post_id,
  (WITH RECURSIVE above (id, steps) AS (SELECT posts.parent_id, 1 WHERE posts.parent_id IS NOT NULL
    UNION ALL SELECT next.parent_id, steps + 1 FROM above JOIN posts AS next ON next.id = above.id
      WHERE next.parent_id IS NOT NULL AND steps < 10000)
    SELECT COALESCE(max(steps), 0) FROM above) AS depth,
  members.name AS author, members.site_member_id AS author_id, members.slug AS author_slug, posts.type,
  posts.posted_at, posts.posted_from, posts.posted_to, posts.heading, posts.text,
  posts.edited = 1 OR EXISTS (SELECT 1 FROM revisions WHERE revisions.post_id = posts.id) AS edited,
  posts.status, posts.url, posts.first_seen_at, posts.last_seen_at
FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id
LEFT JOIN posts AS parent ON parent.id = posts.parent_id LEFT JOIN groups ON groups.id = posts.group_id
LEFT JOIN members ON members.id = posts.member_id
WHERE posts.status <> 'unread';
`
