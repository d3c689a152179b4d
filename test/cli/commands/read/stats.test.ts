import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { SaxesParser } from 'saxes'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { exactly } from '../../../../src/model/time.js'
import { group, member, page, post, shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { running, testIo, testOut } from '../../test-io.js'

const EVE = member('eve', { id: '9', name: 'Eve 漢字\x1b[2J\tx' })

/** Ten threads over four months, each with an answer by another. */
function archive(months = 4): string {
  const one = shelf(newFile())
  const at = (month: number, hour: number) =>
    exactly(new Date(Date.UTC(2024, month, 3, hour)).toISOString().replace('.000', ''))
  for (let month = 0; month < months; month += 3) {
    const id = String(month * 10 + 1)
    one.save(
      page([
        post(id, null, { when: at(month, 9), ...(month > 0 ? { group: group('bees', { id: '2' }) } : {}) }),
        post(`${id}0`, id, { author: EVE, when: at(month, 12) }),
      ]),
    )
  }
  one.save(page([post('9999', null, { type: 'joined_group', author: EVE })]))
  one.close()
  return one.file
}

const stats = (file: string, line: string[], out = testOut(), env: Record<string, string> = {}) => {
  const io = testIo({ env: { NO_COLOR: '1', ...env } })
  io.stdout = out
  return running(['stats', '--db', file, ...line], io)
}

const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/stats-1.json', import.meta.url), 'utf8')) as object,
)

interface Part {
  group: { slug: string } | null
  counts: { posts: number }
}

describe('stats', () => {
  test('on a terminal', async () => {
    const { code, out, err } = await stats(archive(), [], testOut({ isTTY: true }))
    expect([code, err]).toEqual([0, 'Membership notices are not counted; use --types all to count them, too.\n'])
    expect(out).toMatchInlineSnapshot(`
      "Gaps: 3 targets not read to the end. The figures are those of what is held.
      Posts         4: 2 threads begun, 2 replies
      Threads       2 with any of these posts
      People        2 wrote them, all of them new
      Of the posts  0 gone, 0 edited, 0 shortened by the site
      They hold     0 attachments, 0 links, 0 mentions
      Dates         2024-01-03 to 2024-04-03
      Thread size   median 1, 90 % up to 1, at most 1 reply
      Unanswered    0 of the threads (0.0 %); 0 have no reply
      First reply   after 3 h (median), half of them 3 h to 3 h, 90 % within 3 h (2
                    threads)
      Each reply    after 3 h (median), half of them 3 h to 3 h, 90 % within 3 h (2
                    replies)
      Inequality    Gini 0.00; most active tenth wrote 50.0 %, most active person
                    50.0 %
      Reciprocity   in 0.0 % of the pairs where A replied to B, B replied to A, too

      Depth at most 1, mean of the replies 1.0
            0          2 ████████████████████████████████████████
            1          2 ████████████████████████████████████████

      PERSON                               POSTS   THREADS   REPLIES  RECEIVED
      ada                                      2         2         0         2
      Eve 漢字␛[2J x                           2         0         2         0

      MONTH       POSTS   THREADS    PEOPLE
      2024-01         2         1         2 ████████████████████████████████████████
      2024-02         0         0         0
      2024-03         0         0         0
      2024-04         2         1         2 ████████████████████████████████████████

      Monday-Sunday █
      Hours (UTC)   █  █            0 to 23
      "
    `)
  })

  test('keeps to the window, and shows many months as years', async () => {
    for (const width of [48, 60, 200]) {
      const { out } = await stats(archive(40), [], testOut({ isTTY: true, width }))
      for (const line of out.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(width)
      expect(out).toMatch(/^2025 +8 +4 {2}▁|^2025 +8 +4 {2}█/m)
    }
  })

  test('for scripts: key and value, then rows, no escape sequence', async () => {
    const { out } = await stats(archive(), [])
    const rows = out
      .trimEnd()
      .split('\n')
      .map(line => line.split('\t'))
    const value = (...keys: string[]) =>
      rows.filter(cells => keys.every((key, at) => cells[at] === key)).map(cells => cells.slice(keys.length))
    expect([value('posts'), value('people.gini'), value('firstReply.median')]).toEqual([[['4']], [['0']], [['10800']]])
    expect(value('month')).toEqual([
      ['2024-01', '2', '1', '2'],
      ['2024-02', '0', '0', '0'],
      ['2024-03', '0', '0', '0'],
      ['2024-04', '2', '1', '2'],
    ])
    expect(value('person', 'eve')).toEqual([
      ['Eve 漢字␛[2J x', '2', '0', '2', '0', 'https://town.example/members/eve/'],
    ])
    expect(value('dates.unknown')).toEqual([['0']])
    expect(out).not.toContain('\x1b')
  })

  test('--json keeps to its schema, and says what was chosen', async () => {
    const { out } = await stats(archive(), ['bees', '1', '--after', '2024-01-01', '--top', '1', '--json'])
    const json = JSON.parse(out) as Record<string, unknown>
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect(json).toMatchObject({
      selection: {
        ...{
          groups: ['https://town.example/groups/bees/'],
          threads: ['1'],
          after: '2024-01-01T00:00:00Z',
          before: null,
        },
        withoutTypes: expect.arrayContaining(['joined_group']),
      },
      counts: { posts: 4 },
      people: { top: [{ slug: 'ada', received: 2 }] },
    })
    expect(out).not.toContain('\x1b')
    const empty = shelf()
    empty.close()
    expect(valid(JSON.parse((await stats(empty.file, ['--json'])).out))).toBe(true)
  })

  test('--by: the same figures of each group or month, in each form', async () => {
    const file = archive()
    const { out } = await stats(file, ['--by', 'group', '--json'])
    const json = JSON.parse(out)
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect(json.parts.map(({ group: own, counts }: Part) => [own?.slug, counts.posts])).toEqual([
      ['bees', 2],
      ['gardeners', 2],
    ])
    const months = (await stats(file, ['--by', 'month'])).out
    expect(months).toContain('part\t2024-04\t\t2\t1\t2\t0\t0\t10800\t0\t0\n')
    const csv = (await stats(file, ['--by', 'group', '-f', 'csv'])).out
    expect(csv).toMatch(/^group,bees,.*,2,1,2,,,https.*,2,,0,10800,10800,10800,0,0,\r$/m)
    const shown = (await stats(file, ['--by', 'group'], testOut({ isTTY: true, width: 100 }))).out
    expect(shown).toMatch(/^bees +2 +1 +2 +2 +0\.0.% +3 h +0\.00 +0\.0.%$/m)
  })

  test('each figure has a definition, in JSON and in CSV', async () => {
    const { out } = await stats(archive(), ['--json'])
    const { definitions } = JSON.parse(out)
    const keys = (await stats(archive(), [])).out.split('\n').map(line => line.split('\t'))
    const figures = keys.filter(cells => cells.length === 2).map(([key]) => key)
    expect(figures.length).toBeGreaterThan(60)
    for (const key of figures) expect(definitions[key ?? ''], key).toMatch(/^[A-Z].*\.$/)
    expect((await stats(archive(), ['--csv'])).out).toMatch(/^figure,people\.gini,.*,"?Gini coefficient of /m)
  })

  test('an archive with gaps says so first, in each form', async () => {
    const one = shelf(newFile())
    one.save(page([post('1', null), post('2', '1', { author: EVE, truncated: true })]))
    one.close()
    const { out } = await stats(one.file, [], testOut({ isTTY: true }))
    expect(out).toMatch(/^Gaps: 1 thread short of 1 post; /)
    expect(JSON.parse((await stats(one.file, ['--json'])).out).gaps.threads.complete).toBe(0)
    expect((await stats(one.file, ['-f', 'svg'])).out).toContain('>Gaps: 1 thread ')
  })

  test('-f svg: charts of activity, depth and participation, without anything that runs', async () => {
    const { out } = await stats(archive(), ['-f', 'svg'])
    const names = new Set<string>()
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      names.add(name)
      expect(Object.keys(attributes).filter(key => /^on|href|src/.test(key))).toEqual([])
    })
    parser.write(out).close()
    expect([...names].sort()).toEqual(['desc', 'g', 'line', 'rect', 'style', 'svg', 'text', 'title'])
    for (const title of ['Posts by month', 'Posts by depth', 'Newcomers by month', 'People by number of posts'])
      expect(out).toContain(`>${title}</text>`)
    expect((await stats(archive(), ['-f', 'svg'])).out).toBe(out)
  })

  test('-f svg --locale: months and numbers of the charts, and no word', async () => {
    const { out } = await stats(archive(), ['-f', 'svg', '--locale', 'ar-EG'])
    expect(out).toContain('aria-label="Posts by month, \u2068يناير ٢٠٢٤\u2069 to \u2068أبريل ٢٠٢٤\u2069; most in')
    expect(out).toContain('>\u2068٢\u2069</text>')
  })

  test('--locale without -f svg says that it changes charts only, unless it is a setting', async () => {
    expect((await stats(archive(), ['--locale', 'de'])).err).toContain('--locale changes charts only (-f svg).\n')
    expect((await stats(archive(), ['--locale', 'de', '-f', 'svg'])).err).toBe('')
    expect((await stats(archive(), [], testOut(), { THREADKEEP_LOCALE: 'de' })).err).not.toContain('--locale')
  })

  test('-f svg --by: charts of each group, or of more figures of each month', async () => {
    const titles = async (...line: string[]) =>
      [...(await stats(archive(), ['-f', 'svg', ...line])).out.matchAll(/class="title l"[^>]*>([^<]*)</g)].map(
        ([, title]) => title,
      )
    const all = await titles()
    expect(await titles('--by', 'group')).toEqual([...all, 'Posts by group', 'People by group'])
    expect(await titles('--by', 'month')).toEqual([...all, 'Threads begun by month', 'People who wrote by month'])
  })

  test.each([4, 40, 230, 400])('-f svg: %i months have labels beside each other, and values', async months => {
    const { out } = await stats(archive(months), ['-f', 'svg'])
    const chart = out.slice(out.indexOf('>Posts by '), out.indexOf('>Posts by depth'))
    const spans = [...chart.matchAll(/<text( class="l")? x="([\d.]+)" y="147">([^<]+)</g)].map(
      ([, isLeft, x, text = '']) => {
        const start = Number(x) - (isLeft ? 0 : (text.length * 6.5) / 2)
        return [start, start + text.length * 6.5] as const
      },
    )
    expect(spans.length).toBeGreaterThan(1)
    for (const [index, [start]] of spans.slice(1).entries()) expect(start).toBeGreaterThan(spans[index]?.[1] ?? 0)
    expect(chart).toMatch(/<text class="(val|lab)" [^>]*>\d+</)
  })

  test('for scripts the gaps come first', async () => {
    expect((await stats(archive(), [])).out).toMatch(/^gaps\./)
  })

  test('--by group: names are whole where there is room', async () => {
    const one = shelf(newFile())
    one.save(page([post('1', null, { group: { ...group('care', { id: '2' }), name: 'Care at Home' } })]))
    one.close()
    const { out } = await stats(one.file, ['--by', 'group'], testOut({ isTTY: true, width: 80 }))
    expect(out).toMatch(/^Care at Home +1/m)
  })

  test('counts what is chosen: a group, a period, a type', async () => {
    const file = archive()
    const posts = async (...line: string[]) => /^posts\t(\d+)$/m.exec((await stats(file, line)).out)?.[1]
    expect(await posts('bees')).toBe('2')
    expect(await posts('--before', '2024-02-01')).toBe('2')
    expect(await posts('--types', 'all')).toBe('5')
    expect(await posts('--types', 'joined_group')).toBe('1')
  })

  test('no figures: one line that says why, and no failure', async () => {
    const empty = shelf()
    empty.close()
    expect(await stats(empty.file, [])).toEqual({
      code: 0,
      out: '',
      err: 'The archive holds no threads yet. Run "threadkeep archive URL" first.\n',
    })
    const { code, out, err } = await stats(archive(), ['--after', '2030-01-01'])
    expect([code, out, err]).toEqual([
      0,
      '',
      'No post belongs to this selection and period. --types all also counts membership notices.\n',
    ])
  })

  test.each([
    [['gardners'], 'No group "gardners" is in this archive.'],
    [['12345'], 'No thread or reply "12345" is in this archive.'],
    [['--after', 'soon'], '"soon" is not a date'],
    [['--after', 'today', '--before', 'yesterday'], 'is not before'],
    [['--top', '-1'], 'must be a whole number'],
    [['--by', 'year'], 'Allowed choices are group, month'],
    [['-f', 'xml'], 'Allowed choices are csv, json, svg'],
    [['-f', 'svg', '--json'], 'cannot be used with'],
  ])('%j is wrong usage', async (line, message) => {
    const { code, err } = await stats(archive(), line)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)])
  })

  test('an archive that is not there is told as always', async () => {
    expect((await stats('/nowhere/none.db', [])).code).toBe(EXIT.archive)
  })

  test('a reader that goes away ends it without a word', async () => {
    const { code, out, err } = await stats(archive(), [], testOut({ closed: true }))
    expect([code, out, err]).toEqual([0, '', ''])
  })
})
