import type { StoredThread } from '../../model/archive.js'
import { openingOf } from '../record.js'
import { isShown } from '../shown.js'
import { typedLine } from '../text.js'
import { onDay, whenWords } from '../words/dates.js'
import { excerpt } from '../words/excerpt.js'
import type { Facts } from '../words/facts.js'
import { memberName } from '../words/names.js'
import { countWords, type View } from '../words/status.js'
import { ownTitle, threadTitle } from '../words/title.js'
import { html, type Markup } from './markup.js'
import { linkTo } from './paths.js'

/** A thread in a list: where it is, and its lines, which are made once. */
export interface ThreadEntry {
  path: string
  month: string
  /** Its own title, or the first words of the opening post. */
  words: string
  /** Who, when, how many replies. */
  about: Markup
}

/** Letters of a line in a list. */
const WORDS = 90
const NAME = 40

export function threadEntry(thread: StoredThread, path: string, month: string, facts: Facts, view: View): ThreadEntry {
  return { path, month, words: firstWords(thread, view), about: aboutThread(thread, facts, view) }
}

/** A thread whose opening post is not shown has no words of its own. */
const isOpeningShown = ({ status }: Pick<StoredThread, 'status'>, view: View): boolean =>
  isShown({ status }, view.status)

/** The title of a thread; without the words of a post that is not shown. */
export const shownTitle = (thread: StoredThread, { clock, status }: View): string => threadTitle(thread, clock, status)

function firstWords(thread: StoredThread, view: View): string {
  if (!isOpeningShown(thread, view)) return 'An opening post that is gone from the site'
  return ownTitle(thread) ?? excerpt(typedLine(thread.title), WORDS)
}

function aboutThread(thread: StoredThread, facts: Facts, view: View): Markup {
  const { clock } = view
  const { locale } = clock
  const count = facts.posts - (openingOf(thread) && isOpeningShown(thread, view) ? 1 : 0)
  const last = count > 0 && facts.to ? `, the last ${onDay(clock.at(facts.to).day, locale)}` : ''
  const replies =
    count === 0
      ? 'no replies'
      : `${count === 1 ? `${locale.number(1)} reply` : `${locale.number(count)} replies`}${last}`
  const marks = [
    facts.edited.count > 0 &&
      (facts.edited.count === 1 ? 'one post edited' : `${locale.number(facts.edited.count)} posts edited`),
    facts.gone.count > 0 && `${countWords(facts.gone.count, 'post', locale)} gone`,
    thread.completeness.state === 'short' && 'incomplete',
  ]
  const said = marks.filter(mark => mark !== false).map(mark => `, ${mark}`)
  const by = isOpeningShown(thread, view) ? html`<bdi>${excerpt(memberName(thread.author), NAME)}</bdi>, ` : null
  return html`${by}${whenWords(thread.when, clock)}; ${replies}${said}`
}

/** A list of threads on the page at `from`. */
export const threadList = (entries: Iterable<ThreadEntry>, from: string): Markup =>
  html`<ul class="threads">
${[...entries].map(
  ({ path, words, about }) =>
    html`<li><a href="${linkTo(from, path)}" dir="auto">${words}</a><p class="meta">${about}</p></li>\n`,
)}</ul>
`
