import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/model/page.js'
import { holdsThreadWords, THREAD_WORDS } from '../../src/model/words/index.js'
import { parse } from '../../src/parse/index.js'
import { GERMANIC } from '../../src/parse/relative/languages/germanic.js'
import { OTHERS } from '../../src/parse/relative/languages/others.js'
import { ROMANCE } from '../../src/parse/relative/languages/romance.js'
import { SLAVIC } from '../../src/parse/relative/languages/slavic.js'
import { processorTime } from '../processor-time.js'
import { CASES } from './cases.js'

const URL = 'http://unknown.invalid/text/1'

function pageOf(text: string, capturedAt = '2024-03-01T12:00:00Z', timeIsBound = false): Page {
  const body = new TextEncoder().encode(text)
  const imported = { door: 'text', origin: 'thread.txt' }
  const how = timeIsBound ? ({ timeIsBound: true } as const) : {}
  return parse({ request: { url: URL }, url: URL, status: 200, headers: {}, body, capturedAt, imported, ...how })
}

/** Depth, author and text of each post. */
function outline({ posts }: Page): [number, string | null, string][] {
  const depths = new Map<string, number>()
  return posts.map(({ id, parentId, author, text }) => {
    const depth = parentId == null ? 0 : (depths.get(parentId) ?? -9) + 1
    depths.set(id, depth)
    return [depth, author?.name ?? null, text]
  })
}

/** A sentence that a template allows: the first of several words, and nothing that may be left out. */
function sampleOf(template: string, names: Record<string, string>): string {
  let text = template.replaceAll('\\(', '').replaceAll('\\)', '')
  const group = /\(\?:([^()|]*)(?:\|[^()]*)?\)(\?)?/
  while (group.test(text)) text = text.replace(group, (_, first: string, optional) => (optional ? '' : first))
  const plain = text
    .replace(/\[(.)[^\]]*\](\*)?/g, '$1')
    .replace(/([^ ])\?/g, '$1')
    .replace(/ \?/g, ' ')
  return plain
    .replace(/%[mg]/g, place => names[place] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

const DATES = [...GERMANIC, ...ROMANCE, ...SLAVIC, ...OTHERS]

describe.each(THREAD_WORDS)('the sentences of the language $name', ({ name, update, reply, picture }) => {
  const row = DATES.find(language => language.name === name)
  const years = row?.units[0]?.split('|').at(-1) ?? ''
  const date = (row?.ago ?? '').split('|')[0]?.replace('#', `3 ${years}`) ?? ''
  const names = { '%m': "'Ofa Brook", '%g': 'Hedges & Verges' }
  const opening = sampleOf(update[0] ?? '', names)
  const answer = sampleOf(reply[0] ?? '', { '%m': 'Zoë Marsh' })

  it('are read, with the date behind them', () => {
    const text = `${opening} ${date}\n\nThe verge is mown on Monday.\n\n    ${answer} ${date}\n\n    Not before noon, please.\n`
    const page = pageOf(text)
    expect(outline(page), text).toEqual([
      [0, "'Ofa Brook", 'The verge is mown on Monday.'],
      [1, 'Zoë Marsh', 'Not before noon, please.'],
    ])
    expect(page.posts[0]?.group?.name).toBe('Hedges & Verges')
    expect(page.posts.map(({ when }) => when.from?.slice(0, 4))).toEqual(['2020', '2020'])
    expect(holdsThreadWords(text)).toBe(true)
  })

  it('are read below the words in place of an avatar', () => {
    const avatar = sampleOf(picture[0] ?? '', names)
    const page = pageOf(`  • ${avatar}\n    ${opening} ${date}\n\n    The verge is mown on Monday.\n`)
    expect(outline(page)).toEqual([[0, "'Ofa Brook", 'The verge is mown on Monday.']])
  })
})

const word = fc.stringMatching(/^[a-z]{2,9}$/)
const sentence = fc.array(word, { minLength: 4, maxLength: 40 }).map(words => `So ${words.join(' ')} it is.`)

interface Tree {
  text: string
  replies: Tree[]
}

const treeOf = (depth: number): fc.Arbitrary<Tree> =>
  fc.record({ text: sentence, replies: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }) })

const tree = treeOf(4)

interface Style {
  step: number
  bullets: readonly string[]
  width: number
  hasNames: boolean
  end: string
}

const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 3, 4, 6),
  bullets: fc.constantFrom(['•'], ['*', '+', 'o'], ['-'], ['•', '□', '☆']),
  width: fc.constantFrom(72, 80, 10_000),
  hasNames: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n', '\r'),
})

function wrapped(text: string, pad: string, width: number): string[] {
  const lines = [pad]
  for (const one of text.split(' ')) {
    const line = lines.at(-1) as string
    if (line.trim() === '') lines[lines.length - 1] = line + one
    else if (line.length + 1 + one.length <= width) lines[lines.length - 1] = `${line} ${one}`
    else lines.push(pad + one)
  }
  return lines
}

/** Prints a thread as a converter does; `filler` makes the width of the page plain. */
function printed(root: Tree, { step, bullets, width, hasNames, end }: Style): string {
  const filler = width > 1000 ? 'x '.repeat(200).trim() : 'x '.repeat(width).trim()
  const lines = [...wrapped(filler, '', width), '']
  const visit = ({ text, replies }: Tree, depth: number) => {
    const pad = ' '.repeat(2 + depth * step)
    const bullet = bullets[depth % bullets.length]
    const inner = `${pad}  `
    const head = depth === 0 ? 'Ann posted an update in the group Bees 2 years, 3 months ago' : 'Bo replied 2 years ago'
    if (depth === 0 || hasNames) lines.push(`${pad}${bullet} ${head}`, '', ...wrapped(text, inner, width), '')
    else
      lines.push(
        ...wrapped(text, inner, width).map((line, at) => (at === 0 ? `${pad}${bullet} ${line.trim()}` : line)),
        '',
      )
    for (const reply of replies) visit(reply, depth + 1)
  }
  visit(root, 0)
  return lines.join(end)
}

const flat = ({ text, replies }: Tree, depth = 0): [number, string][] => [
  [depth, text],
  ...replies.flatMap(reply => flat(reply, depth + 1)),
]

describe('a printed thread', () => {
  it('is read back, whatever its bullets, its indentation, its width and its line ends', () => {
    fc.assert(
      fc.property(tree, style, (thread, how) => {
        const page = pageOf(printed(thread, how))
        expect(outline(page).map(([depth, , text]) => [depth, text])).toEqual(flat(thread))
      }),
      { numRuns: 150 },
    )
  })

  it('has the same ids in two styles', () => {
    fc.assert(
      fc.property(tree, style, style, (thread, one, other) => {
        const ids = ({ posts }: Page) => posts.map(({ id }) => id)
        expect(ids(pageOf(printed(thread, one)))).toEqual(ids(pageOf(printed(thread, other))))
      }),
      { numRuns: 60 },
    )
  })
})

describe('one thread by several converters', () => {
  const pages = CASES.filter(({ name }) => name.startsWith('text-dump/converters/')).map(({ capture }) =>
    parse(capture),
  )
  const words = (page: Page) => page.posts.map(({ text }) => text.replace(/[^\p{L}]/gu, ''))

  it('has the same words', () => {
    expect(pages).toHaveLength(6)
    for (const page of pages) expect(words(page)).toEqual(words(pages[0] as Page))
  })

  it('has the same ids, of the site where the text has its addresses', () => {
    const ids = new Set(pages.map(page => page.posts.map(({ id }) => id).join(' ')))
    expect([...ids].map(one => one.replace(/x[0-9a-f]{16}/g, 'x')).sort()).toEqual(['71 72 73 74', 'x x x x'])
  })
})

describe('the date of a text', () => {
  const text = 'Ann posted an update in the group Bees 2 years, 3 months ago\n\nThe hives are out.\n'

  it('counts back from a whole day where only the day is given', () => {
    const [post] = pageOf(text, '2024-03-01T00:00:00Z').posts
    expect(post?.when).toEqual({ from: '2021-11-02T00:00:01Z', to: '2021-12-02T23:59:59Z' })
  })

  it('has no beginning where only the date of the file is known', () => {
    const [post] = pageOf(text, '2024-03-01T08:00:00Z', true).posts
    expect(post?.when).toEqual({ from: null, to: '2021-12-02T08:00:00Z' })
  })
})

describe('characters without a picture of their own', () => {
  const HEAD = 'Ann posted an update in the group Bees 2 years ago\n\n'
  const LINKED = 'See [the plan](https://town.example/plan).'
  const bodyOf = (words: string) => pageOf(`${HEAD}${words} ${LINKED}\n`).posts[0]?.text

  it.each([
    ['letters that were decoded in the wrong charset', '\u00c3\u0086, \u00e2\u0080\u0099, \u00861\u0087.'],
    ['icons of a font', 'Bees \ue000\ue001 fly.'],
  ])('are kept: %s', (_, words) => expect(bodyOf(words)).toBe(`${words} See the plan.`))

  it('take no number out of a text, as the number of a link', () => {
    expect(bodyOf('Bed &#134;1&#135; and \u00001\u0000.')).toBe('Bed \u00861\u0087 and 1. See the plan.')
  })

  it('spaces of no width divide words of Thai, and are nothing around words', () => {
    expect(bodyOf('\u200b\u200bไทย\u200bภาษา \u200b here\u200b')).toBe('ไทย\u200bภาษา  here See the plan.')
  })
})

describe('a hostile text', () => {
  const lines = (count: number, line: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n')
  const HEAD = 'Ann posted an update in the group Bees 2 years ago\n\nHello.\n\n'

  it.each([
    ['a deep staircase', HEAD + lines(4000, at => `${' '.repeat(at % 2000)}- reply ${at}.\n`)],
    ['two bullets in turn at one column', HEAD + lines(20_000, at => `  ${at % 2 ? '*' : '+'} reply ${at}.\n`)],
    ['brackets', `${'['.repeat(50_000)}\n${HEAD}`],
    ['one long line of names', `${'Profile picture of Ann '.repeat(4000)}\n${HEAD}`],
    ['a wide gap within a line', `Ann${' '.repeat(28)}posted${' '.repeat(10_000)}nothing\n${HEAD}`],
    ['headers only', lines(5000, at => `Bo${at} replied 2 years ago`)],
    ['numbers in brackets', `${HEAD}${lines(5000, at => `[${at}](`)}\nReferences\n\n   1. http://a.example/`],
  ])('of %s is read in time', (_, text) => {
    const time = processorTime()
    const page = pageOf(text)
    expect(time()).toBeLessThan(5000)
    expect(page.posts.every(({ parentId }, at) => (at === 0 ? parentId === null : parentId !== undefined))).toBe(true)
  })
})
