import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ShownStatus } from '../../src/export/exporter.js'
import { markdown } from '../../src/export/markdown.js'
import type { StoredPost, StoredThread } from '../../src/model/archive.js'
import { anyThread } from './arbitrary.js'
import { ANNA, contextOf, keptThread, renderedAs, textOf } from './threads.js'

/** What the archive holds, counted without any of the exporter's code. */
function counted(threads: StoredThread[], status: ShownStatus) {
  const all = threads.flatMap(({ posts }) => [...posts].map(({ post }) => post))
  const shown = all.filter(post => status === 'all' || post.status === status)
  const people = new Set(shown.map(({ author }) => author?.id ?? author?.slug ?? author?.name ?? ''))
  const gone = all.filter(post => post.status === 'gone').length
  return { posts: shown.length, people: people.size, gone, edited: shown.filter(isEdited).length }
}

const isEdited = ({ edited, revisions }: StoredPost) => edited || revisions > 0

/** `one post` and `12 posts`. */
const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
const numberOf = (words: string | undefined): number => {
  if (words === undefined) return 0
  const small = NUMBERS.indexOf(words.toLowerCase())
  return small < 0 ? Number(words) : small
}

function read(document: string) {
  const [, front = '', status = ''] = /^---\n([\s\S]*?)\n---\n\n([^\n]*(?:\n[^\n]+)*)/.exec(document) ?? []
  const [, posts, people] = /(\d+) posts? by (\d+)/.exec(status) ?? []
  const gone = /(\w+) posts?(?: \([^)]*\))? (?:has|have) gone from the site/.exec(status)?.[1]
  const edited = /(\w+) posts?(?: \([^)]*\))? (?:was|were) edited/.exec(status)?.[1]
  return {
    front: parse(front) as Record<string, unknown>,
    said: { posts: Number(posts), people: Number(people), gone: numberOf(gone), edited: numberOf(edited) },
  }
}

describe.each<ShownStatus>(['live', 'all', 'gone'])('the numbers of a document of posts that are %s', status => {
  it('are those of the archive', () => {
    fc.assert(
      fc.property(fc.array(anyThread, { minLength: 1, maxLength: 3 }), threads => {
        const { front, said } = read(renderedAs(markdown, { status }, ...threads))
        const { gone, ...shown } = counted(threads, status)
        // Where only gone posts are shown, their number is that of the posts.
        expect(said).toEqual({ ...shown, gone: status === 'gone' ? 0 : gone })
        expect([front['posts'], front['gone'] ?? 0]).toEqual([shown.posts, gone])
        expect(front['threads'] ?? 1).toBe(threads.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('posts that are gone', () => {
  const gone = { status: 'gone' as const, goneAt: '2026-11-02T08:00:00Z', author: { ...ANNA, id: '9', name: 'Vanya' } }
  const posts = [
    { id: '1' },
    { ...gone, id: '2', parentId: '1', html: '<p>Secret</p>' },
    { id: '3', parentId: '2' },
    { ...gone, id: '4', parentId: '1', html: '<p>Secret</p>' },
  ]
  const as = (status: ShownStatus, layout = 'list') =>
    renderedAs(markdown, { status, options: { layout } }, keptThread({ posts }))

  it.each(['list', 'quote', 'headings', 'flat'])(
    'keep their place and number, and nothing else, in the layout %s',
    layout => {
      const text = as('live', layout)
      expect(text).not.toMatch(/Secret|Vanya/)
      expect(text.match(/\*#\d is gone from the site\.\*/g)).toEqual([
        '*#2 is gone from the site.*',
        '*#4 is gone from the site.*',
      ])
      expect(text).toMatch(/#3 Anna(?:\*\*)? → #2/)
    },
  )

  it('are marked where they are shown, and can be shown alone', () => {
    expect(as('all').match(/\(gone by 2 November\)/g)).toHaveLength(2)
    expect(as('gone').match(/^- \*\*#\d Vanya\*\*/gm)).toEqual(['- **#2 Vanya**', '- **#4 Vanya**'])
    expect(as('gone')).not.toContain('#3 Anna')
  })

  it('leave nothing of an opening post in titles and contents', () => {
    const opening = keptThread({
      thread: { id: '5', title: 'Secret', status: 'gone' },
      posts: [
        { ...gone, id: '5', heading: 'Secret', html: '<p>Secret</p>' },
        { id: '6', parentId: '5' },
      ],
    })
    for (const threads of [[opening], [keptThread({ posts }), opening]])
      expect(renderedAs(markdown, { status: 'live' }, ...threads)).not.toMatch(/Secret|Vanya/)
  })
})

describe('several threads', () => {
  const thread = (id: string, heading: string | null, month = 10) =>
    keptThread({
      thread: { id, title: heading ?? 'First words' },
      posts: [{ id, heading, when: { from: `2026-${month}-01T00:00:00Z`, to: `2026-${month}-01T00:00:00Z` } }],
    })
  const threads = [thread('1', null), thread('2', 'Who is on call?', 11), thread('3', 'v2.0 & more', 12)]

  it('are one document, with contents whose links lead to the sections', () => {
    const text = renderedAs(markdown, {}, ...threads)
    expect(text.match(/^---$/gm)).toHaveLength(2)
    expect(text).toContain("\ntitle: 'Care at Home: three threads, 2026'\n")
    expect(text.match(/^(?:\d+\. |# |\*\*v2).*$/gm)).toEqual([
      '1. [Thread 1, 1 October 2026](#thread-1-1-october-2026): Anna, “First words” (1 post)',
      '2. [Thread 2: Who is on call?](#thread-2-who-is-on-call): Anna (1 post)',
      '3. [Thread 3, 1 December 2026](#thread-3-1-december-2026): Anna, “v2.0 & more” (1 post)',
      '# Thread 1, 1 October 2026',
      '# Thread 2: Who is on call?',
      '# Thread 3, 1 December 2026',
      '**v2.0 & more**',
    ])
  })

  it('have the title as a heading where there is no front matter, and their own below it', () => {
    const text = renderedAs(markdown, { options: { 'front-matter': 'none' } }, ...threads)
    expect(text.match(/^#+ .*$/gm)?.slice(0, 2)).toEqual([
      '# Care at Home: three threads, 2026',
      '## Thread 1, 1 October 2026',
    ])
  })

  const files = (split: string) => {
    const about = contextOf(markdown, threads, { options: { split } })
    const found: [string, string][] = []
    // Each is read before the next one, as a folder is written.
    for (const { name, body } of markdown.files?.(threads, about) ?? []) found.push([name, textOf(body)])
    return found
  }

  it.each([
    ['2', ['part-001.md', 'part-002.md'], [2, 1]],
    ['month', ['2026-10.md', '2026-11.md', '2026-12.md'], [1, 1, 1]],
    ['1kb', ['part-001.md'], [3]],
  ])('are split by %s', (split, names, counts) => {
    const found = files(split)
    expect(found.map(([name]) => name)).toEqual(names)
    expect(found.map(([, text]) => (text.match(/^\*\*#1 /gm) ?? []).length)).toEqual(counts)
  })

  it.each(['0', 'week', '20tb', '-1'])('cannot be split by %s', split => {
    expect(() => files(split)).toThrow(`"${split}" is no way to split documents.`)
  })

  it.each([0, 10, 1.5])('cannot be indented %d levels', depth => {
    expect(() => renderedAs(markdown, { options: { depth } }, ...threads)).toThrow(
      `"${depth}" is no value of the option "depth".`,
    )
  })
})
