import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import {
  ArchiveError,
  archive,
  exportTo,
  openArchive,
  type RunOptions,
  type SourceKind,
  UsageError,
} from '../../src/index.js'
import { town } from '../community/town.js'
import { newFile } from '../run/outside.js'

const QUICK = { pace: 0, retries: 1 } as const

async function archived(): Promise<string> {
  const { server } = await town({ pack: 'legacy' })
  const db = newFile()
  await archive(new URL('groups/fox-hollow-gardeners/', server.url).href, { ...QUICK, db })
  return db
}

/** Callers need not use TypeScript. */
const wrong = (options: Record<string, unknown>) =>
  archive('https://town.example/', { db: newFile(), ...(options as RunOptions) })

describe('an option that makes no sense is refused before anything is requested', () => {
  it.each([
    { hosts: 0 },
    { hosts: Number.NaN },
    { maxRequests: 0 },
    { retries: -1 },
    { timeLimit: Number.POSITIVE_INFINITY },
    { pace: Number.NaN },
    { pace: -1 },
    { pace: '2' },
    { pace: [1, 2, 3] },
    { via: 'rss' },
  ])('%j', async options => {
    await expect(wrong(options)).rejects.toThrow(UsageError)
  })

  it('no target, no archive, and a date that is none', async () => {
    await expect(archive(undefined as unknown as string, { db: newFile() })).rejects.toThrow(UsageError)
    expect(() => openArchive('')).toThrow(ArchiveError)
    const db = await archived()
    await expect(exportTo(`${db}.jsonl`, { db, after: 'nonsense' })).rejects.toThrow(UsageError)
  })
})

it('an export onto the archive itself is refused, and the archive is unharmed', async () => {
  const db = await archived()
  const before = readFileSync(db)
  await expect(exportTo(db, { db, format: 'jsonl' })).rejects.toThrow(/is an SQLite database/)
  expect(readFileSync(db).equals(before)).toBe(true)
})

describe('an export into a stream', () => {
  it('ends with an error when the stream is closed before the end', async () => {
    const db = await archived()
    const stream = new PassThrough({ highWaterMark: 16 })
    setTimeout(() => stream.destroy(), 20)
    await expect(exportTo(stream, { db, format: 'jsonl' })).rejects.toThrow(/closed before everything was written/)
  })

  it('ends with the reason of its signal, also while nobody reads', async () => {
    const db = await archived()
    const aborting = new AbortController()
    setTimeout(() => aborting.abort(new Error('enough')), 20)
    const stream = new PassThrough({ highWaterMark: 16 })
    await expect(exportTo(stream, { db, format: 'jsonl', signal: aborting.signal })).rejects.toThrow('enough')
  })
})

it('a source that throws ends the run with its error, which the log of runs shows, and leaves no target behind', async () => {
  const broken: SourceKind = {
    name: 'broken',
    summary: 'throws',
    accepts: target => target === 'box',
    open: () => ({
      // biome-ignore lint/correctness/useYield: it throws before it can yield
      captures: async function* () {
        throw new Error('no such box')
      },
      close: async () => {},
    }),
  }
  const db = await archived()
  await expect(archive('box', { ...QUICK, db, sources: [broken] })).rejects.toThrow('no such box')
  const opened = openArchive(db)
  const { lastRun, targets } = opened.status()
  opened.close()
  expect(lastRun?.exitCode).toBe(1)
  expect(targets.map(({ url }) => url)).not.toContain('box')
})
