import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  ArchiveError,
  archive,
  BusyError,
  EXPORTERS,
  type Exporter,
  exportTo,
  KnownError,
  openArchive,
  packageTo,
  sync,
  UsageError,
} from '../../src/index.js'
import { type Town, town } from '../community/town.js'
import { newFile } from '../run/outside.js'

const GROUP = 'groups/fox-hollow-gardeners/'
const QUICK = { pace: 0, retries: 1 } as const

/** A community, its group in an archive. */
async function archived(): Promise<{ there: Town; url: string; db: string }> {
  const there = await town({ pack: 'legacy' })
  const [url, db] = [new URL(GROUP, there.server.url).href, newFile()]
  await archive(url, { ...QUICK, db })
  return { there, url, db }
}

const held = (db: string): number => {
  const open = openArchive(db)
  try {
    return [...open.threadSummaries()].reduce((sum, { replies }) => sum + replies + 1, 0)
  } finally {
    open.close()
  }
}

describe('archive', () => {
  it('reads a target into a new file, tells what happens, and lets go of the file', async () => {
    const there = await town({ pack: 'legacy' })
    const [url, db] = [new URL(GROUP, there.server.url).href, newFile()]
    const asked: string[] = []
    class Listener {
      private readonly heard = asked
      request(address: string) {
        this.heard.push(address)
      }
    }
    const report = await archive(url, { ...QUICK, db, via: 'page', reporter: new Listener() })
    expect(report).toMatchObject({ exitCode: 0, stopped: null, requests: asked.length })
    expect(report.targets[0]).toMatchObject({ target: url, state: 'done', route: 'page' })
    expect(report.newPosts).toBe(held(db))
    expect(asked[0]).toBe(new URL('/robots.txt', url).href)
    const open = openArchive(db, 'write')
    expect(open.status()).toMatchObject({ lastRun: { command: `archive ${url}`, exitCode: 0 } })
    open.close()
  })

  it('takes several targets, and goes on where a limit ended it', async () => {
    const there = await town({ pack: 'legacy' })
    const urls = [GROUP, 'groups/mend-and-make/'].map(path => new URL(path, there.server.url).href)
    const db = newFile()
    const first = await archive(urls, { ...QUICK, db, maxRequests: 4, command: 'nightly' })
    expect(first).toMatchObject({ exitCode: 3, stopped: 'max-requests', requests: 4 })
    const second = await archive(urls, { ...QUICK, db })
    expect(second.targets.map(({ target, state }) => [target, state])).toEqual(urls.map(url => [url, 'done']))
    expect(first.newPosts + second.newPosts).toBe(held(db))
  })

  it('ends on a signal, with the page under way kept', async () => {
    const there = await town({ pack: 'legacy' })
    const stop = new AbortController()
    const [url, db] = [new URL(GROUP, there.server.url).href, newFile()]
    const reporter = { saved: () => stop.abort() }
    expect(await archive(url, { ...QUICK, db, signal: stop.signal, reporter })).toMatchObject({ exitCode: 130 })
    expect(await archive(url, { ...QUICK, db })).toMatchObject({ exitCode: 0 })
  })

  it('keeps the pace, on the clock that it is given', async () => {
    const there = await town({ pack: 'legacy' })
    const slept: number[] = []
    let now = Date.now()
    const clock = {
      now: () => now,
      sleep: async (milliseconds: number) => {
        slept.push(milliseconds)
        now += milliseconds
      },
    }
    const { requests } = await archive(new URL(GROUP, there.server.url).href, { db: newFile(), pace: [2, 3], clock })
    expect(slept.length).toBe(requests - 1)
    for (const pause of slept) expect(pause).toBeGreaterThanOrEqual(2000)
  })

  it('shows what a reader gives: a Cookie header of the one site', async () => {
    const cookies: (string | undefined)[] = []
    const intercept = ({ headers }: { headers: Record<string, string> }) => {
      cookies.push(headers['cookie'])
      return false
    }
    const there = await town({ pack: 'legacy', intercept })
    await archive(new URL(GROUP, there.server.url).href, { ...QUICK, db: newFile(), credentials: 'theme=dark' })
    expect(new Set(cookies.slice(1))).toEqual(new Set(['theme=dark']))
  })

  it('makes no file for a word that is no target', async () => {
    const db = newFile()
    for (const targets of ['gardeners', [], 'https://me:secret@town.example/'])
      await expect(archive(targets, { db })).rejects.toThrow(UsageError)
    expect(existsSync(db)).toBe(false)
    await expect(archive('https://town.example/', { db: dirname(db) })).rejects.toThrow(ArchiveError)
  })

  it('reports a site that can not be read, and throws nothing', async () => {
    const there = await town({ membersOnly: true })
    const report = await archive(there.server.url, { ...QUICK, db: newFile() })
    expect(report.exitCode).toBe(4)
    expect(report.targets[0]?.problems[0]?.advice).toContain('log in')
  })
})

describe('an archive that is open', () => {
  it('may be read and written by turns, and stays open', async () => {
    const { url, db } = await archived()
    const open = openArchive(db, 'write')
    await expect(archive(url, { ...QUICK, db })).rejects.toThrow(BusyError)
    expect(await archive(url, { ...QUICK, db: open })).toMatchObject({ exitCode: 0, newPosts: 0 })
    expect([...open.groups()].map(({ slug }) => slug)).toEqual(['fox-hollow-gardeners'])
    expect(open.targets().map(target => target.url)).toEqual([url])
    expect([...open.search('kettle', { limit: 2, order: 'date' })].length).toBeLessThanOrEqual(2)
    expect(open.count('is:thread')).toBe([...open.threads()].length)
    expect([...open.threads({ filter: 'has:replies' })].every(({ replies }) => replies > 0)).toBe(true)
    expect(open.statistics().counts.posts).toBe(held(db))
    const [thread] = open.threads({ filter: 'has:replies' })
    expect(open.history(thread?.id ?? '').length).toBeGreaterThan(1)
    expect(open.history([...(thread?.posts ?? [])][1]?.post.id ?? '')).toMatchObject([{ kind: 'seen' }])
    expect(() => open.search('from:')).toThrow(UsageError)
    open.close()
    expect(() => [...open.groups()]).toThrow()
  })

  it('for reading takes no run, and waits for nobody', async () => {
    const { url, db } = await archived()
    const [writer, reader] = [openArchive(db, 'write'), openArchive(db)]
    await expect(archive(url, { db: reader })).rejects.toThrow('is open for reading only')
    expect([...reader.groups()]).toHaveLength(1)
    reader.close()
    writer.close()
  })
})

describe('sync', () => {
  it('brings all targets up to date, or those that are named', async () => {
    const { url, db } = await archived()
    expect(await sync({ ...QUICK, db })).toMatchObject({ exitCode: 0, newPosts: 0, targets: [{ target: url }] })
    const report = await sync(url, { ...QUICK, db, full: true, explain: true })
    expect(report.targets[0]?.explained?.length).toBeGreaterThan(0)
    await expect(sync('https://elsewhere.example/', { db })).rejects.toThrow('was not archived yet')
  })

  it('makes no archive', async () => {
    const db = newFile()
    await expect(sync({ db })).rejects.toThrow(ArchiveError)
    expect(existsSync(db)).toBe(false)
  })
})

describe('exportTo', () => {
  let db = ''
  let folder = ''
  beforeEach(async () => {
    ;({ db } = await archived())
  })
  const path = (name: string) => {
    folder = dirname(newFile())
    return join(folder, name)
  }
  const ids = (jsonl: string) =>
    new Set(
      jsonl
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line).thread),
    )

  it('writes a file whose extension names the format', async () => {
    const file = path('posts.jsonl')
    const { threads, posts } = await exportTo(file, { db })
    const lines = readFileSync(file, 'utf8')
    expect([ids(lines).size, lines.trimEnd().split('\n').length]).toEqual([threads, posts])
    expect(readdirSync(folder)).toContain('posts.jsonl')
  })

  it('writes one document of chosen threads, a folder, or files by a template', async () => {
    const [thread = ''] = ids(textOf(exportTo({ db, format: 'jsonl', filter: 'has:replies' })))
    expect(await exportTo(path('out.md'), { db, format: 'markdown', threads: [thread] })).toMatchObject({ threads: 1 })
    const { threads } = await exportTo(`${path('notes')}/`, { db })
    expect(
      readdirSync(join(folder, 'notes'), { recursive: true }).filter(name => String(name).endsWith('.md')),
    ).toHaveLength(threads)
    await exportTo(path('{id}.json'), { db, format: 'json', threads: [thread] })
    expect(readdirSync(folder)).toContain(`${thread}.json`)
  })

  it('writes to a stream of Node, which it leaves open, and gives the pieces', async () => {
    const file = path('all.json')
    const stream = createWriteStream(file)
    await exportTo(stream, { db, format: 'json' })
    expect(stream.writableEnded).toBe(false)
    stream.end()
    await finished(stream)
    expect(readFileSync(file, 'utf8')).toBe(textOf(exportTo({ db, format: 'json' })))
    const open = openArchive(db)
    expect(textOf(exportTo({ db: open, format: 'json' }))).toBe(readFileSync(file, 'utf8'))
    open.close()
  })

  it('throws the error of a stream, also where nobody else listens to it', async () => {
    const torn = new Writable({ write: (_chunk, _encoding, done) => done(new Error('torn')) })
    await expect(exportTo(torn, { db, format: 'jsonl' })).rejects.toThrow('torn')
  })

  it('is complete or absent', async () => {
    const [stop, file] = [new AbortController(), path('posts.txt')]
    writeFileSync(file, 'before')
    const endless: Exporter = {
      ...{ name: 'endless', summary: '', extension: 'txt', scope: 'archive', delivery: 'stdout' },
      *render() {
        for (;;) yield 'x'.repeat(100_000)
      },
    }
    setTimeout(() => stop.abort(new Error('enough')), 50)
    const writing = exportTo(file, { db, format: 'endless', exporters: [endless], signal: stop.signal })
    await expect(writing).rejects.toThrow('enough')
    expect([readFileSync(file, 'utf8'), readdirSync(folder).filter(name => name.includes('part'))]).toEqual([
      'before',
      [],
    ])
    await expect(exportTo(join(file, 'below-a-file.md'), { db })).rejects.toThrow(KnownError)
  })

  it('refuses what makes no sense, instead of writing an empty file', async () => {
    const none = [{ format: 'papyrus' }, { threads: ['99999'] }, { groups: ['no-such'] }, { options: { head: true } }]
    for (const how of none) await expect(exportTo(path('x.md'), { db, ...how })).rejects.toThrow(UsageError)
    const double = EXPORTERS.filter(({ name }) => name === 'md')
    await expect(exportTo(path('x.md'), { db, exporters: double })).rejects.toThrow('two formats of the name "md"')
    await expect(exportTo('-', { db })).rejects.toThrow('"-" is no file')
    expect(existsSync(join(folder, 'x.md'))).toBe(false)
  })

  it('leaves out what the format leaves out, unless it is named', () => {
    const all = ids(textOf(exportTo({ db, format: 'jsonl' }))).size
    const talk = (textOf(exportTo({ db, format: 'md' })).match(/^# /gm) ?? []).length
    expect(talk).toBeLessThan(all)
    expect(ids(textOf(exportTo({ db, format: 'jsonl', types: ['joined_group'] }))).size).toBe(all - talk - 1)
    expect(
      ids(textOf(exportTo({ db, format: 'jsonl', groups: ['Fox Hollow Gardeners'], before: '2023-06-01' }))).size,
    ).toBeLessThan(all)
  })
})

const textOf = (chunks: Iterable<string | Uint8Array>): string =>
  Buffer.concat([...chunks].map(chunk => Buffer.from(chunk))).toString('utf8')

describe('packageTo', () => {
  const about = {
    ...{ title: 'Gardeners', description: 'Threads.', creators: [{ name: 'Ada' }] },
    ...{ licence: 'CC0-1.0', consent: 'Asked.', contact: 'study@university.example' },
  }

  it('writes a package, and tells what is in it', async () => {
    const { db } = await archived()
    const folder = join(dirname(db), 'package')
    const report = await packageTo(folder, { db, about, formats: ['csv', 'jsonl'], options: { columns: 'id,text' } })
    expect(report).toMatchObject({ title: 'Gardeners', formats: [{ name: 'posts.csv' }, { name: 'posts.jsonl' }] })
    expect(report.formats.map(({ posts }) => posts)).toEqual([held(db), held(db)])
    expect(readFileSync(join(folder, 'data/posts.csv'), 'utf8')).toMatch(/^id,text\r\n/)
    await expect(packageTo(folder, { db, about })).rejects.toThrow('is not empty')
  })

  it('draws a sample once for all formats, and matches annotations to the posts that the site has', async () => {
    const { db } = await archived()
    const [first] = textOf(exportTo({ db, format: 'jsonl', types: ['activity_update'] })).split('\n')
    const { id } = JSON.parse(first ?? '') as { id: string }
    const annotations = [{ name: 'kim.csv', text: `id,code\n${id},care\n` }]
    const folder = join(dirname(db), 'sample')
    const wanted = { db, about, annotations, pseudonyms: join(dirname(db), 'study.key'), dates: 'month' } as const
    const report = await packageTo(folder, { ...wanted, threads: [id], sample: 1, formats: ['csv', 'jsonl', 'md'] })
    expect(report).toMatchObject({ threads: 1, sample: { size: 1, of: 1, seed: expect.stringMatching(/^\d+$/) } })
    expect(readFileSync(join(folder, 'data/posts.csv'), 'utf8')).toContain(',care,kim,')
    const { exports } = JSON.parse(readFileSync(join(folder, 'data/methods.json'), 'utf8'))
    expect(exports).toMatchObject([{ threads: 1 }, { threads: 1 }, { threads: 1 }])
    await expect(packageTo(join(dirname(db), 'x'), { ...wanted, sample: 1e6 })).rejects.toThrow('threads to draw')
  })

  it('refuses what it cannot pack, and leaves nothing where it is stopped', async () => {
    const { db } = await archived()
    const zip = join(dirname(db), 'p.zip')
    await expect(packageTo(zip, { db, about: { ...about, title: '' } })).rejects.toThrow('The title of about')
    await expect(packageTo(zip, { db, about, formats: [] })).rejects.toThrow('of no format')
    await expect(packageTo(zip, { db, about, formats: ['maildir'] })).rejects.toThrow('cannot be in a package')
    await expect(packageTo(zip, { db, about, media: 'link' })).rejects.toThrow('lead out of the package')
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(packageTo(zip, { db, about, signal })).rejects.toThrow('enough')
    expect(readdirSync(dirname(db)).filter(name => name.includes('p.zip'))).toEqual([])
  })
})
