import { type CheerioAPI, load } from 'cheerio'
import { isTag } from 'domhandler'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import PostalMime from 'postal-mime'
import { SaxesParser } from 'saxes'
import { LABEL_NAMES } from '../../../src/model/columns/post-labels.js'
import type { Project } from '../qda/reading.js'

/** What a program that knows nothing of threadkeep finds in an export. */
export interface Found {
  posts: number
  /** What would run in it, style it or send something. */
  ran: string[]
  /** What it would load from elsewhere. */
  requested: string[]
}

const nothing = (): Found => ({ posts: 0, ran: [], requested: [] })

const RUNS =
  'script iframe frame frameset object embed applet form base meta link style svg math template input button select textarea video audio'.split(
    ' ',
  )
const LOADS = ['src', 'srcset', 'poster', 'data', 'background', 'ping', 'lowsrc', 'dynsrc', 'manifest']
const FOLLOWED = ['href', 'xlink:href', 'action', 'formaction', 'cite']

const isSafe = (address: string): boolean => /^(?:https?:\/\/|mailto:|tel:|#)/i.test(address)

/** HTML, read as browsers read it (parse5). `own`: elements that pages of ours have. `local`: files of the export. */
export function ofHtml(text: string, own: readonly string[] = [], local: ReadonlySet<string> = new Set()): Found {
  const found = nothing()
  const page: CheerioAPI = load(text)
  for (const one of page('*').toArray().filter(isTag)) {
    if (one.tagName === 'article' && page(one).hasClass('post')) found.posts++
    if (RUNS.includes(one.tagName) && !own.includes(one.tagName)) found.ran.push(`<${one.tagName}>`)
    for (const [name, value] of Object.entries(one.attribs)) {
      const shown = `${one.tagName} ${name}=${value}`
      if (/^on/i.test(name) || name === 'style' || name === 'srcdoc') found.ran.push(shown)
      if (FOLLOWED.includes(name) && !isSafe(value) && !local.has(fileOf(value))) found.ran.push(shown)
      if (LOADS.includes(name) && !local.has(fileOf(value))) found.requested.push(shown)
    }
  }
  return found
}

const fileOf = (address: string): string => decodeURI(address.split(/[#?]/)[0]?.split('/').at(-1) ?? '')

/** Markdown with what GitHub adds to it. Links in it are not followed by themselves; pictures are loaded. */
export function ofMarkdown(text: string): Found {
  const found = nothing()
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '')
  const stack: Nodes[] = [fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (/^(?:html|imageReference|linkReference|definition|footnote)/.test(node.type)) found.ran.push(node.type)
    if (node.type === 'link' && !isSafe(node.url)) found.ran.push(`link ${node.url}`)
    if (node.type === 'image') found.requested.push(node.url)
    if (node.type === 'strong' && node.children[0]?.type === 'text' && /^#\d+ /.test(node.children[0].value))
      found.posts++
    if ('children' in node) stack.push(...node.children)
  }
  return found
}

type Json = Record<string, unknown>

export const ofJson = (text: string): Found => ({
  ...nothing(),
  posts: (JSON.parse(text) as Json[]).reduce((sum, { post }) => sum + postsIn(post as Json), 0),
})

const postsIn = ({ replies }: Json): number => (replies as Json[]).reduce((sum, reply) => sum + postsIn(reply), 1)

export const ofJsonl = (text: string): Found => ({
  ...nothing(),
  posts: text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line)).length,
})

export function ofActivities(text: string): Found {
  const { orderedItems } = JSON.parse(text) as { orderedItems: Json[] }
  return sum(orderedItems.map(({ object }) => inFeed(object as Json)))
}

function inFeed({ content, ...object }: Json): Found {
  const addresses = JSON.stringify(object).match(/"(?:url|href)":"[^"]*"/g) ?? []
  const unsafe = addresses.filter(address => !/:"(?:https?|mailto|tel):/i.test(address))
  return sum([{ posts: 1, ran: unsafe, requested: [] }, ofHtml(String(content))])
}

/** XML, read strictly. */
export function ofAtom(text: string): Found {
  const found = nothing()
  const contents: string[] = []
  let open = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    open = name
    if (name === 'entry') found.posts++
    if (name === 'content') contents.push('')
    const { href } = attributes
    if (href !== undefined && !isSafe(href)) found.ran.push(`${name} ${href}`)
    if (!OF_ATOM.includes(name)) found.ran.push(`<${name}>`)
  })
  parser.on('text', words => {
    if (open === 'content') contents.push((contents.pop() ?? '') + words)
    if (open === 'uri' && !isSafe(words)) found.ran.push(`uri ${words}`)
  })
  parser.on('closetag', () => {
    open = ''
  })
  parser.write(text).close()
  return sum([found, ...contents.map(content => ofHtml(content))])
}

const OF_ATOM =
  'feed id title updated published generator link entry author name uri category content thr:in-reply-to'.split(' ')

/**
 * A network in XML, read strictly: posts are those of its nodes. What is neither an element of its format nor an attribute of ours would
 * run in it.
 */
export function ofNetwork(text: string, elements: readonly string[], posts: RegExp): Found {
  const found = nothing()
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (!elements.includes(name)) found.ran.push(`<${name}>`)
    for (const [key, value] of Object.entries(attributes)) {
      if (/^on|^style$|^href$|^xlink|^src$/i.test(key)) found.ran.push(`${name} ${key}=${value}`)
      // GraphML wants name tokens.
      if (['id', 'source', 'target', 'key', 'for'].includes(key) && !/^[\w.:-]+$/.test(value)) found.ran.push(value)
    }
  })
  parser.write(text).close()
  return { ...found, posts: [...text.matchAll(posts)].reduce((sum, [, count]) => sum + Number(count), 0) }
}

/** A project of REFI-QDA, whose texts are plain: only elements of the schema, and only paths of its own files. */
export function ofProject({ root, texts }: Project): Found {
  const found = nothing()
  const stack = [root]
  for (let element = stack.pop(); element; element = stack.pop()) {
    const { name, attributes, children } = element
    if (name === 'PlainTextSelection') found.posts++
    if (!OF_PROJECT.includes(name)) found.ran.push(`<${name}>`)
    // Programs make a file of the name of a source.
    if (name === 'TextSource' && /[\\/:]|^\.+$/.test(attributes['name'] ?? '/'))
      found.ran.push(`name ${attributes['name']}`)
    const path = attributes['plainTextPath']
    if (path !== undefined && !texts.has(/^internal:\/\/(.*)\.txt$/.exec(path)?.[1] ?? '')) found.requested.push(path)
    stack.push(...children)
  }
  return found
}

const OF_PROJECT = (
  'Project Users User CodeBook Codes Code Variables Variable Description Cases Case CodeRef VariableValue VariableRef SelectionRef ' +
  'TextValue IntegerValue DateTimeValue Sources TextSource PlainTextSelection Coding'
).split(' ')

/** A file of messages, each read by another program. */
export async function ofMessages(messages: readonly string[]): Promise<Found> {
  return sum(await Promise.all(messages.map(ofMessage)))
}

async function ofMessage(message: string): Promise<Found> {
  const { headers, attachments, html = '' } = await PostalMime.parse(message)
  const strange = headers.filter(({ key }) => !OF_MAIL.test(key)).map(({ key }) => key)
  const doubled = headers
    .filter(({ key }, at) => headers.findIndex(other => other.key === key) < at)
    .map(({ key }) => key)
  const files = attachments.map(({ filename }) => `attachment ${filename}`)
  return sum([
    { posts: 1, ran: [...strange, ...doubled, ...files], requested: [] },
    html === '' ? nothing() : ofHtml(html),
  ])
}

const OF_MAIL = new RegExp(
  `^(?:from|date|archived-at|message-id|in-reply-to|references|subject|to|list-id|x-threadkeep-(?:thread|post|type|status|${LABEL_NAMES.join('|')})|mime-version|content-type|content-transfer-encoding)$`,
)

/** Rows of RFC 4180 (`,`), or of lines and tabs. What a spreadsheet takes for a formula would run. */
export function ofTable(text: string, separator: ',' | '\t'): Found {
  const rows =
    separator === ','
      ? quotedRows(text)
      : text
          .trimEnd()
          .split('\n')
          .map(line => line.split('\t'))
  const [head = [], ...posts] = rows
  const torn = posts.filter(row => row.length !== head.length).map(row => `${row.length} cells`)
  return { posts: posts.length, ran: [...torn, ...posts.flat().filter(isFormula)], requested: [] }
}

const isFormula = (cell: string): boolean =>
  /^[\s\p{Cc}\p{Cf}]*[=+\-@|＝＋－＠]/u.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell)

export function quotedRows(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '') break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.filter(row => row.length > 0)
}

export const sum = (all: readonly Found[]): Found => ({
  posts: all.reduce((count, { posts }) => count + posts, 0),
  ran: all.flatMap(({ ran }) => ran),
  requested: all.flatMap(({ requested }) => requested),
})
