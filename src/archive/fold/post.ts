import { knownDate } from '../../model/time.js'
import type { Column, FoldRule } from '../schema/describe.js'
import { POSTS } from '../schema/tables/posts.js'
import { foldDates } from './dates.js'
import { better, earlier, later, type Precedence, pickKnown } from './precedence.js'
import { type PostState, type PostValues, whenOf } from './state.js'
import { betterText, isAnotherPost, textSeenAt } from './texts.js'

export interface FoldedPost<State extends PostState> {
  row: PostValues
  /** The state whose text was kept. */
  text: State
}

/**
 * What becomes of two states of one post, whichever route read them: a rule for each column, which `POSTS` names. The result does not
 * depend on which state is `a`. `isGone` decides for a post that is live in one state and gone in the other.
 */
export function foldPosts<State extends PostState>(a: State, b: State, isGone: () => boolean): FoldedPost<State> {
  const [read, other] = a.row.status === 'unread' ? [b, a] : [a, b]
  // A post that is known only from its replies has no values of its own.
  if (other.row.status === 'unread' && read.row.status !== 'unread') return { row: read.row, text: read }
  const text = betterText(a, b)
  const row: PostValues = { ...a.row }
  take('text', text, row)
  for (const [rule, ranks] of RULES) take(rule, better(a, b, ranks), row)
  take('parent', better(a, b, a.natural.thread === b.natural.thread ? BY_PARENT : RANKS.thread), row)
  row.edited = a.row.edited || b.row.edited
  row.forgotten = a.row.forgotten || b.row.forgotten
  row.last_seen_at = later(a.row.last_seen_at, b.row.last_seen_at)
  row.text_seen_at = textSeenAt(a, b, text)
  Object.assign(row, datesOf(a, b, text), foldPresence(a.row, b.row, isGone))
  return { row, text }
}

type Ranks = (state: PostState) => readonly Precedence[]

/** What decides about columns that are taken together from one of the two states. */
const RANKS = {
  first: ({ row, natural }) => [-natural.order, -Date.parse(row.first_seen_at)],
  last: ({ row, natural }) => [natural.order, row.last_seen_at, row.type],
  thread: ({ row, natural }) => [natural.order, row.last_seen_at, natural.thread],
  position: ({ row, natural }) => [row.position !== null, natural.order, row.last_seen_at, row.position],
  group: ({ row, natural }) => [row.group_seen_at !== null, natural.order, row.group_seen_at, natural.group],
  author: ({ row, natural }) => [row.member_seen_at !== null, natural.order, row.member_seen_at, natural.member],
  labels: ({ row, natural }) => [
    row.labels_seen_at !== null,
    natural.order,
    row.labels_seen_at,
    row.topic,
    row.privacy,
  ],
  url: ({ row, natural }) => [row.url.includes('/p/'), natural.order, row.last_seen_at, row.url],
} satisfies Partial<Record<FoldRule, Ranks>>

const RULES = Object.entries<Ranks>(RANKS)

/** A parent that the site named beats one from the nesting of a page, which beats none. */
const BY_PARENT: Ranks = ({ row, natural }) => [
  ...[row.parent_named, natural.placed, natural.order, row.parent_seen_at, natural.parent],
]

/** The columns of each rule. */
const COLUMNS = new Map<string, (keyof PostValues)[]>()
for (const [name, { fold }] of Object.entries<Column>(POSTS.columns))
  COLUMNS.set(fold, [...(COLUMNS.get(fold) ?? []), name as keyof PostValues])

function take(rule: string, { row: from }: PostState, into: Record<string, unknown>): void {
  for (const name of COLUMNS.get(rule) ?? []) into[name] = from[name]
}

/** The date of a post does not change, so that readings narrow it; unless the site gave its id to another post. */
function datesOf(a: PostState, b: PostState, text: PostState): Partial<PostValues> {
  const [first, second] = a.natural.order <= b.natural.order ? [a, b] : [b, a]
  const isOrdered = first.natural.order !== second.natural.order
  const when = isAnotherPost(a, b) ? whenOf(text.row) : foldDates(whenOf(first.row), whenOf(second.row), isOrdered)
  return { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
}

type Presence = Pick<PostValues, 'status' | 'missed_at' | 'gone_at' | 'gone_reason'>

/** A post that was seen after it was missed is not missing. `isGone` decides if one of the two states has it as gone. */
function foldPresence(
  a: Presence & Pick<PostValues, 'last_seen_at'>,
  b: Presence & Pick<PostValues, 'last_seen_at'>,
  isGone: () => boolean,
): Presence {
  const gone = [a, b].filter(({ status }) => status === 'gone')
  const last = later(a.last_seen_at, b.last_seen_at)
  if (gone.length === 0 || (gone.length === 1 && !isGone())) {
    const [one = null, other = null] = [a, b].map(({ missed_at: at }) => (at !== null && at > last ? at : null))
    return { status: 'live', missed_at: pickKnown(earlier, one, other), gone_at: null, gone_reason: null }
  }
  const { gone_at, gone_reason } = gone.reduce((x, y) => better(x, y, row => [row.gone_at, row.gone_reason]))
  return { status: 'gone', missed_at: pickKnown(earlier, a.missed_at, b.missed_at), gone_at, gone_reason }
}
