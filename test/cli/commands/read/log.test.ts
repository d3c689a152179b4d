import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { eventful, words } from '../../../archive/eventful.js'
import { page, post, SITE, shelf } from '../../../archive/shelf.js'
import { closed, onFile } from '../../past.js'

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}`, import.meta.url), 'utf8')) as object
const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).addSchema(schema('post-1.json'), 'post-1.json')
const valid = ajv.compile(schema('log-1.json'))

const HARM = ['\u001b', '\u202e']

describe('log', () => {
  it('tells people what happened, newest first', async () => {
    const { code, out } = await onFile(closed(eventful()), ['log', '1'], { width: 80 })
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "2026-01-01 05:00  edited   3  ada · after 2026-01-01 03:00
          [-Post -]3{+, again+}
      2026-01-01 05:00  back     3  ada
      2026-01-01 04:00  gone     3  ada · absent from a complete thread · last
          seen 2026-01-01 03:00
      2026-01-01 04:00  edited   1  ada · after 2026-01-01 03:00
          Sow in [-June-]{+May+}
      2026-01-01 02:00  edited   1  ada · after 2026-01-01 01:00
          Sow in [-May-]{+June+}
      2026-01-01 02:00  renamed  member · name: Ben → Benedict
      2026-01-01 02:00  renamed  group · name: Gardeners → Growers
      2026-01-01 02:00  renamed  group Growers · slug: gardeners → growers
      2026-01-01 01:00  seen     3  ada · written 2025-06-01 12:00
          Post 3
      2026-01-01 01:00  seen     2  Ben · written 2025-06-01 12:00
          Post 2
      2026-01-01 01:00  seen     1  ada · written 2025-06-01 12:00
          Sow in May
      "
    `)
  })

  it('has no words of an erased member, and says why', async () => {
    const file = closed(eventful())
    await onFile(file, ['forget', 'ada', '--yes'])
    const { out } = await onFile(file, ['log', '1'], { width: 80 })
    expect(out).toMatch(/seen {5}1 {2}erased member · written .*\n {4}\(forgotten\)\n/)
    expect(out).not.toMatch(/unknown member|no text/)
  })

  it('is a row an event where stdout is no terminal', async () => {
    const file = closed(eventful())
    const { out } = await onFile(file, ['log', '1', '--reverse'])
    const lines = out.trimEnd().split('\n')
    expect(lines.map(line => line.split('\t').length)).toEqual(lines.map(() => 7))
    expect(lines[0]?.split('\t')).toEqual([
      '2026-01-01T01:00:00.000Z',
      'seen',
      '1',
      'ada',
      'written 2025-06-01T12:00:00Z',
      'Sow in May',
      `${SITE}activity/p/1/`,
    ])
    expect(out).toContain('\tedited\t1\tada\tafter 2026-01-01T03:00:00.000Z\tSow in [-June-]{+May+}\t')
    expect(out).toContain('\tgone\t3\tada\tabsent from a complete thread, last seen 2026-01-01T03:00:00.000Z\t\t')
    expect(out).toContain('\trenamed\t\tGrowers\tname: Gardeners → Growers\t\t')
    const newest = (await onFile(file, ['log', '1'])).out.trimEnd().split('\n')
    expect(newest).toEqual([...lines].reverse())
    expect((await onFile(file, ['log', '1', '-n', '2'])).out.trimEnd().split('\n')).toEqual(newest.slice(0, 2))
  })

  it('shows a reply alone, and with --post the opening post', async () => {
    const file = closed(eventful())
    const ids = async (...line: string[]) => {
      const { out } = await onFile(file, ['log', ...line])
      return new Set(out.split('\n').map(row => row.split('\t')[2] ?? ''))
    }
    expect(await ids('1')).toEqual(new Set(['1', '2', '3', '']))
    expect(await ids('3')).toEqual(new Set(['3', '']))
    expect(await ids(`${SITE}activity/p/1/#acomment-2`)).toEqual(new Set(['2', '']))
    expect(await ids('#acomment-2')).toEqual(new Set(['2', '']))
    expect(await ids('1', '--post')).toEqual(new Set(['1', '']))
  })

  it('--json is one document that keeps to its schema', async () => {
    const one = eventful()
    one.archive.tombstones.missed(1, '2', '2026-01-01T06:00:00.000Z')
    const { out } = await onFile(closed(one), ['log', '1', '--json'])
    const document = JSON.parse(out) as { entries: { kind: string }[] }
    expect(valid(document), ajv.errorsText(valid.errors)).toBe(true)
    expect(document).toMatchObject({ schema: 'threadkeep.log/1', thread: '1', post: null, site: SITE })
    expect(new Set(document.entries.map(({ kind }) => kind))).toEqual(
      new Set(['missed', 'edited', 'back', 'gone', 'renamed', 'seen']),
    )
  })

  it('an unknown name is wrong usage, and what is not near is not named', async () => {
    const { code, err } = await onFile(closed(eventful()), ['log', '77'])
    expect(code).toBe(2)
    expect(err).toContain('No thread or reply "77" is in this archive.\nWhat it holds: threadkeep list\n')
  })

  it('a name that two sites have asks for an address', async () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const other = 'https://other.example/'
    one.save(page([post('1', null, { url: `${other}activity/p/1/` })], { site: { url: other, name: null } }))
    const file = closed(one)
    const { code, err } = await onFile(file, ['log', '1'])
    expect(code).toBe(2)
    expect(err).toContain(`${other}activity/p/1/`)
    expect((await onFile(file, ['log', `${other}activity/p/1/`])).out.split('\n')).toHaveLength(2)
  })

  it('an empty archive, and an opening post that was never read', async () => {
    const empty = await onFile(closed(shelf()), ['log', '1'])
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('The archive holds no threads yet.')])
    const one = shelf()
    one.save(page([post('2', '1')]))
    const { code, out, err } = await onFile(closed(one), ['log', '1', '--post'])
    expect([code, out, err]).toEqual([0, '', expect.stringContaining('only from its replies')])
  })

  it('hostile words harm no terminal, and no line is too wide', async () => {
    const one = shelf()
    one.save(page([post('1', null, { ...words(`a\u001b[2Jb ${'long '.repeat(60)}`), author: null })]))
    one.save(page([post('1', null, { ...words(`a\u001b[31mc\u202e ${'longer '.repeat(60)}`), author: null })]))
    const file = closed(one)
    for (const width of [24, 40, 80]) {
      const { out } = await onFile(file, ['log', '1'], { width })
      for (const harm of HARM) expect(out).not.toContain(harm)
      for (const line of out.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(Math.max(24, width))
    }
    const { out } = await onFile(file, ['log', '1', '--json'])
    for (const harm of HARM) expect(out).not.toContain(harm)
  })

  it('colours only on a terminal', async () => {
    const file = closed(eventful())
    expect((await onFile(file, ['log', '1'], { width: 80, colour: true })).out).toContain(
      '\u001b[31m[-June-]\u001b[39m',
    )
    expect((await onFile(file, ['log', '1'])).out).not.toContain('\u001b')
  })
})
