import { contradict, knownDate } from '../../model/time.js'
import type { Column, FoldRule } from '../schema/describe.js'
import { columnsOf, POSTS } from '../schema/tables/posts.js'
import { titleOf } from '../text/content-hash.js'
import { foldDates } from './dates.js'
import { better, later, type Precedence, pickKnown } from './precedence.js'
import { type NaturalKeys, type PostState, type PostValues, whenOf } from './state.js'
import { betterText, hasOtherAuthor, isAnotherPost, isCopy, textSeenAt } from './texts.js'

export interface FoldedPost<State extends PostState> {
  row: PostValues
  /** The state whose text was kept. */
  text: State
}

/**
 * What becomes of two states of one post, whichever route read them: a rule for each column, which `POSTS` names. The result depends
 * neither on which state is `a` nor on the grouping of more than two. `isGone` decides for a post that is live in one state and gone in
 * the other.
 */
export function foldPosts<State extends PostState>(a: State, b: State, isGone: () => boolean): FoldedPost<State> {
  const [read, other] = a.row.status === 'unread' ? [b, a] : [a, b]
  // A post that is known only from its replies has no values of its own.
  if (other.row.status === 'unread' && read.row.status !== 'unread') return { row: read.row, text: read }
  // A shortened text of the post that has the id now beats the full one of the post that had it before. No text of an erased author
  // comes back, and none of somebody else is lost with it.
  const isAnother = isAnotherPost(a, b)
  const isOfAuthor = isAnother ? hasOtherAuthor(a.row, b.row) : a.row.forgotten !== b.row.forgotten
  const text = isOfAuthor ? better(a, b, RANKS.author) : betterText(a, b)
  const thread = better(a, b, RANKS.thread)
  const row: PostValues = { ...a.row }
  take('text', text, row)
  for (const [rule, ranks] of RULES) take(rule, better(a, b, ranks), row)
  take('parent', a.natural.thread === b.natural.thread ? better(a, b, BY_PARENT) : thread, row)
  if (isAnother) take('author', text, row)
  row.title = thread.natural.isOpening ? titleFor(text.row) : null
  for (const name of GREATEST) copy(name, better(a, b, ({ row: one }) => [one[name]]).row, row)
  row.text_seen_at = textSeenAt(a, b, text)
  Object.assign(
    row,
    isAnother ? datesIn(text) : datesOf(a, b),
    read.row.status === 'unread' ? {} : foldPresence(a.row, b.row, isGone),
  )
  return { row, text }
}

const LABELS = columnsOf('labels') as (keyof PostValues)[]

/** Columns that are chosen one by one. */
const GREATEST = [...columnsOf('latest'), ...columnsOf('greatest')] as (keyof PostValues)[]

type Ranks = (state: PostState) => readonly Precedence[]

/**
 * What decides about columns that are taken together from one of the two states. Each list starts from the columns that it decides
 * about: a time of another column would make the result depend on the grouping.
 */
const RANKS = {
  first: ({ row, natural }) => [-Date.parse(row.first_seen_at), -natural.order],
  last: ({ row, natural }) => [row.last_seen_at, natural.order, row.type],
  thread: ({ row, natural }) => [
    row.thread_seen_at,
    orderOf(row.thread_seen_at, row, natural),
    natural.thread,
    row.position,
  ],
  // A group that no reading has shown is a guess, which is better than none.
  group: ({ row, natural }) => [
    row.group_seen_at !== null,
    row.group_seen_at !== null || natural.group !== null,
    row.group_seen_at,
    orderOf(row.group_seen_at, row, natural),
    natural.group,
  ],
  author: ({ row, natural }) => [row.member_seen_at, orderOf(row.member_seen_at, row, natural), natural.member],
  labels: ({ row, natural }) => [
    row.labels_seen_at,
    orderOf(row.labels_seen_at, row, natural),
    ...LABELS.map(name => row[name]),
  ],
  url: ({ row, natural }) => [
    row.url.includes('/p/'),
    row.url_seen_at,
    orderOf(row.url_seen_at, row, natural),
    row.url,
  ],
} satisfies Partial<Record<FoldRule, Ranks>>

const RULES = Object.entries(RANKS) as [keyof typeof RANKS, Ranks][]

/** A parent that the site named beats one from the nesting of a page, which beats none. */
const BY_PARENT: Ranks = ({ row, natural }) => [
  row.parent_named,
  row.parent_seen_at,
  orderOf(row.parent_seen_at, row, natural),
  // Some texts have lost their indentation.
  isCopy(row.parser) && natural.parent !== natural.thread,
  natural.parent,
]

/** Decides between two readings of one time. What texts say has no time: which of two was imported first does not matter. */
const orderOf = (at: string | null, { parser }: PostValues, { order }: NaturalKeys): number =>
  at === null && isCopy(parser) ? 0 : order

function take(rule: FoldRule, { row: from }: PostState, into: PostValues): void {
  for (const name of COLUMNS.get(rule) ?? []) copy(name, from, into)
}

function copy(name: keyof PostValues, from: PostValues, into: Record<string, unknown>): void {
  into[name] = from[name]
}

/** The columns of each rule. */
const COLUMNS = new Map(
  Object.values<Column>(POSTS.columns).map(({ fold }) => [fold, columnsOf(fold) as (keyof PostValues)[]]),
)

const titleFor = (row: PostValues): string | null => row.title ?? (row.forgotten || !row.text ? null : titleOf(row))

/**
 * The date of a post does not change, so that readings narrow it. Dates that contradict each other under two authors belong to two
 * posts that had one id: the date of the present author is kept.
 */
function datesOf(a: PostState, b: PostState): Partial<PostValues> {
  const [one, other] = [whenOf(a.row), whenOf(b.row)]
  const isOne = a.natural.member === b.natural.member || !contradict(one, other)
  if (!isOne) return datesIn(better(a, b, RANKS.author))
  const when = foldDates(one, other)
  return { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
}

const datesIn = ({ row: { posted_at, posted_from, posted_to } }: PostState) => ({ posted_at, posted_from, posted_to })

type Presence = Pick<PostValues, 'status' | 'missed_at' | 'gone_at' | 'gone_reason'>
type Sighted = Presence & Pick<PostValues, 'last_seen_at'>

/**
 * A post that was seen after it was missed is not missing; of two times the later one counts, because only a time after all sightings says
 * so. `isGone` decides if one of the two states has it as gone.
 */
function foldPresence(a: Sighted, b: Sighted, isGone: () => boolean): Presence {
  const missed = pickKnown(later, a.missed_at, b.missed_at)
  const isMissing = missed !== null && missed > later(a.last_seen_at, b.last_seen_at)
  const missed_at = isMissing ? missed : null
  const gone = [a, b].filter(({ status }) => status === 'gone')
  if (gone.length === 0 || (gone.length === 1 && !isGone()))
    return { status: 'live', missed_at, gone_at: null, gone_reason: null }
  const { gone_at, gone_reason } = gone.reduce((x, y) => better(x, y, row => [row.gone_at, row.gone_reason]))
  return { status: 'gone', missed_at, gone_at, gone_reason }
}
