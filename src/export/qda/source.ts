import type { PostNode, StoredThread } from '../../model/archive.js'
import type { Annotation } from '../../model/coding/annotation.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ExportContext } from '../exporter.js'
import { isOpening, singleDate } from '../record.js'
import { clockOf } from '../words/clock.js'
import { element, escaped, textElement } from '../xml.js'
import { codeGuid, coderGuid, guidOf, selectionGuid, sourceGuid, TOOL } from './identity.js'
import { codePoints, passagesOf } from './source-text.js'
import type { Survey } from './survey.js'
import { THREAD_VARIABLES, type ThreadFacts, valuesOf } from './variables.js'

interface Coding {
  survey: Survey
  about: Pick<ExportContext, 'status' | 'timezone' | 'locale'>
  /** True: each post has the code of its author. */
  hasPersonCodes: boolean
}

/** Where a selection begins and ends, in code points of the text. */
interface Span {
  start: number
  end: number
}

/** A thread: its text in a file, its posts as selections, and its variables. */
export function* sourceOf(thread: StoredThread, coding: Coding): Generator<string> {
  const { survey, about } = coding
  const guid = sourceGuid(thread)
  const date = thread.when.from ?? thread.when.to ?? thread.readAt
  const name = escaped(survey.nameOf(thread))
  yield `<TextSource guid="${guid}" name="${name}" plainTextPath="internal://${guid}.txt" ${madeBy(TOOL, date)}>\n`
  const url = knownAddress(thread.url)
  if (url !== null) yield `${textElement('Description', url)}\n`
  const facts: ThreadFacts = { thread, posts: 0, people: 0, depth: 0, topic: null }
  const people = new Set<string>()
  let start = 0
  for (const { node, before, body } of passagesOf(thread, about.status, clockOf([thread], about))) {
    start += codePoints(before)
    const span = { start, end: start + codePoints(body) }
    yield* selectionsOf(node, span, thread, coding)
    start = span.end
    facts.posts++
    facts.depth = Math.max(facts.depth, node.depth)
    if (isOpening(node, thread)) facts.topic = node.post.topic
    const author = survey.participants.of(thread.site, node.post)
    if (author) people.add(author.guid)
  }
  facts.people = people.size
  for (const value of valuesOf(THREAD_VARIABLES, facts)) yield `${value}\n`
  yield '</TextSource>\n'
}

/** The text of the file that the source names. */
export function* textOf(thread: StoredThread, about: Coding['about']): Generator<string> {
  for (const { before, body } of passagesOf(thread, about.status, clockOf([thread], about))) yield before + body
  yield '\n'
}

const madeBy = (user: string, date: string | null): string =>
  `creatingUser="${user}"${date === null ? '' : ` creationDateTime="${date}"`}`

function* selectionsOf(node: PostNode, span: Span, thread: StoredThread, coding: Coding): Generator<string> {
  const { post } = node
  const author = coding.survey.participants.of(thread.site, post)
  const codes = coding.hasPersonCodes && author ? [author.guid] : []
  const date = singleDate(post)
  const own = { name: `post ${post.id}`, user: TOOL, date, description: aboutPost(node), codes }
  yield selection(selectionGuid(thread.site, post.id), span, own)
  for (const [number, annotation] of (post.annotations ?? []).entries())
    yield annotated(annotation, guidOf('annotation', thread.site, post.id, `${number}`), span)
}

/** A selection of its own for each annotation: programs take the coder, and the note, of the selection. When it was coded is not known. */
function annotated({ coder, codes, note }: Annotation, guid: string, span: Span): string {
  const name = codes.join('; ') || 'note'
  return selection(guid, span, {
    name,
    user: coderGuid(coder),
    date: null,
    description: note,
    codes: codes.map(codeGuid),
  })
}

interface Selection {
  name: string
  user: string
  /** Null: not known. */
  date: string | null
  description: string | null
  /** GUIDs. */
  codes: readonly string[]
}

function selection(guid: string, { start, end }: Span, { name, user, date, description, codes }: Selection): string {
  const place = `startPosition="${start}" endPosition="${end}"`
  const codings = codes.map(
    code =>
      `<Coding guid="${guidOf('coding', guid, code)}" ${madeBy(user, date)}>${element('CodeRef', { targetGUID: code })}</Coding>`,
  )
  const content = [description === null ? '' : textElement('Description', description), ...codings].join('')
  return `<PlainTextSelection guid="${guid}" name="${escaped(name)}" ${place} ${madeBy(user, date)}>${content}</PlainTextSelection>\n`
}

/** What variables, which only sources and cases have, cannot say of a post. */
function aboutPost({ post, depth }: PostNode): string {
  const answers = post.parentId === null ? null : `reply to ${post.parentId}`
  const url = knownAddress(post.url)
  const parts = [
    `post ${post.id}`,
    answers,
    `depth ${depth}`,
    post.type,
    post.status,
    post.edited ? 'edited' : null,
    url,
  ]
  return parts.filter(part => part !== null).join('; ')
}
