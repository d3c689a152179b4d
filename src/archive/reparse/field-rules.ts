import { isExact, knownDate, narrow } from '../../model/time.js'
import { contentKey, titleOf } from '../text/content-hash.js'
import type { Content, Reread } from './reread-texts.js'
import { type FullRow, seesLess } from './rows.js'

/** Everything that decides about the values of one post. */
export interface Evidence {
  live: FullRow
  /** The post in the shadow database; null: no capture shows it. */
  built: FullRow | null
  /** The text that the current parser reads in the capture of the present text. */
  reread: Reread | null
  /** Whether that capture was read again. */
  wasReread: boolean
  /** All captures were read again: a value that none of them shows is wrong. */
  certain: boolean
  /** No capture lacked its body. */
  gapless: boolean
  /** Some captures that showed it share the body of an earlier one: their own relative dates are lost. */
  repeated: boolean
}

export type Columns = Partial<FullRow> & { posted_at?: string | null }

/** Source of the text: the same capture read again, the post of the shadow database, or no change. */
export type TextFrom = 'reread' | 'built' | 'kept'

/**
 * The text stays that of its capture, as the current parser reads it: which capture has the present text was decided when it was
 * archived. A full text beats a shortened one. Null: no capture shows the post.
 */
export function textFrom({ live, built, reread, wasReread }: Evidence): TextFrom | null {
  const shown = built !== null && built.status !== 'unread'
  const isFuller = shown && built.truncated === 0
  if (reread) return reread.content.truncated && isFuller ? 'built' : 'reread'
  if (!shown) return null
  return wasReread || live.status === 'unread' || (live.truncated === 1 && isFuller) ? 'built' : 'kept'
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

/** Columns besides text, dates, sightings and views. */
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
 * All captures narrow the date. If some of them have no body of their own, or none any more, the interval in the archive holds what
 * they showed.
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

/** Columns of the last whole view of the thread. */
export function viewColumns({ live, built, certain, gapless }: Evidence & { built: FullRow }): Columns {
  const { claimed, whole_view_at, whole_view_in, view_capture_id } = built
  const isNewest = gapless && whole_view_at !== null && whole_view_at >= (live.whole_view_at ?? '')
  return certain || isNewest || live.whole_view_at === null
    ? { claimed, whole_view_at, whole_view_in, view_capture_id }
    : {}
}
