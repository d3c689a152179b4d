import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { readings } from '../../../archive/readings.js'
import { page, post } from '../../../archive/shelf.js'
import { newsArchive } from '../../news-archive.js'
import { running, testIo, testOut } from '../../test-io.js'

const changes = (file: string, line: string[] = [], out = testOut()) => {
  const io = testIo({ env: { NO_COLOR: '1' } })
  io.stdout = out
  return running(['changes', '--db', file, ...line], io)
}

const rows = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t'))

const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/changes-1.json', import.meta.url), 'utf8')) as object,
)

describe('changes', () => {
  test('for scripts: ten cells a line, nothing cut, no escape sequence', async () => {
    const { code, out, err } = await changes(newsArchive())
    expect([code, err]).toEqual([0, ''])
    expect(rows(out).every(row => row.length === 10)).toBe(true)
    expect(rows(out).map(row => row.slice(1, 7))).toEqual([
      ['renamed', 'gardeners', '', '', '', 'name'],
      ['renamed', '', '', '', 'Ada L.', 'name'],
      ['new', 'gardeners', '1', '4', 'Ada L.', ''],
      ['new', 'bees', '11', '11', 'Ada L.', ''],
      ['edited', 'gardeners', '1', '2', 'Ada L.', ''],
      ['gone', 'gardeners', '1', '3', 'Ada L.', 'absent from a complete thread'],
    ])
    expect(rows(out)[4]?.slice(7, 9)).toEqual(['Post 2', 'Edited now'])
    expect(rows(out)[2]?.slice(8)).toEqual(['A reply ␛[31mred', 'https://town.example/activity/p/2/#acomment-4'])
    expect(rows(out)[3]?.[8]).toMatch(/(buzz ){89}buzz$/)
    expect(rows(out)[0]?.[0]).toBe('2024-05-08T10:00:01.000Z')
  })

  test('on a terminal: one line each, cut to the window', async () => {
    const file = newsArchive()
    const { out } = await changes(file, [], testOut({ isTTY: true }))
    expect(out).toMatchInlineSnapshot(`
      "2024-05-08 10:00 renamed  group name: Gardeners → Growers
      2024-05-08 10:00 renamed  member name: ada → Ada L.
      2024-05-08 10:00 new           4 Ada L.         A reply ␛[31mred
      2024-05-08 10:00 new          11 Ada L.         漢字 🐝 buzz buzz buzz buzz buz…
      2024-05-08 10:00 edited        2 Ada L.         Edited now
      2024-05-08 10:00 gone          3 Ada L.         (absent) Post 3
      "
    `)
    for (const width of [40, 70, 80, 110, 200]) {
      const shown = (await changes(file, [], testOut({ isTTY: true, width }))).out.trimEnd().split('\n')
      expect(shown).toHaveLength(6)
      for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    }
  })

  test('--json is one document that the schema knows', async () => {
    const { out } = await changes(newsArchive(), ['--json', '--since', '2024-01-01', '--until', '2024-06-01'])
    const json = JSON.parse(out) as { since: string; until: string; changes: { kind: string }[] }
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect([json.since, json.until]).toEqual(['2024-01-01T00:00:00Z', '2024-06-01T00:00:00Z'])
    expect(json.changes.map(({ kind }) => kind).join(' ')).toBe('new new new new renamed renamed new new edited gone')
    expect(json.changes.find(({ kind }) => kind === 'edited')).toMatchObject({
      ...{ group: { slug: 'gardeners', name: 'Growers' }, thread: { id: '1' }, post: { id: '2', parent: '1' } },
      ...{ before: { heading: null, text: 'Post 2' }, after: { heading: null, text: 'Edited\tnow' } },
    })
    for (const harmful of ['\u001b', '\u202e']) expect(out).not.toContain(harmful)
  })

  test('--json without a change is a document, too', async () => {
    const { out, err } = await changes(newsArchive(), ['--json', '--since', 'today'])
    expect(valid(JSON.parse(out))).toBe(true)
    expect([JSON.parse(out).changes, err]).toEqual([[], ''])
  })

  test('keeps to dates, groups and threads', async () => {
    const file = newsArchive()
    const kinds = async (...line: string[]) =>
      rows((await changes(file, line)).out)
        .map(row => `${row[1]} ${row[4]}`.trim())
        .join(', ')
    expect(await kinds('--since', '2024-05-01', '--until', '2024-05-02')).toBe('new 1, new 2, new 3, new 10')
    expect(await kinds('--since', 'last', '--until', '2024-05-02')).toBe('new 1, new 2, new 3, new 10')
    expect(await kinds('bees')).toBe('renamed, new 11')
    expect(await kinds('--group', 'Bees \x1b[2J*x*')).toBe('renamed, new 11')
    expect(await kinds('4')).toBe('renamed, new 4, edited 2, gone 3')
    expect(await kinds('--thread', '1', 'bees')).toBe('renamed, new 4, new 11, edited 2, gone 3')
  })

  test('tells that nothing has changed', async () => {
    const file = newsArchive()
    expect(await changes(file, ['--since', 'today'])).toEqual({
      code: 0,
      out: '',
      err: 'Nothing has changed since 2024-05-20T00:00:00Z.\n',
    })
    expect((await changes(file, ['--since', 'today', '-q'])).err).toBe('')
  })

  test.each([
    [['--since', 'soon'], '"soon" is not a date'],
    [['--since', 'today', '--until', 'yesterday'], '--since today is not before --until yesterday.'],
    [['--since', 'last', '--until', '2024-05-01'], 'No run of this archive has finished before 2024-05-01'],
    [['beees'], 'No group "beees" is in this archive.'],
    [['999'], 'No thread or reply "999" is in this archive.'],
  ])('%j is wrong usage', async (line, message) => {
    const { code, out, err } = await changes(newsArchive(), line)
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(message)
  })

  test('an archive without a finished run has no last one, and other dates are no failure', async () => {
    const { file, close } = readings()
    close()
    const { code, err } = await changes(file)
    expect(code).toBe(EXIT.usage)
    expect(err).toContain('No run of this archive has finished yet.\nName a date with --since')
    expect((await changes(file, ['--since', 'yesterday'])).code).toBe(0)
  })

  test('posts of a run whose clock was years ahead are not new for ever', async () => {
    const { file, read, close } = readings()
    read('2034-01-01T00:00:00.000Z', [page([post('1', null)])])
    read('2026-01-02T00:00:00.000Z', [page([post('1', null), post('2', null)])])
    read('2026-01-03T00:00:00.000Z', [page([post('1', null), post('2', null), post('3', null)])])
    close()
    const { code, out } = await changes(file, ['--since', 'last'])
    const threads = out
      .trimEnd()
      .split('\n')
      .map(line => line.split('\t')[3])
    expect([code, threads]).toEqual([0, ['3']])
  })

  test('stops when nobody reads any more', async () => {
    const out = testOut({ closed: true })
    expect((await changes(newsArchive(), [], out)).code).toBe(0)
    expect(out.text).toBe('')
  })
})
