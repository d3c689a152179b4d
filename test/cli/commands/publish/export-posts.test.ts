import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EXPORTERS } from '../../../../src/export/index.js'
import { EXIT } from '../../../../src/model/errors.js'
import { exactly } from '../../../../src/model/time.js'
import { member, page, post, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const BEN = member('ben', { id: '3', name: 'Ben' })
const at = (day: string) => ({ when: exactly(`2025-${day}T12:00:00Z`) })

/** 1: ada, answered by ben (2) in June and July (3); 2 is answered by ada (4). 10: ben alone, in June. 20: ada alone. 5 is gone. */
let file = ''
let cwd = ''
beforeEach(() => {
  const one = shelf()
  const in1 = { threadId: '1' }
  const posts = [
    post('1', null, at('06-01')),
    post('2', '1', { ...in1, author: BEN, ...at('06-02'), text: 'Ben sows', html: '<p>Ben sows</p>' }),
    post('3', '1', { ...in1, author: BEN, ...at('07-02') }),
    post('4', '2', { ...in1, ...at('06-03') }),
    post('10', null, { author: BEN, ...at('06-05') }),
    post('20', null, at('06-06')),
  ]
  one.save(page(posts))
  one.close()
  file = one.file
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const exporting = (...line: string[]) => running(['export', ...line, '--db', file], testIo({ cwd }))
const read = (name: string) => readFileSync(join(cwd, name), 'utf8')

/** The ids of posts that a flat format holds, by a reader of its own for each. */
const HELD: Record<string, (output: string) => Promise<string[]> | string[]> = {
  jsonl: name =>
    read(name)
      .split('\n')
      .filter(Boolean)
      .map(line => (JSON.parse(line) as { id: string }).id),
  csv: name => rowsOf(name, ','),
  tsv: name => rowsOf(name, '\t'),
  '4cat': name => rowsOf(name, ','),
  parquet: async name => {
    const database = await (await DuckDBInstance.create(':memory:')).connect()
    const found = await database.runAndReadAll(`SELECT id FROM '${join(cwd, name)}'`)
    return found.getRows().map(([id]) => String(id))
  },
  mbox: name => [...read(name).matchAll(/^X-Threadkeep-Post: (\d+)/gm)].map(([, id]) => id ?? ''),
  maildir: name => readdirSync(join(cwd, name, 'cur')).map(file => /^post-(\d+)/.exec(file)?.[1] ?? ''),
  as2: name =>
    (JSON.parse(read(name)) as { orderedItems: { object: { id: string } }[] }).orderedItems.map(
      ({ object }) => /(\d+)$/.exec(object.id)?.[1] ?? '',
    ),
  atom: name => [...read(name).matchAll(/<id>[^<]*post\/(\d+)<\/id>/g)].map(([, id]) => id ?? ''),
}
const rowsOf = (name: string, separator: string): string[] => {
  const [head = '', ...rows] = read(name).split(/\r?\n/).filter(Boolean)
  const column = head.split(separator).indexOf('id')
  return rows.map(row => row.split(separator)[column] ?? '')
}
const byNumber = (ids: readonly string[]) => [...ids].sort((a, b) => Number(a) - Number(b))

const CASES: [string, string[], string[]][] = [
  ['--member', ['--member', 'ben'], ['2', '3', '10']],
  ['--member and dates, of one post together', ['--member', 'ben', '--after', '2025-07-01'], ['3']],
  ['dates', ['--before', '2025-06-02'], ['1']],
  ['--filter', ['--filter', 'sows'], ['2']],
  ['--filter with --member', ['--filter', 'is:reply', '--member', 'ada'], ['4']],
  ['a named thread', ['1', '--member', 'ben'], ['2', '3']],
]

test('all flat formats have a case here', () => {
  const flat = EXPORTERS.filter(({ isFlat }) => isFlat).map(({ name }) => name)
  expect(Object.keys(HELD).sort()).toEqual(flat.sort())
})

describe.each(Object.keys(HELD))('%s with --posts matching', format => {
  test('holds the posts that match, and no others', async () => {
    for (const [at, [, line, ids]] of CASES.entries()) {
      const output = format === 'maildir' ? `mail-${at}/` : `${at}.${format}`
      const { code, err } = await exporting(...line, '-f', format, '--posts', 'matching', '-o', output)
      expect([code, byNumber(await (HELD[format] ?? (() => []))(output))], line.join(' ')).toEqual([0, ids])
      expect(err).toContain(`, ${ids.length} post`)
      expect(err).not.toContain('whole threads')
    }
  })

  test('holds the whole threads without it, and says so', async () => {
    const output = format === 'maildir' ? 'whole/' : `whole.${format}`
    const { err } = await exporting('--member', 'ben', '-f', format, '-o', output)
    expect(byNumber(await (HELD[format] ?? (() => []))(output))).toEqual(['1', '2', '3', '4', '10'])
    expect(err).toContain('These are whole threads; --posts matching leaves out posts that do not match.')
  })
})

describe('--posts matching', () => {
  test('keeps depth, place and parents of the whole thread', async () => {
    const { out } = await exporting('--member', 'ada', '--filter', 'is:reply', '--posts', 'matching', '-f', 'jsonl')
    expect(JSON.parse(out)).toMatchObject({ id: '4', parent: '2', depth: 2, position: 2, thread: '1' })
    const mail = await exporting(
      '--member',
      'ada',
      '--filter',
      'is:reply',
      '--posts',
      'matching',
      '-f',
      'mbox',
      '-o',
      '-',
    )
    expect(mail.out).toMatch(/^References: <post-1@\S+>\s+<post-2@\S+>/m)
  })

  test('leaves documents whole, and is refused where nothing but documents is made', async () => {
    await exporting('--member', 'ben', '--posts', 'matching', '-f', 'md,csv', '-o', 'both/')
    expect(rowsOf('both/threadkeep-export.csv', ',')).toEqual(['2', '3', '10'])
    const documents = readdirSync(join(cwd, 'both/md/gardeners')).map(name => read(`both/md/gardeners/${name}`))
    expect(documents.join('')).toContain('#4')
    const { code, err } = await exporting('--member', 'ben', '--posts', 'matching', '-f', 'md,json', '-o', 'no/')
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('md and json show whole threads.')])
  })

  test('wants to know what matches', async () => {
    const { code, err } = await exporting('gardeners', '--posts', 'matching', '-f', 'csv')
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('Nothing says which posts match.')])
  })

  test('is a selection of its own in the list of a folder', async () => {
    await exporting('--member', 'ben', '--posts', 'matching', '-f', 'csv', '-o', 'list/')
    expect(read('list/.threadkeep.json')).toContain('"selection": "--member ben --posts matching"')
  })

  test('--status chooses among them', async () => {
    const { err, out } = await exporting('--member', 'ben', '--posts', 'matching', '--status', 'gone', '-f', 'jsonl')
    expect([out, err]).toEqual(['', 'No thread has a post that is gone.\n'])
  })
})
