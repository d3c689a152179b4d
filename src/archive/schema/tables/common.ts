import { maybeText, text } from '../describe.js'

/** Columns that several tables have. */

export const SEEN = {
  first_seen_at: text('When it was first seen (UTC).', 'first'),
  last_seen_at: text('When it was last seen (UTC).', 'latest'),
}

export const WHEN = {
  posted_at: maybeText('When it was written (UTC); empty if only an interval is known.', 'dates'),
  posted_from: maybeText('It was written at this time (UTC) or later.', 'dates'),
  posted_to: maybeText('It was written at this time (UTC) or earlier.', 'dates'),
}

export const CONTENT = {
  heading: maybeText('Title given by the author (BuddyBoss).', 'text'),
  html: text('The body as the site sent it. It is untrusted HTML: sanitise it before you show it on a page.', 'text'),
  text: text('The body without markup.', 'text'),
  content_hash: text('Content hash of the normalised text: it changes with an edit.', 'text'),
}
