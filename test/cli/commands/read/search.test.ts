import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { exactly } from '../../../../src/model/time.js'
import { group, member, page, post, SITE, shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { running, testIo, testOut } from '../../test-io.js'

const ANNA = member('anna-b', { id: '7', name: 'Anna Berg' })

const BEES = 'Plant lavender near the bee hive. '.repeat(4)

function archived(): string {
  const one = shelf()
  one.save(
    page([
      post('1', null, { text: `${BEES}\x1b[2J Then wait.`, when: exactly('2024-05-01T12:00:00Z') }),
      post('2', '1', { text: '“My” bee\thive\u202e is full', author: ANNA, when: exactly('2024-05-19T12:00:00Z') }),
      post('3', null, { text: 'Wasps! -x 蜜蜂', group: group('wasps'), author: null, when: { from: null, to: null } }),
      ...Array.from({ length: 25 }, (_, at) => post(String(100 + at), null, { text: `Number ${at}` })),
    ]),
  )
  one.close()
  return one.file
}

const run = (line: string[], out = testOut(), env = { NO_COLOR: '1' } as Record<string, string>) => {
  const io = testIo({ env })
  io.stdout = out
  return running(['--db', file, ...line], io)
}

let file = ''

const search = (...words: string[]) => {
  file = archived()
  return run(['search', ...words])
}
const ids = async (...words: string[]) =>
  (await search(...words)).out
    .split('\n')
    .map(row => row.split('\t')[0])
    .join(' ')
    .trim()

describe('search', () => {
  test('for scripts: a hit a line, nine columns, no escape sequence', async () => {
    const { code, out, err } = await search('from:anna-b', 'hive')
    expect([code, err]).toEqual([0, '1 post matches.\n'])
    expect(out).toBe(
      `2\t2024-05-19T12:00:00Z\tgardeners\tAnna Berg\tlive\t1\tPlant lavender near the bee hive. Plant lavender near the bee hive. Plant…\t“My” bee hive is full\t${SITE}activity/p/1/#acomment-2\n`,
    )
  })

  test('on a terminal: who, when, where, and the words in their surroundings', async () => {
    file = archived()
    const { out, err } = await run(['search', '"bee hive"'], testOut({ isTTY: true, width: 60 }))
    expect(out).toMatchInlineSnapshot(`
      "2  Anna Berg · 2024-05-19 12:00 · Gardeners · Plant
          lavender near the…
          “My” bee hive is full

      1  ada · 2024-05-01 12:00 · Gardeners · Plant lavender
          near the…
          Plant lavender near the bee hive. Plant lavender near
          the bee hive. Plant lavender near the bee hive. Plant
          lavender near the bee hive. ␛[2J Then…

      "
    `)
    for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60)
    expect(err).toBe('2 posts match.\n')
  })

  test('marks matches where there are colours', async () => {
    file = archived()
    const { out } = await run(['search', 'full'], testOut({ isTTY: true }), { FORCE_COLOR: '1' })
    expect(out).toContain('is \x1b[1m\x1b[35mfull\x1b[39m\x1b[22m')
  })

  test.each([
    [['from:anna-b "bee hive"'], '2'],
    [['from:anna-b', 'bee'], '2'],
    [['hive -from:anna-b'], '1'],
    [['-lavender hive'], '2'],
    [['--', '-lavender', 'hive'], '2'],
    [['--', '-number', '--sort'], '2 1 3'],
    [['蜜蜂'], '3'],
    [['after:today-3days', 'hive'], '2'],
    [['on:yesterday'], '2 3'],
  ])('%j', async (words, expected) => {
    expect(await ids(...words)).toBe(expected)
  })

  test('pages', async () => {
    const first = await search('number')
    expect(first.out.trimEnd().split('\n')).toHaveLength(20)
    expect(first.err).toBe('25 posts match: these are 1 to 20; --page 2 shows the next.\n')
    const second = await search('number', '--page', '2')
    expect(second.out.trimEnd().split('\n')).toHaveLength(5)
    expect(second.err).toBe('25 posts match: these are 21 to 25.\n')
    expect(await search('number', '--page', '9')).toMatchObject({
      out: '',
      err: '25 posts match: the last page is 2.\n',
    })
    const all = await search('number', '--all')
    expect(all.out).toBe(first.out + second.out)
    expect(all.err).toBe('25 posts match.\n')
    expect((await search('number', '--all', '--page', '2')).code).toBe(2)
    expect((await search('number', '--limit', '0')).code).toBe(2)
    expect((await search('number', '-q')).err).toBe('')
  })

  test('--json is one document of the published shape', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../../../docs/schema/search-1.json', import.meta.url), 'utf8'))
    const ajv = new Ajv2020({ allowUnionTypes: true })
    for (const words of [
      ['hive'],
      ['wasps'],
      ['number', '--limit', '3', '--page', '2'],
      ['number', '--all'],
      ['nothing'],
    ]) {
      const { out } = await search(...words, '--json')
      expect(ajv.validate(schema, JSON.parse(out)), ajv.errorsText()).toBe(true)
      for (const harm of ['\x1b', '\u202e']) expect(out).not.toContain(harm)
    }
    const { hits, ...rest } = JSON.parse((await search('full', '--json')).out)
    expect(rest).toEqual({ schema: 'threadkeep.search/1', query: 'full', sort: 'rank', page: 1, limit: 20, total: 1 })
    expect(hits[0]).toMatchObject({ id: '2', thread: '1', pieces: [{ match: false }, { text: 'full', match: true }] })
    expect(JSON.parse((await search('number', '--json')).out)).toMatchObject({ total: 25, hits: { length: 20 } })
  })

  const HINT = ' Words are searched whole: unic* finds all that begin so.'

  test('nothing found is no failure, says how to find a half remembered word, and an empty archive says so', async () => {
    expect(await search('unicorn')).toEqual({ code: 0, out: '', err: `No post matches.${HINT}\n` })
    expect((await search('unic*', '42')).err).toBe('No post matches.\n')
    const empty = shelf()
    empty.close()
    file = empty.file
    expect(await run(['search', 'bees'])).toEqual({
      code: 0,
      out: '',
      err: 'The archive holds no threads yet. Run "threadkeep archive URL" first.\n',
    })
  })

  test.each([
    ['form:anna', 'There is no filter "form:".\nFilters: from:NAME'],
    ['"bee', 'A quotation mark is not closed.'],
    [' ', 'The query is empty.'],
    ['from:berk', 'No member "berk" is in this archive.\nKnown members, closest first:\n  anna-b  Anna Berg\n'],
    [
      '-in:gardner',
      'No group "gardner" is in this archive.\nKnown groups, closest first:\n  gardeners  Gardeners\n  wasps',
    ],
  ])('%j is wrong usage', async (query, message) => {
    const { code, out, err } = await search('--', query)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  test('an option that does not exist is no word', async () => {
    expect(await search('bees', '--limt', '3')).toMatchObject({ code: 2, out: '' })
  })

  test('without an archive there is none to search', async () => {
    file = join(dirname(newFile()), 'none.db')
    expect((await run(['search', 'bees'])).code).toBe(6)
    expect(existsSync(file)).toBe(false)
  })

  test('stops when nobody reads any more', async () => {
    file = archived()
    expect(await run(['search', 'number'], testOut({ closed: true }))).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('--filter', () => {
  test('list: threads with a post that matches', async () => {
    file = archived()
    const listed = async (...line: string[]) =>
      (await run(['list', ...line])).out
        .split('\n')
        .map(row => row.split('\t')[0])
        .join(' ')
        .trim()
    expect(await listed('--filter', 'from:anna-b full')).toBe('1')
    expect(await listed('--filter', '-number is:thread')).toBe('1 3')
    expect(await listed('--filter', 'bee', '--after', '2024-06-01')).toBe('')
    expect(await listed('gardeners', '--filter', '蜜蜂')).toBe('')
    const people = await run(['list', '--filter', '蜜蜂'], testOut({ isTTY: true }))
    expect(people.out).toContain('wasps  1 thread')
    expect(people.out).not.toMatch(/Gardeners|membership/)
  })

  test('export: such threads, whole', async () => {
    file = archived()
    const { out } = await run(['export', '-f', 'jsonl', '--filter', 'full'])
    expect(
      out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).id),
    ).toEqual(['1', '2'])
    const none = await run(['export', '-f', 'jsonl', '--filter', 'unicorn'])
    expect([none.out, none.err]).toEqual(['', 'No thread holds a post that matches the filter.\n'])
  })

  test.each(['list', 'export'])('%s: what is wrong is told', async command => {
    file = archived()
    expect((await run([command, '--filter', 'has:wings'])).err).toContain('There is no filter has:wings.')
    const { code, err } = await run([command, '--filter', 'from:berk'])
    expect([code, err]).toEqual([2, expect.stringContaining('anna-b  Anna Berg')])
  })
})
