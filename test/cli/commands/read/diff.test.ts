import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { at, ben, eventful, settle, words } from '../../../archive/eventful.js'
import { page, post, SITE, shelf } from '../../../archive/shelf.js'
import { closed, onFile } from '../../past.js'

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}`, import.meta.url), 'utf8')) as object
const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false })
  .addSchema(schema('post-1.json'), 'post-1.json')
  .addSchema(schema('log-1.json'), 'log-1.json')
const valid = ajv.compile(schema('diff-1.json'))

const json = async (file: string, ...line: string[]) => {
  const { out } = await onFile(file, ['diff', ...line, '--json'])
  const document = JSON.parse(out) as { since: string | null; changes: Record<string, unknown>[] }
  expect(valid(document), ajv.errorsText(valid.errors)).toBe(true)
  return document
}
const kinds = async (file: string, ...line: string[]) =>
  (await json(file, ...line)).changes.map(({ kind, post: id }) => `${kind} ${id}`)

describe('diff', () => {
  it('shows each edit since the first text', async () => {
    const { code, out } = await onFile(closed(eventful()), ['diff', '1'])
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "edited · 1 · ada · text 1 of 2026-01-01 01:00 → text 2 of 2026-01-01 02:00
      https://town.example/activity/p/1/
          Sow in [-May-]{+June+}

      edited · 1 · ada · text 2 of 2026-01-01 02:00 → text 3 of 2026-01-01 04:00
      https://town.example/activity/p/1/
          Sow in [-June-]{+May+}

      edited · 3 · ada · text 1 of 2026-01-01 01:00 → text 2 of 2026-01-01 05:00
      https://town.example/activity/p/1/#acomment-3
          [-Post -]3{+, again+}
      "
    `)
  })

  it('removed is red and added is green on a terminal, and the brackets stay', async () => {
    const { out } = await onFile(closed(eventful()), ['diff', '1'], { width: 80, colour: true })
    expect(out).toContain('\u001b[31m[-May-]\u001b[39m\u001b[32m{+June+}\u001b[39m')
  })

  it('compares two texts of one post by their numbers', async () => {
    const file = closed(eventful())
    expect((await onFile(file, ['diff', '1', '--from', '2', '--to', '1'])).out).toContain('Sow in [-June-]{+May+}')
    expect((await onFile(file, ['diff', '1', '--from', '2'])).out).toContain('text 2 of 2026-01-01 02:00 → text 3 of')
    expect((await onFile(file, ['diff', '3', '--to', '2'])).out).toContain('[-Post -]3{+, again+}')
    const { code, err } = await onFile(file, ['diff', '3', '--from', '3'])
    expect(code).toBe(2)
    expect(err).toContain('Post 3 has no text number 3: the archive holds 2 texts of it.')
    expect((await onFile(file, ['diff', '1', '--from', '1', '--since', 'today'])).code).toBe(2)
    expect((await onFile(file, ['diff', '1', '--from', '0'])).code).toBe(2)
  })

  it('--since shows what is otherwise than it was', async () => {
    const one = eventful()
    one.save(page([post('1', null, words('Sow in July')), post('2', '1', ben('Benedict')), post('4', '1')]))
    settle(one, 6)
    const file = closed(one)
    expect(await kinds(file, '1', '--since', '2026-01-01T06:00Z')).toEqual(['edited 1', 'gone 3', 'new 4'])
    // In hour 4 post 3 was gone; it came back, and went again.
    expect(await kinds(file, '1', '--since', '2026-01-01T04:30Z')).toEqual(['edited 1', 'edited 3', 'new 4'])
    // May, June, May and July: May became July.
    expect((await json(file, '1', '--since', '2026-01-01T02:00Z')).changes[0]).toMatchObject({
      from: { number: 1, text: 'Sow in May' },
      to: { number: 4, text: 'Sow in July' },
      words: [
        { op: 'same', text: 'Sow in ' },
        { op: 'removed', text: 'May' },
        { op: 'added', text: 'July' },
      ],
    })
    // The whole first day counts.
    expect(await kinds(file, '1', '--since', '2026-01-01')).toEqual(['new 1', 'new 2', 'new 3', 'gone 3', 'new 4'])
    const { out } = await onFile(file, ['diff', '1', '--since', '2026-01-01T06:00Z'])
    expect(out).toContain('gone · 3 · ada · 2026-01-01 06:00 · absent from a complete thread')
    expect(out).toContain('    [-3, again-]')
    expect(out).toContain('new · 4 · ada · written 2025-06-01 12:00 · seen 2026-01-01 06:00')
    expect(out).toContain('    {+Post 4+}')
  })

  it('what was gone and is back is said', async () => {
    const file = closed(eventful())
    expect(await kinds(file, '1', '--since', at(5))).toEqual(['edited 3', 'back 3'])
    // There before, there now.
    expect(await kinds(file, '1', '--since', at(4))).toEqual(['edited 1', 'edited 3'])
    // Edited and edited back is no change.
    expect(await kinds(file, '1', '--since', at(2), '--post')).toEqual([])
  })

  it('no change is one line, and no failure', async () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1')]))
    const file = closed(one)
    for (const [line, told] of [
      [['diff', '1'], 'No text of thread 1 was edited, as far as the archive has seen.'],
      [['diff', '2'], 'No text of post 2 was edited, as far as the archive has seen.'],
      [['diff', '1', '--since', '2026-02-01'], 'Nothing has changed in thread 1 since 2026-02-01T00:00:00Z'],
      [['diff', '1', '--from', '1'], 'The two texts of post 1 are the same.'],
    ] as const) {
      const { code, out, err } = await onFile(file, [...line])
      expect([code, out, err]).toEqual([0, '', expect.stringContaining(told)])
    }
    expect((await onFile(file, ['diff', '1', '-q'])).err).toBe('')
    expect((await json(file, '1')).changes).toEqual([])
  })

  it('an edit of markup alone shows the markup', async () => {
    const one = shelf()
    const link = (url: string) => ({
      html: `<p><a href="${url}">here</a></p>`,
      text: 'here',
      links: [{ kind: 'link' as const, url, text: 'here' }],
    })
    one.save(page([post('1', null, link(`${SITE}a`))]))
    one.save(page([post('1', null, link(`${SITE}b`))]))
    const { out } = await onFile(closed(one), ['diff', '1'])
    expect(out).toContain('(the words are the same; the HTML:)')
    expect(out).toContain('[-a-]{+b+}')
  })

  it('hostile words harm no terminal', async () => {
    const one = shelf()
    one.save(page([post('1', null, words('a\u001b[2Jb'))]))
    one.save(page([post('1', null, words('a\u001b[3Jb\u202e c'))]))
    const { out } = await onFile(closed(one), ['diff', '1'], { width: 80 })
    for (const harm of ['\u001b', '\u202e']) expect(out).not.toContain(harm)
  })
})
