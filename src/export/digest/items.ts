import type { ListItem, Paragraph, PhrasingContent } from 'mdast'
import type { Locale } from '../../model/locale/locale.js'
import type { PostInContext, Wording } from '../../model/reports/changes.js'
import type { Backlog, EditNews, GoneNews, GroupNews, MoveNews, NewName } from '../../model/reports/digest.js'
import { isOtherAuthor } from '../../model/reports/versions.js'
import { joinedByDots, linked, paragraph, text } from '../markdown/phrasing.js'
import { cleanLine, count, isolated, listed, titleOf } from '../text.js'
import { aroundDifference } from '../words/excerpt.js'
import { day } from '../words/utc-dates.js'
import { item, quote, strong } from './blocks.js'
import { dateOf, nameOf, prose, wordsOrNote } from './prose.js'

/** An edited post: author, thread, and the text before and after the edit, around the first difference. */
export function editItem({ post, times, before, after }: EditNews, locale: Locale): ListItem {
  const often: PhrasingContent[] = times > 1 ? [text(`edited ${locale.number(times)} times`)] : []
  const head = joinedByDots([
    [strong([text(nameOf(after.author))])],
    threadPhrase(post),
    [linked(dateOf(after.when, locale), post.url)],
    often,
  ])
  const isOther = isOtherAuthor(before.author, after.author)
  const [was, is] = aroundDifference(words(before), words(after))
  if (was === is)
    return item(head, paragraph([text(`The words are the same; ${isOther ? authorsOf(before, after) : PARTS}.`)]))
  const line = (label: string, said: string) => [strong([text(label)]), text(' '), ...prose(wordsOrNote(said, 0))]
  const by = ({ author }: Wording) => (isOther ? `, by ${nameOf(author)}` : '')
  return item(head, quote(line(`Before${by(before)}:`, was), line(`Now${by(after)}:`, is)))
}

const PARTS = 'links or pictures were changed'

const authorsOf = (before: Wording, after: Wording): string =>
  `the author was changed from ${nameOf(before.author)} to ${nameOf(after.author)}`

/** A post that came from another group or thread. */
export function moveItem({ post, moves }: MoveNews): ListItem {
  const place = (field: string, name: string | null) => (name === null ? `no ${field}` : `${field} ${name}`)
  const words = moves.map(({ field, before, after }) => `from ${place(field, before)} to ${place(field, after)}`)
  return item(
    joinedByDots([
      [strong([text(nameOf(post.author))])],
      threadPhrase(post),
      ...words.map(said => [text(cleanLine(said))]),
    ]),
  )
}

const words = ({ heading, text: said }: Wording): string => (heading ? `${heading} — ${said}` : said)

const REASONS: Record<string, string> = {
  404: 'its address is not found any more',
  410: 'its address says that it was removed',
  'absent from a complete thread': 'its thread is shown without it',
  'its thread is gone': 'its thread is gone',
}

/**
 * A gone post: date, thread and reason, without its text and the name of its author, because a person who deletes a text does not want it
 * sent out.
 */
export function goneItem({ post, reason, withReplies }: GoneNews, locale: Locale): ListItem {
  const replies = withReplies > 0 ? `, with ${count(withReplies, 'reply', 'replies', locale)}` : ''
  const what: PhrasingContent[] = isOpening(post)
    ? [text(`Thread ${cleanLine(post.id)} of ${dateOf(post.when, locale)}${replies}`)]
    : [text(`Reply ${cleanLine(post.id)} of ${dateOf(post.when, locale)}, `), ...threadPhrase(post)]
  const why = reason === null ? [] : [text(REASONS[reason] ?? cleanLine(reason))]
  return item(joinedByDots([what, why]))
}

export function backItem(post: PostInContext, locale: Locale): ListItem {
  return item(
    joinedByDots([
      [strong([text(nameOf(post.author))])],
      threadPhrase(post),
      [linked(dateOf(post.when, locale), post.url)],
    ]),
  )
}

const isOpening = ({ id, thread }: PostInContext): boolean => id === thread.id

const threadPhrase = (post: PostInContext): PhrasingContent[] => [
  text(isOpening(post) ? 'opening post of ' : 'in '),
  linked(isolated(titleOf(post.thread)), post.thread.url),
]

export function memberItem({ member, field, before, after }: NewName): ListItem {
  const [was, is] = [isolated(cleanLine(before)), isolated(cleanLine(after))]
  if (field === 'name') return item(paragraph([strong([text(was)]), text(' is now called '), strong([text(is)])]))
  const who = strong([text(nameOf(member))])
  return item(
    paragraph([
      text('The address of '),
      who,
      text(' is now '),
      linked(is, member?.url ?? ''),
      text(` (before: ${was})`),
    ]),
  )
}

export function groupSentence({ field, before, after }: NewName): Paragraph {
  const [was, is] = [isolated(cleanLine(before)), isolated(cleanLine(after))]
  const words: Record<string, string> = {
    name: `This group was called “${was}” before.`,
    slug: `The address of this group has changed from “${was}” to “${is}”.`,
    status: `This group was ${was} before, and is ${is} now.`,
  }
  return paragraph([text(words[field] ?? `${cleanLine(field)} of this group: “${was}” before, now “${is}”.`)])
}

const NOTICES: Record<string, (number: number, locale: Locale) => string> = {
  joined_group: (number, locale) => `${count(number, 'person', 'people', locale)} joined the group`,
  created_group: (number, locale) =>
    number === 1 ? 'the group was created' : `${locale.number(number)} groups were created`,
  group_details_updated: (number, locale) =>
    `the details of the group were changed${number === 1 ? '' : ` ${locale.number(number)} times`}`,
  new_member: (number, locale) => count(number, 'new member', undefined, locale),
  new_avatar: (number, locale) => count(number, 'new profile picture', undefined, locale),
  updated_profile: (number, locale) => count(number, 'changed profile', undefined, locale),
  friendship_accepted: (number, locale) => count(number, 'new friendship', undefined, locale),
  friendship_created: (number, locale) => count(number, 'new friendship', undefined, locale),
}

/** Membership notices in one sentence. */
export function noticeSentence(notices: GroupNews['notices'], locale: Locale): Paragraph[] {
  if (notices.length === 0) return []
  const words = listed(
    notices.map(
      ({ type, count: number }) => NOTICES[type]?.(number, locale) ?? count(number, 'notice', undefined, locale),
    ),
  )
  return [paragraph([text(`${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`)])]
}

/** The posts of a first reading are counted, because they are in the archive but no news. */
export function backlogSentence(backlog: Backlog | null, locale: Locale): Paragraph[] {
  if (!backlog) return []
  const { threads, replies, from, to } = backlog
  const parts = [
    threads > 0 ? count(threads, 'thread', 'threads', locale) : '',
    replies > 0 ? count(replies, 'reply', 'replies', locale) : '',
  ]
  const dates =
    !from || !to
      ? ''
      : day(from) === day(to)
        ? `, written on ${day(from, locale)}`
        : `, written between ${day(from, locale)} and ${day(to, locale)}`
  const words = `Read for the first time, and not listed here: ${listed(parts.filter(Boolean))}${dates}.`
  return [paragraph([text(words)])]
}
