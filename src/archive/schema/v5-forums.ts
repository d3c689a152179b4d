/**
 * Schema 5: finds the activity items that repeat a post of a forum, and topics by their address. Most archives have neither, so that
 * these indexes are empty.
 */
export const SCHEMA_5 = `
CREATE INDEX posts_mirrors ON posts(site_id, (CASE type WHEN 'bbp_reply_create' THEN 'bbp:' || substr(url, instr(url, '#post-') + 6) ELSE substr(url, instr(url, '://') + 3) END))
  WHERE type IN ('bbp_topic_create', 'bbp_reply_create');
CREATE INDEX posts_topics ON posts(site_id, substr(url, instr(url, '://') + 3)) WHERE type = 'topic';
`
