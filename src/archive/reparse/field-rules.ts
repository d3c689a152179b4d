import type { When } from '../../model/discussion.js'
import { isExact, knownDate, narrow } from '../../model/time.js'
import { foldPosts } from '../fold/post.js'
import { type PostValues, whenOf } from '../fold/state.js'
import { columnsOf, type PostRow } from '../schema/tables/posts.js'
import { contentHash, titleOf } from '../text/content-hash.js'
import { storedState } from '../write/reading.js'
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

export type Columns = Partial<FullRow>

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
    content_hash: contentHash(seen, content.site),
    truncated: content.truncated ? 1 : 0,
    title: live.thread === live.site_post_id ? titleOf(seen) : null,
    text_capture_id: capture,
    parser,
  }
}

/** Columns besides text, dates, relations and views. A value that no capture shows is wrong if all captures were read again. */
export function frameColumns({ live, built, certain }: Evidence & { built: FullRow }): Columns[] {
  const folded = foldPosts(stateOf(live), stateOf(built), () => live.status === 'gone').row
  return [
    picked(folded, SEEN),
    picked(certain ? built : folded, FRAME),
    seesLess(live.thread_view, built) ? picked(live, PLACE) : {},
    live.status === 'unread' && built.status === 'live' ? { status: 'live' } : {},
  ]
}

const SEEN = ['first_seen_at', 'first_run_id', 'last_seen_at', 'last_run_id', 'last_capture_id'] as const

const PLACE = ['thread_seen_at', 'position', 'parent_seen_at'] as const

/** Row ids, and what follows from them, are compared by `RelationChanges`. */
const FRAME = [
  ...(['type', 'position', 'thread_seen_at', 'parent_seen_at', 'group_seen_at', 'member_seen_at'] as const),
  ...(['greatest', 'labels', 'url'] as const).flatMap(columnsOf),
]

const stateOf = (row: FullRow) =>
  storedState({ ...row, told_replies: null, told_capture_id: null, has_made_author: 0, read_at: null })

const picked = (row: PostValues, names: readonly (keyof PostRow)[]): Columns =>
  Object.fromEntries(names.map(name => [name, row[name as keyof PostValues]]))

/**
 * All captures narrow the date. If some of them have no body of their own, or none any more, the interval in the archive holds what
 * they showed.
 */
export function dateColumns({ live, built, certain, repeated }: Evidence & { built: FullRow }): Columns {
  const [kept, seen] = [live, built].map(whenOf) as [When, When]
  const isOlder = !certain && (built.last_capture_id ?? 0) < (live.last_capture_id ?? 0)
  const when = certain && (!repeated || isExact(kept)) ? seen : isOlder ? narrow(kept, seen) : narrow(seen, kept)
  return { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
}

/** Columns of the last whole view of the thread. Where no capture alone is one, several may have shown the whole together. */
export function viewColumns({ live, built, certain, gapless }: Evidence & { built: FullRow }): Columns {
  const { claimed, whole_view_at, whole_view_in, view_capture_id } = built
  if (whole_view_at === null) return {}
  const isNewest = gapless && whole_view_at >= (live.whole_view_at ?? '')
  return certain || isNewest || live.whole_view_at === null
    ? { claimed, whole_view_at, whole_view_in, view_capture_id }
    : {}
}
