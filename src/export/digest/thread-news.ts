import type { BlockContent, ListItem, Paragraph, PhrasingContent } from 'mdast'
import type { Locale } from '../../model/locale/locale.js'
import type { PostInContext } from '../../model/reports/changes.js'
import type { ThreadNews } from '../../model/reports/digest.js'
import { joinedByDots, linked, paragraph, text } from '../markdown/phrasing.js'
import { cleanLine, count, isolated, isVisible, titleOf } from '../text.js'
import { excerpt } from '../words/excerpt.js'
import { item, list, quote, strong } from './blocks.js'
import { dateOf, nameOf, prose, wordsOrNote } from './prose.js'

/** The length up to which a text is printed whole as the title. */
const SHORT = 160

/** Replies that are blocks at a time. As a list of their own they are written as they are in the list of all. */
const BATCH = 500

/** A thread with its news, piece by piece: the title, the author if the thread is new, and the new replies. */
export function* threadPieces({ posts, ...thread }: ThreadNews, locale: Locale): Generator<BlockContent[]> {
  let blocks = headBlocks(thread, locale)
  let items: ListItem[] = []
  for (const post of posts) {
    if (items.length === BATCH) {
      yield [...blocks, list(items)]
      blocks = []
      items = []
    }
    items.push(replyItem(post, locale))
  }
  yield items.length === 0 ? blocks : [...blocks, list(items)]
}

function headBlocks({ thread, replies, opening }: Omit<ThreadNews, 'posts'>, locale: Locale): BlockContent[] {
  if (opening?.status === 'gone') return [goneLine('thread', opening, locale)]
  const { title, rest } = opening ? titleAndRest(opening) : { title: titleOf(thread), rest: null }
  const facts = [`by ${nameOf(thread.author)}`, `${count(replies, 'reply', 'replies', locale)} in all`]
  return [
    paragraph([strong([linked(isolated(title), thread.url)]), ...(opening ? [] : [text(` · ${facts.join(' · ')}`)])]),
    ...(opening ? [openingHead(opening, replies, locale)] : []),
    ...(rest === null ? [] : [quote(prose(rest))]),
  ]
}

function openingHead(post: PostInContext, replies: number, locale: Locale): Paragraph {
  const soFar = replies === 0 ? 'no replies yet' : `${count(replies, 'reply', 'replies', locale)} so far`
  return joinedByDots([
    [strong([text(nameOf(post.author))])],
    [text(dateOf(post.when, locale))],
    [text(soFar)],
    postFlags(post),
  ])
}

/** Title and text of a new thread. Most titles are the first words of the text, which are not repeated. */
function titleAndRest(post: PostInContext): { title: string; rest: string | null } {
  const title = titleOf(post.thread)
  const line = cleanLine(post.text).replace(/^- /, '')
  if (!isVisible(line)) return { title, rest: post.attachments > 0 ? wordsOrNote('', post.attachments) : null }
  const first = title.replace(/…$/, '')
  if (post.heading || !line.startsWith(first)) return { title, rest: excerpt(line) }
  if (line.length <= SHORT) return { title: line, rest: null }
  return { title, rest: excerpt(`… ${line.slice(first.length).trim()}`) }
}

/** `**Seán** · in reply to Anna · [28 October 2026, 17:40](…)`, and the text. Of a post that is gone neither name nor text, as in `goneItem`. */
function replyItem(post: PostInContext, locale: Locale): ListItem {
  if (post.status === 'gone') return item(goneLine('reply', post, locale))
  const inReplyTo: PhrasingContent[] = post.parent ? [text(`in reply to ${nameOf(post.parent.author)}`)] : []
  const head = joinedByDots([
    [strong([text(nameOf(post.author))])],
    inReplyTo,
    [linked(dateOf(post.when, locale), post.url)],
    postFlags(post),
  ])
  return item(head, quote(prose(excerpt(wordsOrNote(post.text, post.attachments)))))
}

const goneLine = (what: string, { when }: PostInContext, locale: Locale): Paragraph =>
  joinedByDots([[text(`A ${what} that is no longer on the site`)], [text(dateOf(when, locale))]])

const postFlags = ({ edited }: PostInContext): PhrasingContent[] => (edited ? [text('(edited)')] : [])
