import type { Paragraph, RootContent } from 'mdast'
import { ENGLISH, type Locale } from '../model/locale/locale.js'
import type { Capped, Digest, DigestCounts, GroupNews, ThreadNews } from '../model/reports/digest.js'
import { andMore, code, heading, list } from './digest/blocks.js'
import {
  backItem,
  backlogSentence,
  editItem,
  goneItem,
  groupSentence,
  memberItem,
  moveItem,
  noticeSentence,
} from './digest/items.js'
import { dateOf } from './digest/prose.js'
import { threadPieces } from './digest/thread-news.js'
import { linked, paragraph, text } from './markdown/phrasing.js'
import { write } from './markdown/write.js'
import { cleanLine, count, isolated, isVisible, listed } from './text.js'
import { rangeWords } from './words/dates.js'
import { whenText } from './words/utc-dates.js'

/**
 * What is new as one markdown document, for a mail or a meeting; a single line where nothing is. Piece by piece: one thread is in
 * memory at a time. Text of members is seen as they typed it, whatever it holds.
 */
export function* renderDigest(digest: Digest, locale = ENGLISH): Generator<string> {
  const groups = digest.groups[Symbol.iterator]()
  const members = [...digest.members.items]
  let next = groups.next()
  if (next.done && members.length === 0) return yield write([nothing(digest, locale)])
  yield write(head(digest, locale))
  for (; !next.done; next = groups.next()) yield* apart(groupPieces(next.value, locale))
  const people = [heading(2, [text('People')]), list(members.map(memberItem)), ...andMore(digest.members.more, locale)]
  if (members.length > 0) yield* apart([people])
}

const instant = (at: string, locale: Locale): string => whenText({ from: at, to: at }, locale)

const nothing = (digest: Digest, locale: Locale): Paragraph =>
  paragraph([
    text(`Nothing new in ${subject(digest, locale)} since ${instant(digest.since, locale)}.`),
    ...incomplete(digest),
  ])

function head(digest: Digest, locale: Locale): RootContent[] {
  const { since, until, counts } = digest
  const days = rangeWords(since.slice(0, 10), (until ?? since).slice(0, 10), locale)
  const title = `What is new in ${subject(digest, locale)}: ${days}`
  const [start, end] = [since, until ?? since].map(at => dateOf({ from: at, to: at }, locale))
  const period = until === null ? `Since ${start}` : start === end ? start : `From ${start} to ${end}`
  return [
    heading(1, [text(title)]),
    paragraph([text(`${period}: ${sentence(counts, locale)}. Times are UTC.`), ...incomplete(digest)]),
  ]
}

function subject({ about }: Digest, locale: Locale): string {
  const names = about.map(cleanLine).filter(isVisible).map(isolated)
  const named = names.length > 3 ? [...names.slice(0, 2), `${locale.number(names.length - 2)} more`] : names
  return listed(named) || 'this archive'
}

const incomplete = (digest: Digest) =>
  digest.incomplete
    ? [text(' The last reading could not get everything; '), code('threadkeep status'), text(' says what is missing.')]
    : []

/** All counts in one sentence; what there is none of is not said. */
function sentence(counts: DigestCounts, locale: Locale): string {
  const news = [
    [counts.threads, 'new thread', 'new threads'],
    [counts.replies, 'new reply', 'new replies'],
    [counts.earlier, 'post that was written earlier', 'posts that were written earlier'],
    [counts.backlog, 'post read for the first time', 'posts read for the first time'],
    [counts.edited, 'edited post', 'edited posts'],
    [counts.moved, 'post that was moved', 'posts that were moved'],
    [counts.gone, 'post that is gone', 'posts that are gone'],
    [counts.back, 'post that is back', 'posts that are back'],
    [counts.names, 'new name', 'new names'],
    [counts.notices, 'membership notice', 'membership notices'],
  ] as const
  const said = news.filter(([number]) => number > 0).map(([number, one, many]) => count(number, one, many, locale))
  return listed(said) || 'no new posts'
}

function* groupPieces(news: GroupNews, locale: Locale): Generator<RootContent[]> {
  yield [heading(2, groupTitle(news)), ...news.names.map(groupSentence), ...backlogSentence(news.backlog, locale)]
  yield* threadsPieces('New threads', news.threads, locale)
  yield* threadsPieces('New replies', news.replies, locale)
  yield* threadsPieces('Written earlier', news.earlier.items, locale, EARLIER)
  yield andMore(news.earlier.more, locale)
  yield* itemPieces('Edited', news.edited, editItem, locale)
  yield* itemPieces('Moved', news.moved, moveItem, locale)
  yield* itemPieces('No longer on the site', news.gone, goneItem, locale, [KEPT])
  yield* itemPieces('Back on the site', news.back, backItem, locale)
  yield noticeSentence(news.notices, locale)
}

const EARLIER = paragraph([
  text('Seen for the first time, though older than the last look: approved late, imported, or opened to this reader.'),
])

const KEPT = paragraph([text('The archive keeps the texts: '), code('threadkeep show NUMBER'), text('.')])

function groupTitle({ group, site }: GroupNews) {
  if (!group) return [text('Outside all groups')]
  const name = [group.name, group.slug].map(one => cleanLine(one ?? '')).find(isVisible) ?? 'A group'
  return [linked(isolated(name), group.url), ...(site === null ? [] : [text(` · ${cleanLine(site)}`)])]
}

function* threadsPieces(
  title: string,
  threads: Iterable<ThreadNews>,
  locale: Locale,
  note?: Paragraph,
): Generator<RootContent[]> {
  let told = false
  for (const thread of threads) {
    if (!told) yield [heading(3, [text(title)]), ...(note ? [note] : [])]
    told = true
    yield* threadPieces(thread, locale)
  }
}

function* itemPieces<Item>(
  title: string,
  { items, more }: Capped<Item>,
  itemOf: (item: Item, locale: Locale) => Parameters<typeof list>[0][number],
  locale: Locale,
  notes: Paragraph[] = [],
): Generator<RootContent[]> {
  const told = [...items].map(item => itemOf(item, locale))
  if (told.length > 0) yield [heading(3, [text(title)]), list(told), ...andMore(more, locale), ...notes]
}

/** Each piece after an empty line. */
function* apart(pieces: Iterable<RootContent[]>): Generator<string> {
  for (const blocks of pieces) if (blocks.length > 0) yield `\n${write(blocks)}`
}
