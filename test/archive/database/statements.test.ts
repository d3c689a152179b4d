import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { jsonl } from '../../../src/export/jsonl.js'
import { ROOT } from '../../docs/pages.js'
import { rendered } from '../../export/threads.js'
import { archiveOf, newMerge } from '../merge/merging.js'
import { ENV, page, post } from '../shelf.js'

const FOLDER = join(ROOT, 'src/archive')
const FILES = (readdirSync(FOLDER, { recursive: true }) as string[])
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(FOLDER, name), 'utf8') }))

const filesWith = (pattern: RegExp) => FILES.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

afterEach(() => vi.restoreAllMocks())

/** Writes threads, reads them with edits, merges and exports them. Returns the texts of all statements, with many rows as one. */
function statementsFor(threads: number): Set<string> {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare')
  const looks = (from: number, hour: number, words: string) =>
    Array.from({ length: threads }, (_, at) => ({
      page: page([
        post(`${from + 10 * at}`, null, { text: words }),
        post(`${from + 10 * at + 1}`, `${from + 10 * at}`, { text: words }),
      ]),
      hour: hour + at,
      target: `https://town.example/${from + at}/`,
    }))
  const one = archiveOf('a', [...looks(1000, 1, 'Old'), ...looks(1000, 100, 'New')])
  const other = archiveOf('b', [...looks(1000, 50, 'Other'), ...looks(5000, 1, 'Old')])
  const archive = openArchive(newMerge(one, other), 'read', ENV)
  for (const thread of archive.reader.threads({})) rendered(jsonl, thread)
  archive.close()
  const texts = prepare.mock.calls.map(([text]) => text.replace(/(\([?, ]+\))(?:, \1)+/g, '$1'))
  prepare.mockRestore()
  return new Set(texts)
}

describe('SQL', () => {
  it('has texts that do not grow with what is stored', () => {
    const few = statementsFor(3)
    expect(few.size).toBeGreaterThan(100)
    expect([...statementsFor(9)].filter(text => !few.has(text))).toEqual([])
  })

  it('is never made by cutting other SQL', () => {
    // It compares texts of schemas.
    const cuts = /\b(?:sql|query|[A-Z][A-Z_]{2,})\.(?:replace|replaceAll|slice|substring|split)\(/
    expect(filesWith(cuts)).toEqual(['schema/fresh-schema.ts'])
  })

  it('gives JSON that is stored only through its schema; other JSON is made by the statement itself', () => {
    expect(filesWith(/JSON\.parse\(/).sort()).toEqual([
      'digest/net-changes.ts',
      'history/change-feed.ts',
      'read/posts-in-context.ts',
      'recognition/trees.ts',
      // A table of the run itself.
      'reparse/reread-texts.ts',
      'schema/stored-json.ts',
      // It reports what the schema refuses.
      'verify/values.ts',
    ])
  })
})
