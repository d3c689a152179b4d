import { contradict } from '../../model/time.js'
import { bareWords, equalExceptShortcodes, sameStart } from '../text/content-hash.js'
import { better, compare, later } from './precedence.js'
import { type PostState, type PostValues, whenOf } from './state.js'

/**
 * The state whose text is kept. A full text beats a shortened one, the fuller of two views of one text beats the other, and a later
 * text beats an earlier one. A text that both states have is kept as it was first read.
 */
export function betterText<State extends PostState>(a: State, b: State): State {
  if (a.natural.readAt === null || b.natural.readAt === null) return a.natural.readAt === null ? b : a
  if (isSameText(a.row, b.row)) return better(a, b, firstRead)
  const shortened = isFull(a.row) ? b : a
  if (isOfNewAuthor(shortened, shortened === a ? b : a)) return shortened
  const fuller =
    isOneText(a, b) && !isCopy(a.row.parser) && !isCopy(b.row.parser)
      ? ({ row }: PostState) => [row.heading !== null, row.text.length]
      : () => []
  const ranksOf = (one: PostState) => [
    isFull(one.row),
    !isCopy(one.row.parser),
    copiedText(one.row),
    ...fuller(one),
    one.natural.seenAt,
    one.natural.order,
  ]
  const rank = compare(ranksOf(a), ranksOf(b))
  if (rank !== 0) return rank > 0 ? a : b
  // Two views of one text must lose against, or beat, a third text together.
  return better(a, b, ({ row }) => [bareWords(row.text), row.content_hash])
}

/**
 * With another author comes another text, even if it is shortened and the dates leave open whether it is another post: the full text of
 * the author before does not beat it. A text that goes on from it is the same text, which somebody else has now.
 */
const isOfNewAuthor = (shortened: PostState, full: PostState): boolean =>
  hasOtherAuthor(shortened.row, full.row) &&
  isFull(full.row) &&
  !isFull(shortened.row) &&
  !sameStart(bareWords(shortened.row.text), bareWords(full.row.text)) &&
  isLater(shortened, full, ({ row }) => row.member_seen_at) &&
  isLater(shortened, full, ({ natural }) => natural.seenAt)

const isLater = (a: PostState, b: PostState, timeOf: (state: PostState) => string | null): boolean =>
  compare([timeOf(a), a.natural.order], [timeOf(b), b.natural.order]) > 0

const firstRead = ({ row, natural }: PostState) => [
  !isCopy(row.parser),
  copiedText(row),
  -Date.parse(natural.readAt ?? ''),
  -natural.order,
  row.html,
  row.parser,
]

const isSameText = (a: PostValues, b: PostValues): boolean =>
  a.content_hash === b.content_hash && isFull(a) === isFull(b)

/** When the kept text was last seen, in either state if both have it. */
export function textSeenAt(a: PostState, b: PostState, text: PostState): string | null {
  const isRead = a.natural.readAt !== null && b.natural.readAt !== null
  const isShared = isRead && (isSameText(a.row, b.row) || isOneText(a, b))
  return isShared ? later(a.natural.seenAt, b.natural.seenAt) : text.row.text_seen_at
}

export const isFull = (row: Pick<PostValues, 'status' | 'truncated'>): boolean =>
  row.truncated === 0 && row.status !== 'unread'

/** Whether two texts differ only by route, which is no edit: pages drop shortcodes, and some views lack the heading. */
export function isOneText({ row: a, natural }: PostState, { row: b }: PostState): boolean {
  if (a.content_hash === b.content_hash) return false
  // A text dump has lost markup, links and edits: it is never a version of its own.
  if (isCopy(a.parser) || isCopy(b.parser)) return isFull(a) && isFull(b)
  if (!isFull(a) || !isFull(b)) return false
  const areTwoViews =
    a.heading === b.heading
      ? isRest(a.parser) !== isRest(b.parser)
      : // Within one archive a view without headings was completed when it was read.
        natural.order === 0 && (a.heading === null || b.heading === null)
  return areTwoViews && equalExceptShortcodes(a.text, b.text)
}

/** True for the parsers of text dumps and feeds, which only repeat posts: what they say gives way to what a page says. */
export const isCopy = (parser: string): boolean => /^(?:text-dump|feed) /.test(parser)

/** Two converters print one text in two ways: the same one is kept, whichever came first. */
const copiedText = ({ parser, text }: PostValues): string => (isCopy(parser) ? text : '')

const isRest = (parser: string): boolean => parser.startsWith('rest ')

/**
 * True if date and text differ, and the author, if both show one: the site gave the id to another post, as when an older backup is put
 * back. With the same author, or none, only whole texts prove it.
 */
export function isAnotherPost(a: PostState, b: PostState): boolean {
  if (a.row.content_hash === b.row.content_hash || !contradict(whenOf(a.row), whenOf(b.row))) return false
  if (hasOtherAuthor(a.row, b.row)) return true
  const areWhole = [a, b].every(({ row, natural }) => isFull(row) && natural.readAt !== null)
  return areWhole && !equalExceptShortcodes(a.row.text, b.row.text)
}

/** True if both readings show an author, and not the same. An erased author is nobody else. */
export function hasOtherAuthor(a: Authored, b: Authored): boolean {
  const [one, other] = [authorOf(a), authorOf(b)]
  return one !== null && other !== null && one !== other
}

type Authored = Pick<PostValues, 'member_id' | 'member_seen_at' | 'forgotten'>

/** The name in a text dump shows no author: another member may have it. */
function authorOf({ member_id, member_seen_at, forgotten }: Authored): number | 'erased' | null {
  if (forgotten) return 'erased'
  return member_seen_at === null ? null : member_id
}
