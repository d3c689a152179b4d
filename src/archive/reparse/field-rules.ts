import { isExact, knownDate, narrow } from '../../model/time.js'
import { contentKey, titleOf } from '../text/content-hash.js'
import type { Content, Reread } from './reread-texts.js'
import { type FullRow, seesLess } from './rows.js'

/** What is known of one post. */
export interface Evidence {
  live: FullRow
  /** As the captures that could be read give it; null: none of them shows it. */
  built: FullRow | null
  /** What is read today where its present text came from. */
  reread: Reread | null
  /** Whether that capture was read again. */
  passed: boolean
  /** All captures were read again, so that what they do not say is not so. */
  certain: boolean
  /** No capture was left out for want of its body. */
  gapless: boolean
  /** Some of the answers that showed it have no body of their own: their relative dates are lost. */
  repeated: boolean
}

export type Columns = Partial<FullRow> & { posted_at?: string | null }

/** From where the text is taken: that capture as it is read today, the rebuilt post, or it stays. */
export type TextFrom = 'reread' | 'built' | 'kept'

/**
 * A text stays that of the capture in which it was found, as today's parser reads it: which capture tells the present text was
 * decided when it came. A full text beats a shortened one.
 */
export function textFrom({ live, built, reread, passed }: Evidence): TextFrom | null {
  const shown = built !== null && built.status !== 'unread'
  const isFuller = shown && built.truncated === 0
  if (reread) return reread.content.truncated && isFuller ? 'built' : 'reread'
  if (!shown) return null
  return passed || live.status === 'unread' || (live.truncated === 1 && isFuller) ? 'built' : 'kept'
}

export function textColumns(
  content: Content,
  capture: number | null,
  parser: string,
  { live, built }: Evidence,
): Columns {
  const heading = content.heading === undefined ? (built ?? live).heading : content.heading
  const seen = { ...content, heading }
  return {
    html: content.html,
    text: content.text,
    heading,
    content_key: contentKey(seen, content.site),
    truncated: content.truncated ? 1 : 0,
    title: live.thread === live.activity_id ? titleOf(seen) : null,
    capture_id: capture,
    parser,
  }
}

/** What stands around the text. Row numbers are those of the archive. */
export function frameColumns({ live, built, certain }: Evidence & { built: FullRow }): Columns {
  const isNewest = certain || (built.last_capture_id ?? 0) >= (live.last_capture_id ?? 0)
  return {
    type: built.type,
    edited: certain || built.edited ? built.edited : live.edited,
    privacy: built.privacy ?? (certain ? null : live.privacy),
    topic: built.topic ?? (certain ? null : live.topic),
    url: certain ? built.url : live.url,
    shown_at: isNewest && !seesLess(live.thread_view, built) ? built.shown_at : live.shown_at,
    own_page_key: built.own_page_key ?? live.own_page_key ?? null,
  }
}

/**
 * Dates are narrowed by all captures. Where some of these have no body of their own, or none any more, what they had told is in
 * the interval that is held.
 */
export function dateColumns({ live, built, certain, repeated }: Evidence & { built: FullRow }): Columns {
  const [kept, seen] = [live, built].map(row => ({ from: row.posted_from, to: row.posted_to })) as [
    DateRange,
    DateRange,
  ]
  const when = certain && !repeated ? seen : certain && isExact(kept) ? seen : narrow(seen, kept)
  return { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
}

type DateRange = { from: string | null; to: string | null }

export function seenColumns({ live, built }: Evidence & { built: FullRow }): Columns {
  const { first_seen_at, first_run_id, last_seen_at, last_run_id, last_capture_id } = built
  return {
    ...(first_seen_at < live.first_seen_at ? { first_seen_at, first_run_id } : {}),
    ...(last_seen_at > live.last_seen_at ? { last_seen_at, last_run_id, last_capture_id } : {}),
    ...(live.status === 'unread' && built.status === 'live' ? { status: 'live' as const } : {}),
  }
}

/** What its thread's last whole view has shown. */
export function viewColumns({ live, built, certain, gapless }: Evidence & { built: FullRow }): Columns {
  const { claimed, whole_view_at, whole_view_in, view_capture_id } = built
  const isNewest = gapless && whole_view_at !== null && whole_view_at >= (live.whole_view_at ?? '')
  return certain || isNewest || live.whole_view_at === null
    ? { claimed, whole_view_at, whole_view_in, view_capture_id }
    : {}
}
