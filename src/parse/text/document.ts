import { createRequire } from 'node:module'
import * as z from 'zod'
import type { Group } from '../../model/discussion.js'
import { whenOfWords } from './document-dates.js'
import { type Document, type DocumentPost, flagsOf, idOf, memberOf } from './document-post.js'
import { textOfDocument, unescaped } from './document-text.js'
import { isNumbered, numberedDocumentsIn } from './numbered-document.js'
import { groupNamed, linkedBy } from './people.js'

const FRONT = z.looseObject({
  site: z.string().nullish(),
  id: z.string().nullish(),
  url: z.string().nullish(),
  author_id: z.string().nullish(),
  posted_between: z.tuple([z.string().nullable(), z.string().nullable()]).nullish(),
  group: z
    .looseObject({ id: z.string().nullish(), slug: z.string(), name: z.string().nullish(), url: z.string().nullish() })
    .nullish(),
})

type Front = z.infer<typeof FRONT>

const OPENING = /^\*\*(.+?)\*\* · (.+)$/
const REPLY =
  /^( *)- (?:↳ )?\*\*(.+?)\*\* · #(\d+) · in reply to (?:.+? \(#(\d+)\)|a post that could not be read) · (.+)$/
const HEAD = /^---\n(schema: "threadkeep\.document\/1"\n[\s\S]*?)\n---\n/

/** True for a document that threadkeep itself has written, in its present form or the first one. */
export const isDocument = (text: string): boolean =>
  isNumbered(text) || HEAD.test(text) || (/^# .+\n\n\*\*.+\*\* · /.test(text) && /^\*\*.+\*\* · .*\bUTC\b/m.test(text))

/** Reads the markdown of threadkeep, of one thread or of several. */
export function documentsIn(text: string): Document[] {
  if (isNumbered(text)) return numberedDocumentsIn(text)
  const head = HEAD.exec(text)
  const front = head ? frontOf(head[1] ?? '') : null
  const threads: string[][] = []
  let isCode = false
  for (const line of (head ? text.slice(head[0].length) : text).split('\n')) {
    if (/^\s*(?:`{3,}|~{3,})/.test(line)) isCode = !isCode
    if (!isCode && line.startsWith('# ')) threads.push([])
    else threads.at(-1)?.push(line)
  }
  return threads.map(lines => documentOf(lines, front)).filter(({ posts }) => posts.length > 0)
}

/** Loaded for documents only, which few runs read: its files take a fifth of the time in which all parsers are loaded. */
const yamlParser = () => createRequire(import.meta.url)('yaml') as typeof import('yaml')

function frontOf(yaml: string): Front | null {
  try {
    return FRONT.parse(yamlParser().parse(yaml))
  } catch {
    return null
  }
}

function documentOf(lines: readonly string[], front: Front | null): Document {
  const starts = lines.flatMap((line, at) => (REPLY.test(line) ? [at] : []))
  const top = lines.slice(0, starts[0] ?? lines.length).filter(line => !/^## (?:1 reply|\d+ replies)$/.test(line))
  const opening = openingOf(top, front)
  const replies = starts.map((start, at) => replyOf(lines.slice(start, starts[at + 1] ?? lines.length)))
  const site = front?.site ?? (opening?.url ? linkedBy([opening.url]).site : null)
  return { site, posts: opening ? [opening, ...replies] : [] }
}

function openingOf(lines: readonly string[], front: Front | null): DocumentPost | null {
  const start = lines.findIndex(line => OPENING.test(line))
  const [, name = '', rest = ''] = OPENING.exec(lines[start] ?? '') ?? []
  if (start < 0) return null
  const url = front?.url ?? linkOf(rest, 'original')
  const [from = null, to = null] = front?.posted_between ?? []
  const author = memberOf(name)
  return {
    ...textOfDocument(lines.slice(start + 1)),
    parent: null,
    author: author && front?.author_id ? { ...author, id: front.author_id } : author,
    when: from || to ? { from, to } : whenOfWords(rest.split(' · ')[0] ?? ''),
    group: groupOf(rest, front),
    id: front?.id && /^\d+$/.test(front.id) ? front.id : idOf(url),
    url,
    ...flagsOf(rest),
  }
}

function groupOf(rest: string, front: Front | null): Group | null {
  const known = front?.group
  if (known) {
    const named = groupNamed(known.name ?? known.slug, known.url ?? null)
    return { ...named, id: known.id ?? null, slug: known.slug, name: known.name ?? null }
  }
  const [, linked, url] = / · in \[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/.exec(` · ${rest}`) ?? []
  const name = linked ?? /(?:^| · )in ([^[·]+?)(?: ·|$)/.exec(rest)?.[1]
  return name ? groupNamed(unescaped(name), url ?? null) : null
}

function replyOf([head = '', ...lines]: readonly string[]): DocumentPost {
  const [, pad = '', name = '', , above, rest = ''] = REPLY.exec(head) ?? []
  const [, words, url = null] = /^\[([^\]]+)\]\(([^)\s]+)\)/.exec(rest) ?? []
  const inner = pad.length + 2
  return {
    ...textOfDocument(lines.map(line => (line.slice(0, inner).trim() === '' ? line.slice(inner) : line))),
    parent: above === undefined ? 0 : Number(above) - 1,
    author: memberOf(name),
    when: whenOfWords(words ?? rest.split(' · ')[0] ?? ''),
    group: null,
    ...{ id: idOf(url), url },
    ...flagsOf(rest),
  }
}

const linkOf = (text: string, words: string): string | null =>
  new RegExp(`\\[${words}\\]\\(([^)\\s]+)\\)`).exec(text)?.[1] ?? null
