import { describe, expect, it } from 'vitest'
import { CITATION_STYLES, type Citation } from '../../../src/export/cite/index.js'

const HASH = 'ab'.repeat(32)

const CITED: Citation = {
  kind: 'thread',
  key: 'thread-237-town-example',
  author: 'Maeve Lindqvist',
  title: 'Who has grown salsify on clay?',
  within: null,
  container: 'Gardeners, Town',
  issued: { from: '2024-03-05T17:40:00Z', to: '2024-03-05T17:40:00Z' },
  accessed: '2024-05-20T10:00:00.000Z',
  url: 'https://town.example/activity/p/237/',
  fixity: HASH,
  capture: null,
}

const COPY = ` (Archived copy: threadkeep, fixity ${HASH})`

const written = (style: string, changes: Partial<Citation> = {}): string =>
  CITATION_STYLES.find(({ name }) => name === style)?.write([{ ...CITED, ...changes }]) ?? ''

/** Without what every style ends with. */
const bare = (style: string, changes: Partial<Citation> = {}): string =>
  written(style, changes).replace(`${COPY}\n`, '')

const REPLY = { kind: 'reply', title: 'Not on clay, no.', within: 'Who has "grown" salsify?' } as const

describe('the styles of manuals', () => {
  // Of the form "Author. (Year, Month Day). Title [Online forum post]. Site. URL".
  it.each([
    [
      {},
      'Maeve Lindqvist. (2024, March 5). Who has grown salsify on clay? [Online forum post]. Gardeners, Town. Retrieved May 20, 2024, from https://town.example/activity/p/237/',
    ],
    [
      { author: null },
      'Who has grown salsify on clay? [Online forum post]. (2024, March 5). Gardeners, Town. Retrieved May 20, 2024, from https://town.example/activity/p/237/',
    ],
    [
      { ...REPLY, url: null },
      'Maeve Lindqvist. (2024, March 5). Not on clay, no. [reply in “Who has "grown" salsify?”] [Comment in an online forum]. Gardeners, Town.',
    ],
  ])('APA %#', (changes, text) => expect(bare('apa', changes)).toBe(text))

  // Of the form "Author. “Title.” Site, Day Month Year, URL. Accessed Day Month Year."
  it.each([
    [
      {},
      'Maeve Lindqvist. “Who has grown salsify on clay?” Gardeners, Town, 5 Mar. 2024, https://town.example/activity/p/237/. Accessed 20 May 2024.',
    ],
    [
      REPLY,
      'Maeve Lindqvist. “Not on clay, no.” Reply in “Who has ’grown’ salsify?” Gardeners, Town, 5 Mar. 2024, https://town.example/activity/p/237/. Accessed 20 May 2024.',
    ],
    [{ author: null, accessed: null, url: null }, '“Who has grown salsify on clay?” Gardeners, Town, 5 Mar. 2024.'],
  ])('MLA %#', (changes, text) => expect(bare('mla', changes)).toBe(text))

  // Of the form "Author. “Title.” Site. Month Day, Year. Accessed Month Day, Year. URL."
  it('Chicago', () =>
    expect(bare('chicago')).toBe(
      'Maeve Lindqvist. “Who has grown salsify on clay?” Gardeners, Town. March 5, 2024. Accessed May 20, 2024. https://town.example/activity/p/237/.',
    ))

  it.each([
    ['2024-03-05T01:00:00Z', '2024-03-05T22:00:00Z', '2024, March 5', '5 Mar. 2024', '2024-03-05'],
    ['2024-03-01T00:00:00Z', '2024-03-29T00:00:00Z', '2024, March', 'Mar. 2024', '2024-03-01/2024-03-29'],
    ['2021-02-01T00:00:00Z', '2021-11-01T00:00:00Z', '2021', '2021', '2021-02-01/2021-11-01'],
    ['2020-11-01T00:00:00Z', '2021-12-01T00:00:00Z', 'ca. 2021', 'ca. 2021', '2020-11-01/2021-12-01'],
    [null, '2021-12-01T00:00:00Z', 'before 2021', 'before 2021', '../2021-12-01'],
    ['2021-12-01T00:00:00Z', null, 'after 2021', 'after 2021', '2021-12-01/..'],
  ])('cite a date between %s and %s as far as it is known', (from, to, apa, mla, edtf) => {
    const issued = { from, to }
    expect(written('apa', { issued })).toContain(`(${apa})`)
    expect(written('mla', { issued })).toContain(`, ${mla},`)
    expect(written('bibtex', { issued })).toContain(`  date = {${edtf}},\n`)
  })

  it('cite a post without any date', () => {
    const issued = { from: null, to: null }
    expect(written('apa', { issued })).toContain('(n.d.)')
    expect(written('chicago', { issued })).toContain(' n.d. Accessed')
    expect(JSON.parse(written('csl-json', { issued }))[0]).not.toHaveProperty('issued')
  })
})

describe('the formats of programs', () => {
  it('CSL-JSON has the name in one piece, and marks a date that is not certain', () => {
    const issued = { from: '2020-11-01T00:00:00Z', to: '2021-12-01T00:00:00Z' }
    expect(JSON.parse(written('csl-json', { issued, author: '陳美玲' }))).toMatchObject([
      {
        ...{ id: CITED.key, type: 'post', author: [{ literal: '陳美玲' }], 'container-title': 'Gardeners, Town' },
        issued: {
          circa: true,
          'date-parts': [
            [2020, 11, 1],
            [2021, 12, 1],
          ],
        },
        accessed: { 'date-parts': [[2024, 5, 20]] },
      },
    ])
  })

  const HOSTILE = '}, note = {x}} @misc{evil, a={ \\input{/etc/x} $x$ 50% & #1 _ ^ ~ " and Eve'

  it('BibTeX keeps a hostile name within its braces, whatever it holds', () => {
    const entry = written('bibtex', {
      author: HOSTILE,
      title: HOSTILE,
      container: HOSTILE,
      url: 'https://town.example/{a}\\b%20"c',
    })
    let depth = 0
    for (const character of entry) depth += character === '{' ? 1 : character === '}' ? -1 : 0
    expect(depth).toBe(0)
    expect(entry.match(/^@misc\{/gm)).toHaveLength(1)
    expect(
      entry.split('\n').filter(line => line !== '' && !/^ {2}\w+ = \{.*\},$|^@misc\{[\w-]+,$|^\}$/.test(line)),
    ).toEqual([])
    expect(entry).toContain('author = {{{\\textbraceright}, note = ')
    expect(entry).toContain(
      '{\\textbackslash}input{\\textbraceleft}/etc/x{\\textbraceright} \\$x\\$ 50\\% \\& \\#1 \\_',
    )
    expect(entry).toContain('url = {https://town.example/%7Ba%7D%5Cb%20%22c}')
  })

  it('RIS has a line a field, ended by CRLF', () => {
    expect(
      written('ris')
        .split('\r\n')
        .map(line => line.slice(0, 6)),
    ).toEqual([
      ...[
        'TY  - ',
        'ID  - ',
        'AU  - ',
        'TI  - ',
        'T2  - ',
        'M3  - ',
        'PY  - ',
        'DA  - ',
        'Y2  - ',
        'UR  - ',
        'N1  - ',
        'AN  - ',
        'ER  - ',
      ],
      '',
    ])
  })
})
