import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')
const ARCHITECTURE = readFileSync(resolve(import.meta.dirname, '../docs/architecture.md'), 'utf8')

type Allowed = Record<string, readonly string[]>

/** What a layer may import besides itself. Siblings never import each other. */
const LAYERS: Allowed = {
  model: [],
  sources: ['model'],
  parse: ['model'],
  archive: ['model'],
  export: ['model'],
  demo: [],
  node: ['model'],
  run: ['model', 'sources', 'parse', 'archive'],
  cli: ['model', 'sources', 'parse', 'archive', 'export', 'demo', 'run', 'node'],
  index: ['model', 'sources', 'parse', 'archive', 'export', 'run', 'node'],
}

/** The rooms of a layer, from the ground up: a room may import the ones named, a file beside the rooms may import them all. */
const ROOMS: Record<string, Allowed> = {
  archive: {
    native: [],
    browser: ['native'],
    schema: ['native'],
    text: ['schema'],
    database: ['native', 'schema', 'text'],
    fold: ['database', 'schema', 'text'],
    query: ['database', 'schema', 'text'],
    datasette: ['database', 'schema'],
    statistics: ['database', 'query'],
    sync: ['database', 'schema'],
    moves: ['database', 'schema', 'sync', 'text'],
    status: ['database', 'moves', 'query', 'schema'],
    media: ['database', 'status'],
    verify: ['database', 'fold', 'media', 'schema'],
    provenance: ['database', 'schema'],
    read: ['database', 'media', 'moves', 'native', 'provenance', 'query', 'schema', 'status'],
    history: ['database', 'moves', 'query', 'read', 'schema', 'text'],
    search: ['database', 'query', 'read', 'text'],
    digest: ['database', 'history', 'query', 'read'],
    write: ['database', 'fold', 'moves', 'query', 'schema', 'sync', 'text'],
    erasure: ['database', 'fold', 'media', 'moves', 'schema', 'status', 'text', 'write'],
    'subject-access': ['database', 'erasure', 'read', 'status', 'write'],
    recognition: ['database', 'fold', 'schema'],
    merge: ['database', 'erasure', 'fold', 'moves', 'native', 'recognition', 'schema'],
    reparse: ['database', 'erasure', 'fold', 'moves', 'native', 'recognition', 'schema', 'sync', 'text', 'write'],
  },
  export: {
    body: [],
    words: [],
    table: [],
    warc: [],
    pseudonyms: ['body', 'words'],
    markdown: ['body', 'words'],
    html: ['body', 'markdown', 'words'],
    live: ['html', 'words'],
    feed: ['body', 'html', 'words'],
    mail: ['body', 'html', 'words'],
    office: ['markdown', 'words'],
    digest: ['markdown', 'words'],
    person: ['markdown', 'words'],
    coding: ['pseudonyms', 'table', 'words'],
    graph: ['table', 'words'],
    qda: ['table', 'words'],
    codebook: ['graph', 'qda', 'table'],
    methods: ['markdown', 'table', 'words'],
    cite: ['methods'],
    risk: ['pseudonyms'],
    package: ['body', 'codebook', 'coding', 'markdown', 'methods', 'pseudonyms', 'risk', 'table', 'words'],
  },
  model: {
    columns: [],
    forum: [],
    locale: [],
    markup: [],
    media: [],
    people: [],
    query: [],
    words: [],
    coding: [],
    reports: ['coding', 'media', 'query'],
  },
  parse: {
    document: [],
    saved: ['document'],
    relative: [],
    templates: ['document'],
    items: ['document', 'relative', 'templates'],
    rest: ['document', 'items', 'templates'],
    text: ['items', 'relative'],
    forum: ['document', 'items', 'relative', 'text'],
  },
  sources: {
    site: [],
    files: ['site'],
    wayback: ['files'],
  },
  run: {
    judge: [],
    parsing: [],
    plan: ['judge'],
    session: ['judge', 'parsing', 'plan'],
    media: ['judge', 'session'],
    import: ['judge', 'parsing', 'session'],
    reparse: ['judge', 'parsing', 'plan'],
    probe: ['judge', 'parsing', 'plan', 'session'],
  },
  cli: {
    text: [],
    terminal: ['text'],
    files: ['terminal'],
    session: ['files', 'terminal', 'text'],
    options: ['files', 'session', 'terminal', 'text'],
    render: ['options', 'session', 'terminal', 'text'],
    help: ['files', 'options', 'session'],
    screen: ['render', 'terminal', 'text'],
    reference: ['help', 'options', 'terminal', 'text'],
    commands: ['files', 'help', 'options', 'reference', 'render', 'screen', 'session', 'terminal', 'text'],
  },
}

/** Layers whose rooms may import the files beside them: what all rooms share, such as the interface of a registry. */
const WITH_COMMON_GROUND = ['export', 'model', 'parse', 'sources']

/** The most files side by side in a folder, and the most lines in a file. */
const MAX_FILES = 25
const MAX_LINES = 300
/** A file below this that one other file imports belongs into it. */
const MIN_LINES = 25

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replaceAll('\\', '/'))
const sourceOf = (file: string) => readFileSync(join(SRC, file), 'utf8')
const linesOf = (file: string) => sourceOf(file).trimEnd().split('\n').length

/** Our own files that a file imports, types included; static, dynamic and re-exported. */
function importsOf(file: string): string[] {
  const found = [...sourceOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(match => match[1] as string)
  return found.map(path => relative(SRC, resolve(SRC, dirname(file), path)).replace(/\.js$/, '.ts'))
}

/** `index.ts` is the door of the library. */
const layerOf = (file: string): string => file.replace(/\.ts$/, '').split('/')[0] as string

/** The folder of a file below its layer; null: beside the rooms. */
const roomOf = (file: string): string | null => {
  const [, room, ...rest] = file.split('/')
  return room !== undefined && rest.length > 0 ? room : null
}

/** An index lists what is in its folder; what only an index imports is an entry of a registry. */
const isIndex = (file: string): boolean => /(^|\/)(index|migrations)\.ts$/.test(file)

describe('the layers', () => {
  it('are those of the design and no other', () => {
    expect(new Set(files.map(layerOf))).toEqual(new Set(Object.keys(LAYERS)))
  })

  it.each(files)('%s imports only what its layer may', file => {
    const layer = layerOf(file)
    const wrong = importsOf(file).filter(path => layerOf(path) !== layer && !LAYERS[layer]?.includes(layerOf(path)))
    expect(wrong).toEqual([])
  })

  it('import files that exist, so that the other checks see them all', () => {
    expect(files.flatMap(importsOf).filter(path => !files.includes(path))).toEqual([])
  })

  it('have no cycle of imports, types included', () => {
    expect(cycles()).toEqual([])
  })

  it('touch process, the clock and the environment in two places only', () => {
    const outside = /(?<!\/)\bprocess\.|\bDate\.now\b|\bnew Date\(\)/
    // The command has streams, signals and variables; the library has a clock and the lock's holder, by default.
    const MAY = ['cli/terminal/io.ts', 'node/process.ts']
    const strangers = files.filter(file => !MAY.includes(file) && outside.test(withoutComments(sourceOf(file))))
    expect(strangers).toEqual([])
  })

  it('make folders level by level: with `recursive`, Node never returns where a file system answers ENOENT', () => {
    const recursive = /\bmkdirSync\([^;]*recursive/
    expect(files.filter(file => recursive.test(withoutComments(sourceOf(file))))).toEqual([])
  })

  it('keep SQL in archive/', () => {
    const sql = /\b(?:SELECT\s[\s\S]{1,400}?\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/
    expect(files.filter(file => layerOf(file) !== 'archive' && sql.test(withoutComments(sourceOf(file))))).toEqual([])
  })
})

describe.each(Object.entries(ROOMS))('the rooms of %s/', (layer, allowed) => {
  const own = files.filter(file => layerOf(file) === layer)
  const roomsBelow = (file: string): string[] =>
    importsOf(file).flatMap(path => (layerOf(path) === layer ? (roomOf(path) ?? []) : []))
  const isAllowed = (room: string, other: string | null): boolean =>
    other === null ? WITH_COMMON_GROUND.includes(layer) : (allowed[room]?.includes(other) ?? false)

  it('are those of the table and no other', () => {
    expect(new Set(own.map(roomOf).filter(room => room !== null))).toEqual(new Set(Object.keys(allowed)))
  })

  it('import only the rooms below them', () => {
    const wrong = own.flatMap(file => {
      const room = roomOf(file)
      const others = importsOf(file).filter(path => layerOf(path) === layer && roomOf(path) !== room)
      if (room === null) return []
      return others.filter(path => !isAllowed(room, roomOf(path))).map(path => `${file} > ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('need all imports that the table allows', () => {
    const spare = Object.entries(allowed).flatMap(([room, below]) => {
      const used = new Set(own.filter(file => roomOf(file) === room).flatMap(roomsBelow))
      return below.filter(other => !used.has(other)).map(other => `${room} > ${other}`)
    })
    expect(spare).toEqual([])
  })

  it('are listed in docs/architecture.md, in the order of the table', () => {
    const row = new RegExp(`^\\| \`${layer}/\` \\|(.*)\\|$`, 'm').exec(ARCHITECTURE)?.[1] ?? ''
    const listed = row.replace(/\(.*?\)/g, '').matchAll(/`([^`]+)`/g)
    expect([...listed].map(([, room]) => room)).toEqual(Object.keys(allowed))
  })

  it('stand in the order of the table', () => {
    const order = Object.keys(allowed)
    const upward = order.flatMap((room, at) => (allowed[room] ?? []).filter(below => order.indexOf(below) >= at))
    expect(upward).toEqual([])
  })
})

describe('a file', () => {
  it('has at most 24 others beside it', () => {
    const counts = new Map<string, number>()
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > MAX_FILES)).toEqual([])
  })

  it('has at most 300 lines, no `any`, and no name that says nothing', () => {
    expect(files.filter(file => linesOf(file) > MAX_LINES)).toEqual([])
    expect(files.filter(file => /:\s*any\b|\bas any\b|<any>/.test(withoutComments(sourceOf(file))))).toEqual([])
    expect(files.filter(file => /util|helper|misc/i.test(file))).toEqual([])
  })

  it('that is short and has one importer is a part of it, unless that is an index', () => {
    const importers = new Map<string, Set<string>>()
    for (const file of files)
      for (const path of importsOf(file)) importers.set(path, (importers.get(path) ?? new Set()).add(file))
    const small = files.filter(file => {
      const [only, ...more] = importers.get(file) ?? []
      return only !== undefined && more.length === 0 && !isIndex(file) && !isIndex(only) && linesOf(file) < MIN_LINES
    })
    expect(small).toEqual([])
  })
})

describe('docs/architecture.md', () => {
  it('names files that exist', () => {
    const named = [...ARCHITECTURE.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path)
    const isThere = (path: string): boolean =>
      existsSync(resolve(SRC, '..', path)) || files.some(file => `/${file}`.endsWith(`/${path}`))
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter(path => !path.includes('NAME') && !isThere(path))).toEqual([])
  })
})

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')

/** Depth first; a file met again while it is still open closes a cycle. */
function cycles(): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' > '))
      return
    }
    state.set(file, 'open')
    for (const next of importsOf(file)) if (files.includes(next)) visit(next, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  return found
}
