/**
 * Schema 2: in a thread that is still there, shortened posts that are gone do not count. Nobody can read their full text any more, so
 * that the thread would stay `short` for ever.
 */
export const SCHEMA_2 = `
DROP VIEW readable_threads;
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
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND truncated = 1
      AND (root.status = 'gone' OR status <> 'gone')) AS shortened
  FROM posts AS root JOIN threads ON threads.id = root.id WHERE root.id = root.thread_id
) AS counted;
`
