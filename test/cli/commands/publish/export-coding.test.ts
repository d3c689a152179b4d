import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

const THREADS = [
  ...Array.from({ length: 9 }, (_, at) => thread([post(`${at * 10}1`, null), post(`${at * 10}2`, `${at * 10}1`)])),
  thread([post('900', null, { type: 'joined_group' })]),
  thread([post('901', null, { status: 'gone' })]),
]

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const exporting = (line: string, files: Record<string, string> = {}) => {
  const io = testIo(
    { cwd, readFile: async path => files[path.slice(cwd.length + 1)] ?? Promise.reject(new Error('no such file')) },
    holding(readerOf(THREADS)),
  )
  return running(['export', ...line.split(' ').filter(Boolean)], io)
}
const threadsOf = (jsonl: string) =>
  new Set(
    jsonl
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).thread as string),
  )

describe('--sample', () => {
  test('draws the same threads for all formats, and says of how many', async () => {
    const { code, err } = await exporting('--sample 3 --seed 7 -f jsonl,csv,md -o out/')
    expect(code).toBe(0)
    expect(err).toContain('Sample: 3 of 9 threads, drawn at random with the seed 7.\n')
    const drawn = threadsOf(readFileSync(join(cwd, 'out/threadkeep-export.jsonl'), 'utf8'))
    const rows = readFileSync(join(cwd, 'out/threadkeep-export.csv'), 'utf8').trimEnd().split('\r\n').slice(1)
    expect(drawn.size).toBe(3)
    expect(rows).toHaveLength(6)
    expect(threadsOf((await exporting('-f jsonl --sample 3 --seed 7')).out)).toEqual(drawn)
  })

  test('is in the list of a folder, with what it was drawn from', async () => {
    await exporting('--sample 3 --seed 7 --stratify group -f md -o out/')
    const { exports } = JSON.parse(readFileSync(join(cwd, 'out/.threadkeep.json'), 'utf8'))
    expect(exports).toMatchObject([
      {
        selection: '--sample 3 --seed 7 --stratify group',
        sample: { size: 3, of: 9, seed: '7', stratify: 'group', strata: [{ name: 'Gardeners', drawn: 3, of: 9 }] },
      },
    ])
  })

  test('makes a seed, and says it also with --quiet', async () => {
    const { out, err } = await exporting('--sample 2 -f jsonl -q')
    const seed = /^Sample: 2 of 9 threads, drawn at random with the seed (\d+)\.\n$/.exec(err)?.[1] ?? ''
    expect((await exporting(`--sample 2 --seed ${seed} -f jsonl -q`)).out).toBe(out)
    expect((await exporting(`--sample 2 --seed ${seed} -f jsonl -q`)).err).toBe('')
  })

  test('draws what is gone, and notices, only if they are asked for', async () => {
    expect((await exporting('--sample 1 --seed 1 --status all -f jsonl')).err).toContain('1 of 10 threads')
    expect((await exporting('--sample 1 --seed 1 --types all -f jsonl')).err).toContain('1 of 10 threads')
    expect((await exporting('--sample 1 --seed 1 --status gone -f jsonl')).err).toContain('1 of 1 thread,')
  })

  test('says in a document that it is one', async () => {
    const { out } = await exporting('--sample 3 --seed 7 -f md -o -')
    expect(out).toContain('A random sample: 3 of 9 threads, drawn at random with the seed 7.')
    expect((await exporting('-f md -o -')).out).not.toContain('random')
  })

  test.each([
    ['--sample 10 -f jsonl', 'There are only 9 threads to draw 10 from.'],
    ['--sample 0 -f jsonl', "'0' is invalid"],
    ['--sample many -f jsonl', "'many' is invalid"],
    ['--seed 1 -f jsonl', 'A seed is for a sample.'],
    ['--sample 1 --stratify site -f jsonl', "'site' is invalid"],
    ['--sample 1 -f warc', 'No sample can be drawn for warc.'],
  ])('%s is refused', async (line, message) => {
    const { code, err } = await exporting(line)
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(message)
  })
})

describe('--annotations', () => {
  const files = { 'kim.csv': 'id;code\n1;care\n', 'lee.csv': 'id,code,note\n2,care,hm\n' }

  test('puts the codes of several files into the table', async () => {
    const { out } = await exporting(
      '-f csv --thread 01 --columns id,codes,notes --annotations kim.csv --annotations lee.csv',
      {
        'kim.csv': 'id;code\n01;care\n',
        'lee.csv': 'id,code,note\n02,care,hm\n',
      },
    )
    expect(out).toBe('id,codes,notes\r\n01,care,\r\n02,care,lee: hm\r\n')
  })

  test.each([
    ['-f csv --annotations none.csv', 'The file of annotations'],
    ['-f csv --annotations kim.csv', 'kim.csv, row 2: the archive holds no post 1.'],
    ['-f md --annotations kim.csv', 'md shows no annotations.'],
  ])('%s is refused, and nothing is written', async (line, message) => {
    const { code, out, err } = await exporting(line, files)
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(message)
  })
})

test('annotations may name posts as an export with replaced ids shows them', async () => {
  const hidden = '-f csv --columns id,codes --pseudonyms key.json --dates month'
  const first = await exporting(hidden.replace(',codes', ''))
  const [, id = ''] = first.out.split('\r\n')
  expect(id).toMatch(/^p[0-9a-f]{12}$/)
  const files = { 'kim.csv': `id,code\n${id},care\n102,bees\n` }
  const { code, out } = await exporting(`${hidden} --annotations kim.csv`, files)
  expect(code).toBe(EXIT.done)
  expect(out).toContain(`${id},care\r\n`)
  expect(out).toMatch(/^p[0-9a-f]{12},bees\r$/m)
  const other = await exporting(`${hidden.replace('key', 'other')} --annotations kim.csv`, files)
  expect(other.err).toContain(`the archive holds no post ${id}`)
})
