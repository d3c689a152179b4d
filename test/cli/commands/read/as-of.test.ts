import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it, test } from 'vitest'
import { parseEnd } from '../../../../src/model/dates.js'
import { at, eventful } from '../../../archive/eventful.js'
import { closed, onFile } from '../../past.js'

describe('show --as-of', () => {
  it('draws the thread as it was known then', async () => {
    const file = closed(eventful())
    const { code, out } = await onFile(file, ['show', '1', '--as-of', '2026-01-01T04:00Z'])
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "Sow in May
      Growers · 3 posts, 1 of them gone · as of 2026-01-01 04:00 UTC
      https://town.example/activity/p/1/

      ada · 2025-06-01 12:00 · edited, 2 earlier texts kept
      │  Sow in May
      │
      ├─ Benedict · 2025-06-01 12:00
      │     Post 2
      │
      └─ ada · 2025-06-01 12:00 · gone from the site
            Post 3
      "
    `)
    expect((await onFile(file, ['show', '3', '--as-of', at(1)])).out).toContain('Ben ·')
  })

  it('a day counts to its end', async () => {
    const file = closed(eventful())
    const { out } = await onFile(file, ['show', '1', '--as-of', '2026-01-01'])
    expect(out).toContain('as of 2026-01-01 23:59:59 UTC')
    expect(out).toContain('3, again')
    expect((await onFile(file, ['show', '1', '--as-of', '2026-01-01T00:00Z'])).code).toBe(2)
  })

  it('before it was seen there is nothing to show', async () => {
    const { code, out, err } = await onFile(closed(eventful()), ['show', '1', '--as-of', '2025-12-31'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('The archive did not know the thread 1 yet as of 2025-12-31 23:59:59 UTC.')
    expect(err).toContain('It was first seen on 2026-01-01 01:00 UTC.')
  })

  it('what is no date is wrong usage, also where there is no archive', async () => {
    const { code, err } = await onFile('/nowhere/x.db', ['show', '1', '--as-of', 'maytime'])
    expect([code, err]).toEqual([2, expect.stringContaining('"maytime" is not a date')])
  })

  it('--json keeps to the schema of threads, and says of when it is', async () => {
    const file = closed(eventful())
    const document = JSON.parse((await onFile(file, ['show', '1', '--as-of', at(4), '--json'])).out)
    const schema = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}`, import.meta.url), 'utf8'))
    const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).addSchema(
      schema('post-1.json'),
      'post-1.json',
    )
    expect(ajv.validate(schema('thread-1.json'), document), ajv.errorsText()).toBe(true)
    expect(document).toMatchObject({
      as_of: '2026-01-01T04:00:00Z',
      post: { text: 'Sow in May', revisions: 2, replies: [{ id: '2' }, { id: '3', status: 'gone', text: 'Post 3' }] },
    })
    expect(JSON.parse((await onFile(file, ['show', '1', '--json'])).out)).not.toHaveProperty('as_of')
  })
})

test.each([
  ['2024-05-01', '2024-05-01T23:59:59Z'],
  ['20240501', '2024-05-01T23:59:59Z'],
  ['2024-02', '2024-02-29T23:59:59Z'],
  ['2024', '2024-12-31T23:59:59Z'],
  ['3 days ago', '2024-05-17T10:30:00Z'],
  ['2024-05-01T12:00Z', '2024-05-01T12:00:00Z'],
  ['2024-05-01T00:00', '2024-05-01T00:00:00Z'],
  ['today', '2024-05-20T23:59:59Z'],
  ['yesterday', '2024-05-19T23:59:59Z'],
  ['today-2weeks', '2024-05-06T23:59:59Z'],
  ['today-2hours', '2024-05-19T22:00:00Z'],
  ['now', '2024-05-20T10:30:00Z'],
  ['now-1day', '2024-05-19T10:30:00Z'],
])('as of %s is %s', (text, expected) => {
  expect(parseEnd(text, Date.UTC(2024, 4, 20, 10, 30))).toBe(expected)
})
