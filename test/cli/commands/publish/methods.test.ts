import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { targets as targetSentence } from '../../../../src/export/methods/sentences.js'
import { EXIT } from '../../../../src/model/errors.js'
import type { MethodsFacts } from '../../../../src/model/reports/methods.js'
import { group, page, post, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const schema = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/methods-1.json', import.meta.url), 'utf8')) as object,
)

function archive(): string {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1')]))
  one.save(page([post('5', null, { type: 'joined_group' }), post('7', null, { group: group('bees | [x](y)') })]))
  one.archive.close()
  return one.file
}

const methods = (file: string, ...line: string[]) =>
  running(['methods', '--db', file, ...line], testIo({ cwd: dirname(file) }))

describe('methods', () => {
  test('--json keeps to its schema, and has every run', async () => {
    const { code, out, err } = await methods(archive(), '--json', '-f', 'md,csv')
    expect([code, err]).toEqual([0, ''])
    const report = JSON.parse(out) as { exports: object[]; runs: object[] }
    expect(schema(report), JSON.stringify(schema.errors)).toBe(true)
    expect(report.exports).toMatchObject([
      {
        format: 'md',
        selection: '',
        status: 'live',
        threads: 2,
        posts: 3,
        leftOutTypes: expect.arrayContaining(['joined_group']),
      },
      { format: 'csv', status: 'all', threads: 3, posts: 4 },
    ])
    expect(report.runs).toHaveLength(1)
  })

  test('a closed group limits what covers it, and nothing else', async () => {
    const one = shelf()
    one.save(page([post('1', null)], { groups: [group('board', { status: 'private' })] }))
    one.archive.close()
    new Sqlite(one.file).exec("UPDATE groups SET access = 'members' WHERE slug = 'board'").close()
    const limits = async (...words: string[]) =>
      (await methods(one.file, ...words)).out.includes('closed to the reader, so')
    expect([await limits(), await limits('board'), await limits('gardeners'), await limits('1')]).toEqual([
      ...[true, true, false, false],
    ])
  })

  test.each(['w.docx', 'w.pdf', 'w.html', 'w.EPUB', 'w.json'])('a file is not called %s', async name => {
    const { code, err } = await methods(archive(), '-o', name)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('writes markdown, or JSON with --json')])
    if (!name.endsWith('json')) expect(err).toContain(`pandoc -f gfm w.md -o ${name}`)
  })

  test('has no invented address where addresses are left out', () => {
    const target = { url: 'http://unknown.invalid/', kind: 'site', runs: [] }
    const facts = { targets: [target], sites: [] } as unknown as MethodsFacts
    expect(targetSentence(facts)[0]?.text).toBe('Targets: a community whose address is left out (site).')
  })

  test('says how many of the posts are notices', async () => {
    expect((await methods(archive())).out).toContain('in 3 threads; of these, 1 is a membership notice.')
  })

  test('says what a selection leaves out', async () => {
    const { out } = await methods(archive(), 'gardeners', '-f', 'csv', '--types', 'all')
    expect(out).toContain(
      'The export as csv has 3 posts in 2 threads, and leaves out 1 post and 1 thread of the archive',
    )
    expect(out).toContain('a selection was made: gardeners `--types` all')
  })

  test('draws the sample of an export, and says of how many', async () => {
    const file = archive()
    const line = ['-f', 'csv,md', '--sample', '1', '--seed', '7', '--stratify', 'group']
    const { code, out, err } = await methods(file, ...line)
    expect([code, err]).toEqual([0, expect.stringContaining('Sample: 1 of 2 threads')])
    expect(out).toContain('it is a sample: 1 of 2 threads, drawn at random with the seed 7, in proportion by group')
    expect(out).toMatch(
      /threads in the export csv of Gardeners \| 1 of 1|threads in the export csv of bees.* \| 1 of 1/,
    )
    const report = JSON.parse((await methods(file, ...line, '--json')).out) as { exports: object[] }
    expect(schema(report), JSON.stringify(schema.errors)).toBe(true)
    expect(report.exports).toMatchObject([
      { format: 'csv', threads: 1, sample: { size: 1, of: 2, seed: '7' } },
      { format: 'md', threads: 1 },
    ])
  })

  test.each([
    ['--sample 9', 'There are only 2 threads to draw 9 from.'],
    ['--seed 9', 'A seed is for a sample.'],
  ])('%s: says what is wrong', async (line, words) => {
    const { code, err } = await methods(archive(), ...line.split(' '))
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(words)])
  })

  test('a cell of a table stays one, whatever a name holds', async () => {
    const { out } = await methods(archive())
    const rows = out.split('\n').filter(line => line.includes('bees'))
    expect(rows).toEqual(['| bees \\| \\[x\\](y) | – | 1 | 1 | 0 | – | 1 | unknown |'])
  })

  test('the zone of the machine changes nothing', async () => {
    const file = archive()
    const { out } = await methods(file)
    const zone = process.env['TZ']
    process.env['TZ'] = 'Pacific/Apia'
    try {
      expect((await methods(file)).out).toBe(out)
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  test.each([
    [['nobodys'], 'No group "nobodys"'],
    [['-f', 'wordstar'], 'Allowed choices'],
    [['--after', '2024-05-01', '--before', '2024-01-01'], 'is not before'],
  ])('%j is wrong usage', async (line, message) => {
    const { code, out, err } = await methods(archive(), ...line)
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(message)
  })

  test('without an archive there is none', async () => {
    expect(await methods('/nowhere/a.db')).toMatchObject({ code: EXIT.archive, out: '' })
  })
})
