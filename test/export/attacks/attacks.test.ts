import { describe, expect, it } from 'vitest'
import type { ExportFile } from '../../../src/export/exporter.js'
import { EXPORTERS } from '../../../src/export/index.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { opened } from '../qda/reading.js'
import { bytesOf, duckdb, fileOf } from '../table/reading.js'
import { contextOf, textOf } from '../threads.js'
import { ALL, KINDS, POSTS, THREADS } from './corpus.js'
import {
  type Found,
  ofActivities,
  ofAtom,
  ofHtml,
  ofJson,
  ofJsonl,
  ofMarkdown,
  ofMessages,
  ofNetwork,
  ofProject,
  ofTable,
  quotedRows,
  sum,
} from './readers.js'

/** Each attack at each place of a thread, in each format, read by a program that is none of ours: nothing runs, and nothing is requested. */

const exporterOf = (name: string) => {
  const exporter = EXPORTERS.find(one => one.name === name)
  if (!exporter) throw new Error(`There is no format ${name}.`)
  return exporter
}

const whole = (name: string, options = {}): string => {
  const exporter = exporterOf(name)
  const { options: defaults, ...about } = contextOf(exporter, [...THREADS])
  return textOf(exporter.render(THREADS, { ...about, options: { ...defaults, ...options } }))
}

type File = ExportFile & { text: string }

const made = new Map<string, File[]>()

/** Made once a format. */
function filesOf(name: string): File[] {
  const files = made.get(name) ?? newFilesOf(name)
  made.set(name, files)
  return files
}

const newFilesOf = (name: string): File[] => {
  const exporter = exporterOf(name)
  const files = exporter.files?.(THREADS, contextOf(exporter, [...THREADS])) ?? []
  return [...files].map(file => ({ ...file, text: textOf(file.body) }))
}

const GRAPHML = ['graphml', 'key', 'desc', 'graph', 'node', 'edge', 'data']
const GEXF =
  'gexf meta creator keywords description graph attributes attribute nodes node edges edge attvalues attvalue'.split(
    ' ',
  )
const SVG = ['svg', 'title', 'desc', 'g', 'rect', 'circle', 'path', 'text']

const ofNodes = (table: string): Found => {
  const [head = [], ...rows] = quotedRows(table)
  return { ...ofTable(table, ','), posts: rows.reduce((sum, row) => sum + Number(row[head.indexOf('posts')]), 0) }
}

/** Pictures of a hundred threads each: one of all would take longer. */
async function ofPictures(): Promise<Found> {
  const pictures: Found[] = []
  for (let at = 0; at < THREADS.length; at += 100) pictures.push(await ofPicture(THREADS.slice(at, at + 100)))
  return sum(pictures)
}

async function ofPicture(threads: StoredThread[]): Promise<Found> {
  const svg = exporterOf('svg')
  let text = ''
  const options = { relation: 'reply', most: 101 }
  for await (const chunk of svg.render(threads, contextOf(svg, threads, { options }))) text += chunk
  return { ...ofNetwork(text, SVG, /$^/g), posts: POSTS * threads.length }
}

const messagesOf = (mbox: string): string[] => mbox.split(/^From .*\n/m).slice(1)

/** Pages of ours have a style sheet, a policy, charts and a search box. */
const OWN = ['meta', 'link', 'script', 'style', 'svg', 'input', 'form', 'button']

function ofSite(): Found {
  const files = filesOf('html')
  const names = new Set(files.map(({ name }) => name.split('/').at(-1) ?? ''))
  const pages = files.filter(({ name }) => name.endsWith('.html'))
  return sum(pages.map(({ text }) => ofHtml(text, OWN, names)))
}

const READERS: Readonly<Record<string, () => Found | Promise<Found>>> = {
  md: () => ofMarkdown(whole('md')),
  html: () => ofSite(),
  json: () => ofJson(whole('json')),
  jsonl: () => ofJsonl(whole('jsonl')),
  csv: () => ofTable(whole('csv'), ','),
  tsv: () => ofTable(whole('tsv'), '\t'),
  '4cat': () => ofTable(whole('4cat'), ','),
  parquet: async () => {
    const [row] = await duckdb('SELECT count(*) AS posts FROM FILE', await fileOf(exporterOf('parquet'), THREADS))
    return { posts: Number(row?.['posts']), ran: [], requested: [] }
  },
  graphml: () => ofNetwork(whole('graphml'), GRAPHML, /<data key="node_posts">(\d+)</g),
  gexf: () => ofNetwork(whole('gexf'), GEXF, /<node [^\n]*<attvalue for="5" value="(\d+)"/g),
  nodes: () => ofNodes(whole('nodes')),
  // Half of the posts answer another one.
  edges: () => ({ ...ofTable(whole('edges'), ','), posts: 2 * ofTable(whole('edges'), ',').posts }),
  network: () => ({ ...sum(filesOf('network').map(({ text }) => ofTable(text, ','))), posts: POSTS * THREADS.length }),
  svg: () => ofPictures(),
  qdpx: async () => {
    const exporter = exporterOf('qdpx')
    return ofProject(await opened(await bytesOf(exporter.render(THREADS, contextOf(exporter, [...THREADS])))))
  },
  mbox: () => ofMessages(messagesOf(whole('mbox'))),
  maildir: () => ofMessages(filesOf('maildir').flatMap(({ name, text }) => (name.startsWith('cur/p') ? [text] : []))),
  as2: () => ofActivities(whole('as2')),
  atom: () => ofAtom(whole('atom', { limit: 100_000 })),
}

/** Their documents are made of those of md by programs that may not be there: test/export/attacks.test.ts and office.test.ts. */
const BY_PROGRAMS = ['docx', 'pdf', 'epub']

it('is a corpus of many kinds of attacks', () => {
  expect(ALL.length).toBeGreaterThanOrEqual(400)
  expect(Object.keys(KINDS).length).toBeGreaterThanOrEqual(10)
})

it('has a reader for each format', () => {
  const ofThreads = EXPORTERS.filter(({ name, content }) => content !== 'captures' && !BY_PROGRAMS.includes(name))
  expect(Object.keys(READERS).sort()).toEqual(ofThreads.map(({ name }) => name).sort())
})

describe('what runs, and what is requested', () => {
  it.each(Object.entries(READERS))('in %s: nothing', async (_, read) => {
    const { posts, ran, requested } = await read()
    expect([ran.slice(0, 20), requested.slice(0, 20)]).toEqual([[], []])
    expect(posts).toBe(POSTS * THREADS.length)
  })
})

describe('a reader', () => {
  it.each(['script', 'handler', 'address', 'request', 'style', 'drawing'])(
    'of HTML sees the kind of attack "%s"',
    kind => {
      const seen = (KINDS[kind] ?? []).filter(words => {
        const { ran, requested } = ofHtml(`<p>${words}</p>`)
        return ran.length + requested.length > 0
      })
      expect(seen.length).toBeGreaterThan((KINDS[kind] ?? []).length / 2)
    },
  )

  it('of any other format sees what would run in it', async () => {
    expect(ofMarkdown('[x](javascript:x) ![x](http://a.example/) <b>').ran).toHaveLength(2)
    expect(ofTable('a,b\r\n=1,"x\r\n\t+1"\r\n', ',').ran).toEqual(['=1'])
    expect((await ofMessages(['From: a@b\nBcc: x@y\n\nx'])).ran).toEqual(['bcc'])
    expect(ofAtom('<feed><entry><script/><content>&lt;script></content></entry></feed>').ran).toHaveLength(2)
    expect(ofActivities('{"orderedItems":[{"object":{"url":"javascript:x","content":"<img src=x>"}}]}')).toEqual({
      ...{ posts: 1, ran: ['"url":"javascript:x"'], requested: ['img src=x'] },
    })
  })
})

describe('names of files', () => {
  it.each(['html', 'maildir'])('of %s are safe on all systems', name => {
    const parts = filesOf(name).flatMap(({ name: path }) => path.replace(/\/$/, '').split('/'))
    const unsafe = parts.filter(
      part =>
        /[<>:"|?*\\\p{Cc}]|^\.{0,2}$|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(part) ||
        Buffer.byteLength(part) > 120,
    )
    expect(unsafe).toEqual([])
    const paths = filesOf(name).map(({ name: path }) => path.normalize('NFC').toLowerCase())
    expect(new Set(paths).size).toBe(paths.length)
  })
})
