import type { Capture } from '../model/capture.js'
import type { Member, Post, When } from '../model/discussion.js'
import type { Page } from '../model/page.js'
import { UNKNOWN_WHEN } from '../model/time.js'
import { UNKNOWN_SITE } from '../model/unknown-site.js'
import { textOfCapture } from './document/charset.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'
import type { Writer } from './relative/index.js'
import { cleaned, marksIn, withoutMarks } from './text/converters.js'
import { textTimeOf, whenOfDate, writersOf } from './text/dates.js'
import { documentsIn, isDocument } from './text/document.js'
import type { DocumentPost } from './text/document-post.js'
import { idsOf, TakenIds } from './text/ids.js'
import { bodyText, type Line, linesOf, wrapWidth } from './text/lines.js'
import { type DumpedPost, threadsIn } from './text/outline.js'
import { groupNamed, type Linked, linkedBy, memberNamed } from './text/people.js'

/** Threads in plain text, as people copy them and as converters write them. */
export const textDump: Parser = {
  name: 'text-dump',
  accepts: ({ imported }) => imported?.door === 'text',
  parse: readDump,
}

function readDump(capture: Capture): Page {
  const page = blankPage(capture.url)
  const read = documents(capture) ?? dump(capture)
  if (read.posts.length === 0) return { ...page, wall: { kind: 'unknown', seen: 'a text without a thread' } }
  const threads = new Map<string, number>()
  for (const { threadId } of read.posts) threads.set(threadId, (threads.get(threadId) ?? 0) + 1)
  return {
    ...page,
    site: { url: read.site, name: null },
    template: 'text-dump',
    posts: read.posts,
    threads: [...threads].map(([id, shown]) => ({ id, shown, whole: false, claimed: null })),
  }
}

interface Read {
  site: string
  posts: Post[]
}

const normalLines = (text: string): string => text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')

function dump(capture: Capture): Read {
  const { threads, width, links } = dumpedIn(capture)
  const writers = writersOf(threads.flat().flatMap(({ date }) => date ?? []))
  const reading = new DumpReading(capture, { width, links, writers })
  const posts = threads.flatMap(thread => reading.thread(thread))
  return { site: reading.site, posts }
}

/** A function of its own, as is the next one, so that the lines need no memory any more when the posts are made. */
function dumpedIn(capture: Capture): { threads: DumpedPost[][]; width: number; links: ReadonlyMap<number, string> } {
  const { lines, links } = linesIn(capture)
  const width = wrapWidth(lines)
  return { threads: threadsIn(lines, width), width, links }
}

function linesIn(capture: Capture): { lines: Line[]; links: ReadonlyMap<number, string> } {
  const { text, written, links } = cleaned(textOfCapture(capture))
  return { lines: linesOf(text, written), links }
}

/** The posts of threadkeep's own documents, with the ids and parents that they give. Null: it is none of them. */
function documents(capture: Capture): Read | null {
  const text = normalLines(textOfCapture(capture))
  if (!isDocument(text)) return null
  const { request } = capture
  const found = documentsIn(text)
  const taken = new TakenIds()
  const posts = found.flatMap(({ posts: all }) => {
    const wordings = all.map(post => ({ ...post, author: post.author?.name ?? null, group: post.group?.name ?? null }))
    const ids = idsOf(
      wordings,
      all.map(({ id }) => id),
      all[0]?.when ?? UNKNOWN_WHEN,
      taken,
    )
    return all.map((post, at): Post => documentPost(post, ids, at))
  })
  return { site: request.site ?? found.find(({ site }) => site)?.site ?? UNKNOWN_SITE, posts }
}

function documentPost({ parent, url, when, group, ...rest }: DocumentPost, ids: readonly string[], at: number): Post {
  const [id = '', threadId = ''] = [ids[at], ids[0]]
  return {
    ...rest,
    ...{ id, threadId, parentId: parent === null ? null : (ids[parent] ?? threadId) },
    type: parent === null ? 'activity_update' : 'activity_comment',
    group: group ?? undefined,
    when: when ?? UNKNOWN_WHEN,
    html: '',
    url: url ?? `${UNKNOWN_SITE}post/${id}/`,
  }
}

/** Where the converter has wrapped lines, the links, and who has written the dates. */
interface Shared {
  width: number
  links: ReadonlyMap<number, string>
  writers: readonly Writer[]
}

/** What the threads of one text share. */
class DumpReading {
  private readonly taken = new TakenIds()
  private found: string | null = null
  /** One object for all posts of a member, and one for all dates of the same words: a text of 100,000 replies has few of each. */
  private readonly members = new Map<string, Member | null>()
  private readonly dates = new Map<string, When>()

  constructor(
    private readonly capture: Capture,
    private readonly shared: Shared,
  ) {}

  get site(): string {
    return this.capture.request.site ?? this.found ?? UNKNOWN_SITE
  }

  thread(dumped: readonly DumpedPost[]): Post[] {
    const linked = dumped.map(({ header }) =>
      linkedBy(marksIn(header).flatMap(mark => this.shared.links.get(mark) ?? [])),
    )
    this.found ??= linked.find(({ site }) => site !== null)?.site ?? null
    const texts = dumped.map(post => withoutMore(bodyText(linesFrom(post).map(unmarked), this.shared.width)))
    const dates = dumped.map(({ date }) => this.whenOf(date))
    const ids = this.idsOf(dumped, texts, linked, dates[0] ?? UNKNOWN_WHEN)
    return dumped.map((post, at) => {
      const [id = '', threadId = ''] = [ids[at], ids[0]]
      const { author, group, kind, parent } = post
      const { member, url, group: groupUrl } = linked[at] as Linked
      return {
        ...{ id, threadId, parentId: parent === null ? null : (ids[parent] ?? threadId) },
        type: parent !== null ? 'activity_comment' : kind === 'notice' ? 'joined_group' : 'activity_update',
        group: group === null ? undefined : groupNamed(group, groupUrl),
        author: this.memberOf(author, member),
        when: dates[at] ?? UNKNOWN_WHEN,
        ...{ html: '', ...(texts[at] ?? { text: '', truncated: false }), edited: false },
        url: url ?? `${UNKNOWN_SITE}post/${id}/`,
        ...{ attachments: [], links: [] },
      }
    })
  }

  private memberOf(name: string | null, url: string | null): Member | null {
    return madeOnce(this.members, `${name}\n${url}`, () => memberNamed(name, url))
  }

  private whenOf(date: DumpedPost['date']): When {
    const { capture, dates, shared } = this
    const made = () => whenOfDate(date, textTimeOf(capture), shared.writers)
    return typeof date === 'string' ? madeOnce(dates, date, made) : made()
  }

  private idsOf(
    dumped: readonly DumpedPost[],
    texts: readonly Excerpt[],
    linked: readonly Linked[],
    when: When,
  ): string[] {
    const wordings = dumped.map((post, at) => ({ ...post, text: texts[at]?.text ?? '' }))
    const thread = linked.slice(1).find(one => one.thread !== null)?.thread ?? null
    const named = linked.map(({ id }, at) => (at === 0 ? (id ?? thread) : id))
    return idsOf(wordings, firstOnly(named), when, this.taken)
  }
}

function madeOnce<Made>(all: Map<string, Made>, key: string, make: () => Made): Made {
  const made = all.get(key) ?? make()
  all.set(key, made)
  return made
}

/** Two posts with one link: a damaged list of links, or a text that quotes. Only the first has the id. */
function firstOnly(ids: readonly (string | null)[]): (string | null)[] {
  const seen = new Set<string | null>()
  return ids.map(id => (seen.has(id) || !seen.add(id) ? null : id))
}

/** Takes the lines out of the post: a text of 20,000 replies is not held twice. */
function linesFrom(post: DumpedPost): readonly Line[] {
  const { body } = post
  post.body = []
  return body
}

const unmarked = (line: Line): Line => ({ ...line, text: withoutMarks(line.text) })

interface Excerpt {
  text: string
  truncated: boolean
}

/** The link behind a text that the site has shortened. */
const MORE =
  /(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:read more|weiterlesen|mehr lesen|lire la suite|leer más|leia mais|ler mais|leggi tutto|lees meer|læs mere|les mer|läs mer|czytaj (?:więcej|dalej)|читать далее|続きを読む|阅读更多|閱讀更多)$/iu

const withoutMore = (text: string): Excerpt =>
  MORE.test(text) ? { text: text.replace(MORE, '…'), truncated: true } : { text, truncated: false }
