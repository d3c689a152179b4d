import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_TEMPLATE, outputName, slug, uniqueNames } from '../../src/export/names.js'
import { UsageError } from '../../src/model/errors.js'
import { anyThread } from './arbitrary.js'
import { hostileText } from './hostile.js'
import { chain } from './threads.js'

const thread = chain(1)
const name = (change: object, template = DEFAULT_TEMPLATE) => outputName(template, { ...thread, ...change }, 'md')
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** True for a path that any file system takes and that stays below its folder. */
function expectSafe(path: string) {
  for (const component of path.split('/')) {
    expect(component).toMatch(/^[^\\/:*?"<>|\p{Cc}\p{Cs}]*[^\\/:*?"<>|\p{Cc}\p{Cs}. ]$/u)
    expect(component).not.toMatch(/^\.{1,2}$/)
    expect(component).not.toMatch(RESERVED)
    expect(Buffer.byteLength(component)).toBeLessThanOrEqual(120)
  }
}

describe('outputName', () => {
  it.each([
    [{}, 'care/2026-10-28-a-thread-1.md'],
    [{ group: null, title: '👋', when: { from: null, to: null } }, 'no-group/undated-untitled-1.md'],
    [{ title: 'Größe — Σίσυφος: 空?' }, 'care/2026-10-28-größe-σίσυφος-空-1.md'],
    [{ title: 'e\u0301te\u0301' }, 'care/2026-10-28-été-1.md'],
    [{ title: '../../etc/passwd' }, 'care/2026-10-28-etc-passwd-1.md'],
    [{ when: { from: null, to: '2026-01-01T00:30:00Z' } }, 'care/2026-01-01-a-thread-1.md'],
    [{ id: 'bbp:12' }, 'care/2026-10-28-a-thread-bbp-12.md'],
  ])('%j', (change, expected) => expect(name(change)).toBe(expected))

  it('knows all fields', () =>
    expect(name({ site: 'https://a.example:8080/town/' }, '{site}/{year}/{month}/{day}/{author} {title}.{ext}')).toBe(
      'a.example-8080-town/2026/10/28/anna a-thread.md',
    ))

  it.each([['CON'], ['nul.'], ['com1'], ['LPT9']])('marks the reserved name %s', title =>
    expect(name({ title }, '{title}.{ext}')).toBe(`_${title.toLowerCase().replace('.', '')}.md`),
  )

  it('says former-member where there is no name', () =>
    expect(name({ author: { id: '4', slug: null, name: null, url: null } }, '{author}')).toBe('former-member'))

  it('refuses unknown fields, naming the known ones', () => {
    expect(() => name({}, '{titel}')).toThrow(UsageError)
    expect(() => name({}, '{titel}')).toThrow(/\{titel\}/)
    const advice = () => {
      try {
        return name({}, '{constructor}')
      } catch (error) {
        return error instanceof UsageError ? error.advice : null
      }
    }
    expect(advice()).toContain('{site} {group} {id} {date} {year} {month} {day} {author} {title} {ext}')
  })

  it.each(['../{id}', '/{id}', 'a//{id}', '{id}/..', './{id}', 'a\\{id}', '', '. ./../{id}'])(
    'refuses the template %j',
    template => expect(() => name({}, template)).toThrow(UsageError),
  )

  it('shortens the title, never the id or the extension', () => {
    const path = name({ title: '空'.repeat(200), id: '123456' })
    expect(path).toMatch(/^care\/2026-10-28-空+-123456\.md$/)
    expect(Buffer.byteLength(path.slice(5))).toBeGreaterThan(112)
  })

  it.each([
    ['a./{id}.', 'a/1'],
    ['a. /{title}..', 'a/a-thread'],
    ['{title}.{ext}. .', 'a-thread.md'],
    ['a /\u00a0{id} .{ext}', 'a/1 .md'],
  ])('drops dots and blanks at the end, which Windows would drop by itself: %j', (template, expected) =>
    expect(name({}, template)).toBe(expected),
  )

  it('cuts between two characters, and leaves no dash or dot there', () => {
    for (let words = 30; words < 70; words++) {
      for (const title of ['a '.repeat(words), 'é.'.repeat(words), `${'x'.repeat(words)} 🌻空${'空'.repeat(40)}`]) {
        expect(slug(title, words)).toMatch(/^[\p{L}\p{N}-]*[\p{L}\p{N}]$/u)
        expect(name({ title }, '{title}.{ext}')).toMatch(/^[\p{L}\p{N}-]*[\p{L}\p{N}]\.md$/u)
        expect(Buffer.byteLength(slug(title, words))).toBeLessThanOrEqual(words)
      }
    }
  })

  it.each(['com²', 'conin$', 'conout$', 'aux .x', 'prn'])(
    'marks what is a device to Windows, whatever follows: %s',
    text => expect(name({}, `${text}.{ext}`)).toBe(`_${text}.md`),
  )

  it('turns no text around: marks of direction are taken out', () => {
    expect(name({}, 'a\u202Egpj\u2066b.{ext}')).toBe('a-gpj-b.md')
  })

  it('keeps to the limit with the mark of a device, and where there is nothing but what is never shortened', () => {
    for (const template of ['con.{title}', '{id}{id}{id}.{ext}']) {
      const path = name({ title: 'x'.repeat(200), id: 'a'.repeat(60) }, template)
      expectSafe(path)
      expect(Buffer.byteLength(path)).toBeGreaterThan(112)
    }
  })

  it('is safe for any thread and any literal text', () => {
    const literal = fc.string({ unit: 'binary', maxLength: 150 }).map(text => text.replace(/[{}\\/]/g, ''))
    const field = fc.constantFrom('{title}', '{author}', '{site}', '{group}', '{id}')
    fc.assert(
      fc.property(anyThread, hostileText, hostileText, literal, field, (any, slug, id, text, template) => {
        const kept = { ...any, id, group: { id: null, slug, name: null, url: '' } }
        expectSafe(outputName(DEFAULT_TEMPLATE, kept, 'md'))
        expectSafe(outputName(`x${text}/${template}.{ext}`, kept, 'jsonl'))
        expectSafe(outputName(template, kept, 'md'))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('uniqueNames', () => {
  it('adds the id, then a counter, before the extension', () => {
    const unique = uniqueNames()
    expect([unique('g/a.md', '5'), unique('g/A.md', '6'), unique('g/a.md', '6'), unique('h/a.md', '7')]).toEqual([
      'g/a.md',
      'g/A-6.md',
      'g/a-6-2.md',
      'h/a.md',
    ])
  })

  it('gives each name once, without case, within the limit', () => {
    const names = fc.constantFrom(
      'a.md',
      'A.md',
      'a-1.md',
      'a-1-2.md',
      'é.md',
      'e\u0301.md',
      `${'空'.repeat(39)}.md`,
      'ß',
      'SS',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.constantFrom('1', '2', '../x')), { maxLength: 30 }), asked => {
        const unique = uniqueNames()
        const given = asked.map(([path, id]) => unique(path, id))
        expect(new Set(given.map(path => path.normalize('NFC').toLowerCase())).size).toBe(given.length)
        given.forEach(expectSafe)
      }),
    )
  })
})
