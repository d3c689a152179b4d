import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { CHANGE_COLUMNS } from '../../../../src/cli/render/table/changes.js'
import { GROUP_COLUMNS, THREAD_COLUMNS } from '../../../../src/cli/render/table/list.js'
import { HIT_COLUMNS } from '../../../../src/cli/render/table/search.js'
import { STATS_COLUMNS } from '../../../../src/cli/render/table/stats.js'
import { EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { newsArchive } from '../../news-archive.js'
import { holding, running, testIo, testOut } from '../../test-io.js'

const print = (line: string[], out = testOut()) => {
  const io = testIo({ env: { NO_COLOR: '1' } })
  io.stdout = out
  return running(line, io)
}

const rowsOf = (out: string) => Papa.parse<Record<string, string>>(out, { header: true, skipEmptyLines: true }).data

const COMMANDS = [
  { line: ['list', '--types', 'all'], columns: THREAD_COLUMNS, key: 'threads' },
  { line: ['list', '--groups'], columns: GROUP_COLUMNS, key: 'groups' },
  { line: ['search', 'after:2000-01-01', '--all'], columns: HIT_COLUMNS, key: 'hits' },
  { line: ['changes'], columns: CHANGE_COLUMNS, key: 'changes' },
]

describe('--csv', () => {
  test.each(COMMANDS)(
    '$line has the columns of its list and a row for each of --json',
    async ({ line, columns, key }) => {
      const command = [...line, '--db', newsArchive()]
      const { code, out } = await print([...command, '--csv'])
      expect(code).toBe(0)
      expect(out.split('\r\n')[0]).toBe(columns.map(({ name }) => name).join(','))
      const document = JSON.parse((await print([...command, '--json'])).out) as Record<string, object[]>
      expect(rowsOf(out)).toHaveLength(document[key]?.length ?? 0)
      expect(rowsOf(out).length).toBeGreaterThan(1)
    },
  )

  test('list has the values of the thread, and no cell that a spreadsheet would run', async () => {
    const author = { id: '2', slug: 'maeve', name: '=cmd()', url: null }
    const group = { id: '7', slug: 'bees', name: '+Bees', url: 'https://community.example/groups/bees/' }
    const threads = [thread([post('1', null, { author }), post('2', '1')], { title: '@all "now", a\r\nb', group })]
    const { out } = await running(['list', '--csv'], testIo({}, holding(readerOf(threads))))
    expect(rowsOf(out)).toEqual([
      expect.objectContaining({
        ...{ site: 'https://community.example/', group_id: '7', group_slug: 'bees', group_name: "'+Bees" },
        ...{ thread: '1', title: '\'@all "now", a\r\nb', author_name: "'=cmd()", replies: '1', status: 'live' },
        ...{ posted_at: '2024-05-01T12:00:00Z', completeness: 'complete', held: '2', claimed: '2', gone_posts: '0' },
      }),
    ])
  })

  test('changes has what was before and after, and who changed the name', async () => {
    const rows = rowsOf((await print(['changes', '--csv', '--db', newsArchive()])).out)
    const short = rows.map(({ kind, id, author_name, what, before, after }) => [
      kind,
      id,
      author_name,
      what,
      before,
      after,
    ])
    expect(short.filter(([kind]) => kind !== 'new')).toEqual([
      ['renamed', '', '', 'name', 'Gardeners', 'Growers'],
      ['renamed', '', 'Ada L.', 'name', 'ada', 'Ada L.'],
      ['edited', '2', 'Ada L.', '', 'Post 2', 'Edited\tnow'],
      ['gone', '3', 'Ada L.', 'absent from a complete thread', 'Post 3', ''],
    ])
  })

  test('stats has the figures of --json, and rows of months and people', async () => {
    const command = ['stats', '--db', newsArchive()]
    const rows = rowsOf((await print([...command, '--csv'])).out)
    const figures = JSON.parse((await print([...command, '--json'])).out)
    const figure = (key: string) => rows.find(row => row['kind'] === 'figure' && row['key'] === key)?.['value']
    expect(figure('posts')).toBe(String(figures.counts.posts))
    expect(figure('threads.replies.median')).toBe(String(figures.threads.replies.median))
    const months = rows.filter(({ kind }) => kind === 'month').map(({ key, posts, people }) => [key, posts, people])
    expect(months).toEqual(
      figures.months.map((one: Record<string, unknown>) => [one['month'], String(one['posts']), String(one['people'])]),
    )
    expect(rows.filter(({ kind }) => kind === 'person')).toHaveLength(figures.people.top.length)
    expect(rows.filter(({ kind }) => kind === 'hour')).toHaveLength(24)
    expect(rows[0] && Object.keys(rows[0])).toEqual(STATS_COLUMNS.map(({ name }) => name))
  })

  test('at a terminal: no escape sequence and no carriage return', async () => {
    const { out } = await print(['changes', '--csv', '--db', newsArchive()], testOut({ isTTY: true }))
    expect(out).toContain('␛[31mred')
    expect(out).not.toContain('\r')
    expect(out).not.toContain('\x1b')
  })

  test.each([['list'], ['search', 'a'], ['changes'], ['stats']])(
    '%s does not take it together with --json',
    async (...line) => {
      const { code, err } = await print([...line, '--csv', '--json'])
      expect(code).toBe(EXIT.usage)
      expect(err).toContain("'--csv' cannot be used with option '--json'")
    },
  )

  test('an empty result has the names of the columns', async () => {
    const { out } = await print(['search', 'nobodywrotethis', '--csv', '--db', newsArchive()])
    expect(out).toBe(`${HIT_COLUMNS.map(({ name }) => name).join(',')}\r\n`)
  })
})
