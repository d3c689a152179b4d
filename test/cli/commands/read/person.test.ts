import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { member, page, post, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const MAEVE = member('maeve', { id: '5', name: "Maeve O'Neill" })
const BEN = member('ben', { id: '6', name: 'Ben' })

/** Three posts of Maeve, one of them edited; she was renamed; Ben names her once in words and once by a link. */
function archived(): string {
  const one = shelf()
  const mine = (text: string) => ({ author: MAEVE, text, html: `<p>${text}</p>` })
  const first = post('1', null, {
    ...mine('My first bean was a purple one indeed'),
    author: { ...MAEVE, name: 'Maeve Quinn' },
  })
  one.save(page([first, post('2', '1', { author: BEN, text: 'Maeve O’Neill, really?' })]))
  one.save(
    page([
      post('1', null, mine('My first bean was a green one, after all')),
      post('2', '1', { author: BEN, text: 'Maeve O’Neill, really?' }),
      post('3', '1', { author: BEN, text: 'Ask her', html: '<a href="https://town.example/members/maeve/">her</a>' }),
      post('4', '1', { author: BEN, text: 'Nothing of the kind' }),
    ]),
    { url: 'https://town.example/members/maeve/activity/' },
  )
  one.save(page([post('9', null, mine('# A heading?\n\n<script>alert(1)</script>\u202e'))]))
  one.close()
  return one.file
}

const schema = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/person-1.json', import.meta.url), 'utf8')) as object,
)

const person = (file: string, ...line: string[]) =>
  running(['person', '--db', file, ...line], testIo({ cwd: dirname(file), env: { NO_COLOR: '1' } }))

const forget = async (file: string, ...line: string[]) => {
  const { out } = await running(['forget', '--db', file, 'maeve', '--json', ...line], testIo())
  return JSON.parse(out) as Record<string, unknown>
}

type Report = Record<string, unknown[]>

async function reportOf(file: string, name = 'maeve'): Promise<Report> {
  const { code, out, err } = await person(file, name, '--json')
  expect([code, err]).toEqual([0, ''])
  const report = JSON.parse(out) as Report
  expect(schema(report), JSON.stringify(schema.errors)).toBe(true)
  return report
}

const ids = (list: unknown[] | undefined) => (list as { id: string }[]).map(({ id }) => id)

describe('person', () => {
  test('has the topics of forums, with their titles, and the replies', async () => {
    const one = shelf()
    const topic = { type: 'topic', heading: 'Bees in March', author: MAEVE }
    const reply = { type: 'reply', author: MAEVE, text: 'Mine are awake', html: '<p>Mine are awake</p>' }
    one.save(page([post('bbp:7', null, topic), post('bbp:8', 'bbp:7', { ...reply, threadId: 'bbp:7' })]))
    one.close()
    const { posts } = await reportOf(one.file)
    expect(posts).toMatchObject([
      { id: 'bbp:7', type: 'topic', threadTitle: 'Bees in March', heading: 'Bees in March' },
      { id: 'bbp:8', type: 'reply', text: 'Mine are awake' },
    ])
    expect((await person(one.file, 'maeve')).out).toMatch(
      /Post bbp:7\*\*.*Bees in March(?:.|\n)*Post bbp:8\*\*.*Bees in March/,
    )
  })

  test('shows what forget would erase, no more and no less', async () => {
    const file = archived()
    const [report, plan] = [await reportOf(file), await forget(file, '--dry-run')]
    expect(ids(report['posts'])).toEqual(['1', '9'])
    expect(ids(report['mentions'])).toEqual(plan['mentions'])
    expect(ids(report['mentions'])).toEqual(['2', '3'])
    for (const [list, count] of [
      ['posts', 'posts'],
      ['versions', 'revisions'],
      ['captures', 'captures'],
      ['targets', 'targets'],
      ['files', 'files'],
    ] as const)
      expect(report[list], list).toHaveLength(plan[count] as number)
    const rows = (report['traces'] as { where: string; row: number }[]).map(
      ({ where, row }) => `${where.split('.')[0]} ${row}`,
    )
    expect(new Set(rows).size).toBe(plan['traces'])
    expect(rows.length).toBeGreaterThan(0)
    expect(report['versions']).toMatchObject([{ post: '1', text: 'My first bean was a purple one indeed' }])
    expect(report['names']).toMatchObject([{ field: 'name', before: 'Maeve Quinn', after: "Maeve O'Neill" }])
    expect(report['groups']).toMatchObject([{ slug: 'gardeners', posts: 2 }])
  })

  test('finds nothing after forget, and before that what others wrote of her', async () => {
    const file = archived()
    await forget(file, '--yes')
    const kept = await reportOf(file)
    expect(kept).toMatchObject({
      forgottenAt: expect.any(String),
      profiles: [],
      names: [],
      posts: [],
      versions: [],
      captures: [],
      targets: [],
      traces: [],
    })
    expect(ids(kept['mentions'])).toEqual(['2', '3'])
    const other = archived()
    await forget(other, '--yes', '--mentions', 'redact')
    const report = await reportOf(other)
    const lists = Object.values(report).filter(Array.isArray)
    expect(lists).toHaveLength(10)
    expect(lists.flat()).toEqual([])
  })

  test('as markdown, in which nothing of hers is markup', async () => {
    const file = archived()
    expect((await person(file, '@maeve', '-o', 'maeve.docx')).code).toBe(EXIT.usage)
    const { code, err } = await person(file, '@maeve', '-o', 'maeve.md')
    expect([code, err]).toEqual([0, `Written to ${join(dirname(file), 'maeve.md')}\n`])
    const text = readFileSync(join(dirname(file), 'maeve.md'), 'utf8')
    expect(text).toContain('# What this archive holds of Maeve O')
    expect(text).toContain('\n> \\# A heading?\n>\n> &lt;script>')
    expect(text).toContain('\n## Posts of others that name the member\n\n**Post 2** by Ben')
  })

  test('a member without a name', async () => {
    const one = shelf()
    one.save(page([post('1', null, { author: member(null, { id: '44' }), text: 'Words of one who has left' })]))
    one.close()
    expect(await reportOf(one.file, '44')).toMatchObject({ member: '44', posts: [{ id: '1' }], mentions: [] })
  })

  test('two of one name are listed, not guessed', async () => {
    const one = shelf()
    const twin = (slug: string, id: string) => member(slug, { id, name: 'Ada Byron' })
    one.save(page([post('1', null, { author: twin('ada', '2') }), post('2', '1', { author: twin('adab', '3') })]))
    one.close()
    const { code, out, err } = await person(one.file, 'Ada Byron')
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toMatch(/names 2 members.*\n.*\n {2}ada .*\n {2}adab /)
  })

  test('an unknown name, and a damaged file', async () => {
    const file = archived()
    expect(await person(file, 'nobody')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('No member "nobody"'),
    })
    writeFileSync(file, readFileSync(file).fill(7, 4096 * 3))
    expect(await person(file, 'maeve')).toMatchObject({ code: EXIT.archive, out: '' })
  })
})
