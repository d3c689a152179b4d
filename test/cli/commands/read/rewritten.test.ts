import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { at } from '../../../archive/eventful.js'
import { givenAway, moved, regrafted, reused } from '../../../archive/rewritten.js'
import { closed, onFile } from '../../past.js'

/** What `log`, `diff`, `show --as-of` and `changes` say where the site changed author, date or place of a post. */

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}-1.json`, import.meta.url), 'utf8')) as object
const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false })
for (const name of ['post', 'thread', 'log', 'diff', 'changes']) ajv.addSchema(schema(name), `${name}-1.json`)

async function json<Document>(name: string, file: string, ...line: string[]): Promise<Document> {
  const document = JSON.parse((await onFile(file, [...line, '--json'])).out)
  expect(ajv.validate(`${name}-1.json`, document), ajv.errorsText()).toBe(true)
  return document
}
const shown = async (file: string, ...line: string[]) => (await onFile(file, line, { width: 110 })).out

describe('an id that the site has given to another post', () => {
  it('log has the words of each under their own name', async () => {
    expect(await shown(closed(reused()), 'log', '2')).toMatchInlineSnapshot(`
      "2026-01-01 02:00  edited   2  Ben · after 2026-01-01 01:00 · author changed from ada to Ben · date changed
          from 2025-06-01 12:00 to 2025-12-01 12:00
          [-Mulch keeps the soil wet.-]{+Who has seeds to spare?+}
      2026-01-01 01:00  seen     2  ada · written 2025-06-01 12:00
          Mulch keeps the soil wet.
      "
    `)
  })

  it('diff does not mix the words of two members', async () => {
    const file = closed(reused())
    expect(await shown(file, 'diff', '2')).toMatchInlineSnapshot(`
      "edited · 2 · Ben · text 1 of 2026-01-01 01:00 → text 2 of 2026-01-01 02:00 · author changed from ada to Ben ·
      date changed from 2025-06-01 12:00 to 2025-12-01 12:00
      https://town.example/activity/p/1/#acomment-2
          [-Mulch keeps the soil wet.-]{+Who has seeds to spare?+}
      "
    `)
    expect(await json('diff', file, 'diff', '2')).toMatchObject({
      changes: [{ from: { author: { name: 'ada' } }, to: { author: { name: 'Ben' } }, author: { name: 'Ben' } }],
    })
    const { out } = await onFile(file, ['diff', '2', '--since', at(2)])
    expect(out).toContain('author changed from ada to Ben')
  })

  it('show --as-of has the author and date of then', async () => {
    const file = closed(reused())
    expect(await shown(file, 'show', '1', '--as-of', at(1))).toMatchInlineSnapshot(`
      "Post 1
      Gardeners · 2 posts · as of 2026-01-01 01:00 UTC
      https://town.example/activity/p/1/

      ada · 2025-06-01 12:00
      │  Post 1
      │
      └─ ada · 2025-06-01 12:00
            Mulch keeps the soil wet.
      "
    `)
    expect(await shown(file, 'show', '1', '--as-of', at(2))).toContain('Ben · 2025-12-01 12:00')
    expect(await json('thread', file, 'show', '1', '--as-of', at(1))).toMatchObject({
      post: { replies: [{ author: { name: 'ada' }, posted_at: '2025-06-01T12:00:00Z' }] },
    })
  })

  it('log --json has author, date, parent and group of each version', async () => {
    const { entries } = await json<{ entries: unknown[] }>('log', closed(reused()), 'log', '2')
    expect(entries[0]).toMatchObject({
      kind: 'edited',
      author: { name: 'Ben' },
      before: { author: { name: 'ada' }, posted_at: '2025-06-01T12:00:00Z', parent: '1', group: { slug: 'gardeners' } },
      after: { author: { name: 'Ben' }, posted_at: '2025-12-01T12:00:00Z' },
    })
    expect(entries[1]).toMatchObject({ kind: 'seen', author: { name: 'ada' }, posted_at: '2025-06-01T12:00:00Z' })
  })
})

describe('an admin who changes only the author', () => {
  it('is a line in log and in diff, without words', async () => {
    const file = closed(givenAway())
    expect(await shown(file, 'log', '2')).toMatchInlineSnapshot(`
      "2026-01-01 02:00  edited   2  Ben · after 2026-01-01 01:00 · author changed from ada to Ben
      2026-01-01 01:00  seen     2  ada · written 2025-06-01 12:00
          Post 2
      "
    `)
    expect(await shown(file, 'diff', '2')).toMatchInlineSnapshot(`
      "edited · 2 · Ben · text 1 of 2026-01-01 01:00 → text 2 of 2026-01-01 02:00 · author changed from ada to Ben
      https://town.example/activity/p/1/#acomment-2
      "
    `)
    const [row] = (await onFile(file, ['log', '2'])).out.split('\n')
    expect(row?.split('\t').slice(2, 6)).toEqual([
      '2',
      'Ben',
      'after 2026-01-01T01:00:00.000Z, author changed from ada to Ben',
      '',
    ])
  })
})

describe('changes', () => {
  it('has both authors of an edit, and where a thread has moved', async () => {
    const file = closed(reused())
    const since = ['--since', '2026-01-01T02:00Z']
    expect(await shown(file, 'changes', ...since)).toMatchInlineSnapshot(`
      "2026-01-01 02:00 edited        2 Gardeners        Ben            (author changed from ada to Ben) Who has see…
      "
    `)
    expect((await onFile(file, ['changes', ...since])).out.split('\t').slice(5, 9)).toEqual([
      'Ben',
      'author changed from ada to Ben, date changed from 2025-06-01 12:00 to 2025-12-01 12:00',
      'Mulch keeps the soil wet.',
      'Who has seeds to spare?',
    ])
    expect(await json('changes', file, 'changes', ...since)).toMatchObject({
      changes: [{ kind: 'edited', before: { author: { name: 'ada' }, posted_at: '2025-06-01T12:00:00Z' } }],
    })
    const other = closed(moved())
    expect(await shown(other, 'changes', ...since)).toMatchInlineSnapshot(`
      "2026-01-01 02:00 moved         1                  ada            (from group gardeners to group bees) Post 1
      2026-01-01 03:00 moved         1                  ada            (from group bees to no group) Post 1
      "
    `)
    expect((await onFile(other, ['changes', ...since])).out).toContain('\tmoved\t\t1\t1\tada\tgroup\tbees\t\t')
    expect(await json('changes', other, 'changes', 'bees', ...since)).toMatchObject({
      changes: [{ kind: 'moved', field: 'group', before: 'bees', after: null }],
    })
  })
})

describe('a thread that moves to another group', () => {
  it('is told by log, and shown in the group of then', async () => {
    const file = closed(moved())
    expect((await shown(file, 'log', '1')).split('\n').slice(0, 2)).toEqual([
      '2026-01-01 03:00  moved    1  ada · from group bees to no group',
      '2026-01-01 02:00  moved    1  ada · from group gardeners to group bees',
    ])
    const { out } = await onFile(file, ['log', '1'])
    expect(out).toContain('\tmoved\t1\tada\tfrom group gardeners to group bees\t\t')
    const { entries } = await json<{ entries: unknown[] }>('log', file, 'log', '1')
    expect(entries[1]).toMatchObject({ kind: 'moved', field: 'group', before: 'gardeners', after: 'bees' })
    expect(await shown(file, 'show', '1', '--as-of', at(1))).toContain('\nGardeners · 2 posts')
    expect(await shown(file, 'show', '1', '--as-of', at(2))).toContain('\nBees · 2 posts')
    expect(await shown(file, 'show', '1', '--as-of', at(3))).toContain('\n2 posts')
  })
})

describe('a reply that moves to another thread', () => {
  it('is told by the log of both, and drawn where it was', async () => {
    const file = closed(regrafted())
    const line = '2026-01-01 02:00  moved    2  ada · from thread 1 to thread 7'
    for (const thread of ['1', '2', '7']) expect(await shown(file, 'log', thread)).toContain(line)
    const then = await shown(file, 'show', '1', '--as-of', at(1))
    expect([then, await shown(file, 'show', '3', '--as-of', at(1))]).toEqual([expect.stringContaining('Post 3'), then])
    expect(await shown(file, 'show', '7', '--as-of', at(1))).not.toContain('Post 3')
  })
})
