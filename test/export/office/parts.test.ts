import { describe, expect, it } from 'vitest'
import type { ExportContext } from '../../../src/export/exporter.js'
import { renderDocument } from '../../../src/export/html/single-document.js'
import { html } from '../../../src/export/html.js'
import { markdown } from '../../../src/export/markdown.js'
import { docx } from '../../../src/export/office/docx.js'
import { epub } from '../../../src/export/office/epub.js'
import { partsOf } from '../../../src/export/office/parts.js'
import { pdf } from '../../../src/export/office/pdf.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { chain, contextOf, keptThread } from '../threads.js'

const WORDS = 'word '.repeat(40).trim()
const reply = (id: number, parent: number) => ({
  ...{ id: `${id}`, parentId: `${parent}`, type: 'activity_comment' },
  ...{ text: WORDS, html: `<p>${WORDS}</p>` },
})
const withReplies = (parents: readonly number[], id = '1'): StoredThread =>
  keptThread({
    thread: { id, url: `https://community.example/activity/${id}/`, title: 'Salsify' },
    posts: [{ id: '1', topic: 'Salsify' }, ...parents.map((parent, at) => reply(at + 2, parent))],
  })

/** The markdown of the parts. */
const partsIn = (threads: StoredThread[], most: number, given: Partial<ExportContext> = {}): string[] =>
  partsOf(threads, contextOf(markdown, threads, given), most).map(part =>
    [...(markdown.render(part.threads, part.about) as Iterable<string>)].join(''),
  )

const numbersIn = (text: string): number[] => [...text.matchAll(/\*\*#(\d+) /g)].map(([, number]) => Number(number))

describe('the parts of what is too much for one document', () => {
  const wide = withReplies(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 1 : at + 1)))

  it('is the whole where it is not too much', () => {
    const [only, ...others] = partsIn([wide], 100_000)
    expect(others).toEqual([])
    expect(only).toBe([...(markdown.render([wide], contextOf(markdown, [wide])) as Iterable<string>)].join(''))
  })

  it('end before an answer to the opening post, and hold each post once, with its number', () => {
    const parts = partsIn([wide], 2500)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.flatMap(numbersIn)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
    for (const [at, text] of parts.entries()) {
      const [first = 0, ...rest] = numbersIn(text)
      expect(first % 2).toBe(at === 0 ? 1 : 0)
      expect(text).toContain(`title: 'Salsify (part ${at + 1} of ${parts.length})'`)
      expect(text).toContain(
        `Part ${at + 1} of ${parts.length}: #${first} to #${rest.at(-1)} of the 21 posts of the thread`,
      )
      expect(text).toContain(`${rest.length + 1} posts by 1 person`)
      expect(text).not.toMatch(/Continued from|not read/)
    }
  })

  it('go on in the middle only of replies that are too much by themselves', () => {
    const [first = '', second = '', ...rest] = partsIn([chain(60)], 1500)
    const next = numbersIn(second)[0] ?? 0
    expect(numbersIn(first).at(-1)).toBe(next - 1)
    expect(second).toContain(`\n*Continued from #${next - 1}.*\n\n- **#${next} Anna** → #${next - 1}, [28 October 2026`)
    expect([first, second, ...rest].flatMap(numbersIn)).toHaveLength(60)
    expect(first).not.toContain('Continued')
  })

  it('name the post that a reply answers where that is in an earlier part', () => {
    // 2 is answered by 3, which has too many answers, and by 13.
    const parts = partsIn([withReplies([1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1])], 1500)
    const last = parts.at(-1) ?? ''
    expect(parts.join('\n')).toMatch(/\n- \*\*#13 Anna\*\* → #2,/)
    expect(last).toMatch(/\n- \*\*#14 Anna\*\*, /)
  })

  it('of several threads end before a thread where there is one that fits', () => {
    const threads = ['1', '2', '3'].map(id => withReplies([1, 1, 1], id))
    const parts = partsIn(threads, 3600)
    expect(parts.map(text => text.match(/^# Thread \d/gm)?.length ?? 1)).toEqual([2, 1])
    expect(parts[0]).toMatch(/^title: 'Care at Home: two threads, 2026 \(part 1 of 2\)'$/m)
    expect(parts[0]).toMatch(/^Part 1 of 2: /m)
    expect(parts[1]).toMatch(/^title: 'Salsify \(part 2 of 2\)'$/m)
  })

  it('of threads of which one is too much have it in pieces, with its title', () => {
    const parts = partsIn([withReplies([1], '1'), wide, withReplies([1], '3')], 3000)
    expect(parts.flatMap(numbersIn)).toHaveLength(2 + 21 + 2)
    expect(parts.filter(text => /of the 21 posts of the thread/.test(text)).length).toBeGreaterThan(2)
    expect(parts.at(-1)).toMatch(/^# Thread 1: Salsify$/m)
  })

  it('are refused where a post alone is too much', () => {
    expect(() => partsIn([wide], 200)).toThrow(/activity\/\d+\/ is too long for a document of this format/)
  })

  it('say nothing of an opening post that is not shown', () => {
    const gone = keptThread({
      thread: { status: 'gone', gonePosts: 1 },
      posts: [{ id: '1', topic: 'Secret', status: 'gone' }, ...Array.from({ length: 20 }, (_, at) => reply(at + 2, 1))],
    })
    const parts = partsIn([gone], 2500, { status: 'live' })
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.join('')).not.toContain('Secret')
    const pages = partsOf([gone], contextOf(html, [gone], { status: 'live' }), 2500)
    for (const { threads, about } of pages) expect([...renderDocument(threads, about)].join('')).not.toContain('Secret')
  })

  it('are the same in a document for a browser', () => {
    const pages = partsOf([chain(60)], contextOf(html, [chain(60)]), 1500).map(({ threads, about }) =>
      [...renderDocument(threads, about)].join(''),
    )
    expect(pages.flatMap(page => page.match(/<article /g) ?? [])).toHaveLength(60)
    expect(pages[1]).toMatch(/<title>.* \(part 2 of \d+\)<\/title>/)
    expect(pages[1]).toMatch(/Continued from #(\d+)\..*?answers<\/span> #\1</s)
    expect(pages[1]).not.toContain('could not be read')
  })

  it('are those of docx, epub and pdf', () => {
    for (const { parts } of [docx, epub, pdf]) expect(parts).toBe(partsOf)
  })
})
