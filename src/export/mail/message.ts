import type { StoredPost, StoredThread } from '../../model/archive.js'
import { LABEL_NAMES } from '../../model/columns/post-labels.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ExportContext } from '../exporter.js'
import { groupAddress, listId, memberAddress, messageName } from '../identifiers.js'
import { singleDate } from '../record.js'
import { isPlaceShown } from '../shown.js'
import { clockOf } from '../words/clock.js'
import { isEdited } from '../words/facts.js'
import { authorName, groupName } from '../words/names.js'
import { subjectOf } from '../words/title.js'
import { contentLines } from './content.js'
import { phrase, textField, tokenField } from './header-fields.js'
import { ReplyChain } from './reply-chain.js'

/** A post as a message (RFC 5322), with line feeds at the ends of its lines. */
export interface Message {
  /** Name of a file of it, safe on all file systems. */
  name: string
  date: Date
  text: string
}

/** Which posts are shown, and the zone of dates in titles. */
type View = Pick<ExportContext, 'status' | 'timezone' | 'locale'>

/** The posts that are shown, in pre-order. A post that is not shown keeps its place in the references of its replies. */
export function* messagesOf(thread: StoredThread, view: View): Generator<Message> {
  const { status } = view
  const chain = new ReplyChain(thread)
  const fields = threadFields(thread, subjectOf(thread, clockOf([thread], view), status))
  for (const node of thread.posts) {
    const place = chain.enter(node)
    const { post } = node
    if (!isPlaceShown(node, status)) continue
    const date = new Date(singleDate(post))
    const header = [...postFields(post, thread, date), ...placeFields(place), ...fields(place.references.length > 0)]
    const text = [...header, ...factFields(post, thread), ...contentLines(post, thread, view.locale), ''].join('\n')
    yield { name: messageName(thread.site, post.id), date, text }
  }
}

function postFields(post: StoredPost, { site }: StoredThread, date: Date): string[] {
  const url = knownAddress(post.url)
  return [
    tokenField('From', ...phrase(authorName(post), 'From: '.length), `<${memberAddress(site, post.author)}>`),
    tokenField('Date', date.toUTCString().replace('GMT', '+0000')),
    ...(url === null ? [] : urlField('Archived-At', url)),
  ]
}

const placeFields = ({ id, references }: ReturnType<ReplyChain['enter']>): string[] => [
  tokenField('Message-ID', id),
  ...references.slice(-1).map(parent => tokenField('In-Reply-To', parent)),
  ...(references.length === 0 ? [] : [tokenField('References', ...references)]),
]

/** What all messages of a thread have in common, made once for each of its two kinds: an opening post, a reply. */
function threadFields({ site, group }: StoredThread, title: string): (isReply: boolean) => string[] {
  const list = group ? groupFields(site, group) : []
  const [opening, reply] = [title, `Re: ${title}`].map(subject => [textField('Subject', subject), ...list])
  return isReply => (isReply ? reply : opening) ?? []
}

function groupFields(site: string, group: NonNullable<StoredThread['group']>): string[] {
  const name = groupName(group)
  return [
    tokenField('To', ...phrase(name, 'To: '.length), `<${groupAddress(site, group)}>`),
    tokenField('List-Id', ...phrase(name, 'List-Id: '.length), `<${listId(site, group)}>`),
  ]
}

/** What the archive knows of the post, for programs; facts that are not so have no field. */
function factFields(post: StoredPost, thread: StoredThread): string[] {
  const { from, to } = post.when
  const facts: [string, string | null][] = [
    ['Thread', thread.id],
    ['Post', post.id],
    ['Type', post.type],
    ['Status', post.status],
    ['Gone-At', post.goneAt],
    ['Date', from !== null && from === to ? null : `${from ?? '..'}/${to ?? '..'}`],
    ['Edited', isEdited(post) ? 'yes' : null],
    ['Edited-By', post.editedBy],
    ['Truncated', post.truncated ? 'yes' : null],
    ['Forgotten', post.forgotten ? 'yes' : null],
    ...LABEL_NAMES.map((name): [string, string | null] => [`${name[0]?.toUpperCase()}${name.slice(1)}`, post[name]]),
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [textField(`X-Threadkeep-${name}`, value)]))
}

/** The most characters of an address, which cannot be folded, in a line of 998. */
const MAX_URL = 900

/** No field for an address that is none, or that no line can hold. */
function urlField(name: string, url: string): string[] {
  const address = URL.canParse(url) ? new URL(url) : null
  const isWeb = address !== null && /^https?:$/.test(address.protocol)
  return isWeb && address.href.length <= MAX_URL ? [tokenField(name, `<${address.href}>`)] : []
}
