import { unspaced } from '../../model/markup/white-space.js'
import { contradict, knownDate } from '../../model/time.js'
import { equalExceptShortcodes } from '../text/content-hash.js'
import { foldDates } from './dates.js'
import type { FoldedPost } from './post.js'
import { type PostState, whenOf } from './state.js'
import { hasOtherAuthor, isFull, isOneText } from './texts.js'
import { foldEarlierVersions, keyOf, presentOf, type Version, versionsOf } from './versions.js'

/** A state of a post with its earlier versions, oldest first. */
interface Past<State extends PostState> {
  state: State
  earlier: readonly Version[]
}

interface FoldedPast {
  /** The earlier versions of the folded post, oldest first. */
  earlier: Version[]
  /** The date of the present version. */
  dates: Dates
  /** Both present texts are full and differ, and neither state has the other one's as an earlier text. */
  isConflict: boolean
}

/** What becomes of the earlier versions when two states of a post are folded. */
export function foldPasts<State extends PostState>(
  a: Past<State>,
  b: Past<State>,
  { row, text }: FoldedPost<State>,
): FoldedPast {
  const rest = text === a.state ? b.state : a.state
  const { counts, isConflict } = classifyText(rest, text, [...a.earlier, ...b.earlier])
  // A shortened text is a version of its own if it is all that is known of another author's.
  const isOther = hasOtherAuthor(a.state.row, b.state.row)
  const all = ({ state, earlier }: Past<State>) =>
    state === text || (counts && !state.row.forgotten) ? [...earlier, ...presentOf(state, earlier, isOther)] : earlier
  const now = versionsOf({ row, natural: text.natural }, isOther)[0]
  const [one, other] = [all(a), all(b)]
  return { earlier: foldEarlierVersions(one, other, now), dates: datesAmong(row, [...one, ...other]), isConflict }
}

type Dates = Pick<Version, 'posted_at' | 'posted_from' | 'posted_to'>

/** An id may have come back to an author who had it before: what was known of the date then still holds, if nothing contradicts it. */
export function datesAmong(row: PostState['row'], versions: readonly Version[]): Dates {
  const own = versions.filter(one => one.member_id !== null && one.member_id === row.member_id)
  const when = own.map(whenOf).reduce((kept, one) => (contradict(kept, one) ? kept : foldDates(kept, one)), whenOf(row))
  return { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
}

/**
 * Compares the two present texts. `counts`: the one that was not kept becomes a revision. It is a conflict only if no archive has it
 * as an earlier text.
 */
function classifyText(
  rest: PostState,
  text: PostState,
  earlier: readonly Version[],
): { counts: boolean; isConflict: boolean } {
  if (isSameVersion(rest.row, text.row)) return { counts: true, isConflict: false }
  const isKnown = earlier.some(version => keyOf(version) === keyOf(rest.row))
  const isVariant = () =>
    earlier.some(
      version => version.content_hash !== rest.row.content_hash && differsInShortcodes(version.text, rest.row.text),
    )
  const counts = isKnown || hasOtherAuthor(rest.row, text.row) || !(isOneText(rest, text) || isVariant())
  const isText = rest.row.content_hash !== text.row.content_hash
  return { counts, isConflict: isText && counts && !isKnown && isFull(rest.row) && isFull(text.row) }
}

/** Same text apart from shortcodes, but not the same words with other links. */
const differsInShortcodes = (one: string, other: string): boolean =>
  equalExceptShortcodes(one, other) && unspaced(one) !== unspaced(other)

export const isSameVersion = (a: PostState['row'], b: PostState['row']): boolean =>
  a.content_hash === b.content_hash && !hasOtherAuthor(a, b)
