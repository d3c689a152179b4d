import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { newsArchive } from '../../news-archive.js'
import { holding, running, testIo, testOut } from '../../test-io.js'

const BEES = { id: '2', slug: 'bees', name: '蜜蜂 🐝\x1b[2J', url: 'https://community.example/groups/bees/' }
const THREADS = [
  thread([post('1', null), post('2', '1')]),
  thread([post('3', null, { type: 'joined_group' })], { title: 'Ben joined' }),
  thread([post('20', null, { when: { from: null, to: '2024-05-04T00:00:00Z' } })], {
    group: BEES,
    title: `A title\twith 漢字 that is much too long for any window ${'very '.repeat(20)}`,
    completeness: { state: 'short', held: 1, claimed: 2 },
  }),
  thread([post('30', null)], {
    group: null,
    title: 'Nowhere',
    completeness: { state: 'unknown', held: 1, claimed: null },
  }),
]

const list = (line: string[], out = testOut()) => {
  const io = testIo({ env: { NO_COLOR: '1' } }, holding(readerOf(THREADS)))
  io.stdout = out
  return running(['list', ...line], io)
}

const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/list-1.json', import.meta.url), 'utf8')),
)

describe('list', () => {
  test('--json is as its schema says, also of a real archive', async () => {
    const file = newsArchive()
    const documents = [
      (await list(['--json'])).out,
      (await list(['--json', '--groups'])).out,
      (await running(['list', '--db', file, '--json', '--types', 'all'], testIo({}))).out,
    ].map(out => JSON.parse(out) as { threads: object[] })
    for (const document of documents) expect([valid(document), valid.errors]).toEqual([true, null])
    expect(documents.map(({ threads }) => threads.length)).toEqual([4, 0, 3])
    expect(valid({ ...documents[0], threads: [{ ...documents[0]?.threads[0], replies: null }] })).toBe(false)
  })

  test('on a terminal: groups with their threads, cut to the window', async () => {
    const { out } = await list([], testOut({ isTTY: true }))
    expect(out).toMatchInlineSnapshot(`
      "        ID DATE        REPLIES HELD           TITLE
      Gardeners  2 threads, 3 posts  complete 2/2  last post 2024-05-03
      https://community.example/groups/gardeners/
               1 2024-05-01        1 complete 2/2   When to sow beans
         and 1 membership notice (--types all lists them)
      蜜蜂 🐝␛[2J  1 thread, 1 post  short 1/2  last post 2024-05-03
      https://community.example/groups/bees/
              20 before 2024-05-04       0 short 1/2      A title with 漢字 that is m…
      Outside all groups
              30 2024-05-01        0 unknown        Nowhere
      "
    `)
    for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  test('on a terminal: a long name of a group is whole, above its figures', async () => {
    const name = 'Friends of the community garden behind the old railway station'
    const io = testIo(
      { env: { NO_COLOR: '1' } },
      holding(readerOf([thread([post('1', null)], { group: { ...BEES, name } })])),
    )
    io.stdout = testOut({ isTTY: true })
    const { out } = await running(['list', '--groups'], io)
    expect(out).toContain(`${name}\n  1 thread, `)
  })

  test('for scripts: one line each, with tabs, nothing cut, no escape sequence', async () => {
    const { out } = await list([])
    const rows = out
      .trimEnd()
      .split('\n')
      .map(row => row.split('\t'))
    expect(rows.map(row => row[0])).toEqual(['1', '20', '30'])
    expect(rows.every(row => row.length === 8)).toBe(true)
    expect(rows[1]?.[6]).toContain('A title with 漢字')
    expect((await list(['--groups'])).out).toBe(
      'gardeners\tGardeners\t2\t3\tcomplete 2/2\t2024-05-03T12:00:00Z\thttps://community.example/groups/gardeners/\n' +
        'bees\t蜜蜂 🐝␛[2J\t1\t1\tshort 1/2\t2024-05-03T12:00:00Z\thttps://community.example/groups/bees/\n',
    )
  })

  test.each(['https://community.example', 'http://www.community.example/'])('%s is held, and no group', async url => {
    const { code, err } = await list([url])
    expect([code, err]).toEqual([
      2,
      `Error: "${url}" is a community, not a group.\nTo take all that the archive holds, leave the address out. Its groups and threads: threadkeep list\n`,
    ])
  })

  test('filters are for threads: groups are listed whole', async () => {
    const { code, err } = await list(['--groups', '--after', '2024'])
    expect([code, err]).toEqual([2, expect.stringContaining("'--groups' cannot be used with option '--after")])
  })

  test('--json is one document with all types', async () => {
    const { out } = await list(['--json'])
    const json = JSON.parse(out) as { schema: string; groups: unknown[]; threads: { id: string }[] }
    expect(json.schema).toBe('threadkeep.list/1')
    expect(json.groups).toHaveLength(2)
    expect(json.threads.map(one => one.id)).toEqual(['1', '3', '20', '30'])
    expect(json.threads[2]).toMatchObject({ posted_at: null, posted_between: [null, '2024-05-04T00:00:00Z'] })
    expect(out).not.toContain('\x1b')
  })

  test('filters by group and type', async () => {
    const ids = async (...line: string[]) =>
      (await list(line)).out
        .split('\n')
        .map(row => row.split('\t')[0])
        .join(' ')
        .trim()
    expect(await ids('bees')).toBe('20')
    expect(await ids('https://www.community.example/groups/bees/members/')).toBe('20')
    expect(await ids('--types', 'all')).toBe('1 3 20 30')
    expect(await ids('--types', 'joined_group')).toBe('3')
    expect(await ids('--after', 'today')).toBe('')
  })

  test('an unknown group is wrong usage and the nearest are named', async () => {
    const { code, err } = await list(['gardners'])
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(
      'No group "gardners" is in this archive.\nKnown groups, closest first:\n  gardeners  Gardeners\n  bees',
    )
  })

  test('dates in the wrong order are wrong usage', async () => {
    expect((await list(['--after', 'today', '--before', 'yesterday'])).code).toBe(EXIT.usage)
  })

  test('an empty archive is no failure', async () => {
    const { code, err } = await running(['list'], testIo({}, holding(readerOf([]))))
    expect([code, err]).toEqual([0, 'The archive holds no threads yet. Run "threadkeep archive URL" first.\n'])
  })
})
