import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOf } from '../../../src/export/destination.js'
import { EXPORTERS } from '../../../src/export/index.js'
import { cellText, guarded, unguarded } from '../../../src/export/table/cells.js'
import { tableOf } from '../../../src/export/table/column.js'
import { csv, fourCat, tsv } from '../../../src/export/table/csv.js'
import { CSV, TSV, tableText } from '../../../src/export/table/delimited.js'
import { POST_COLUMNS, postRows } from '../../../src/export/table/post-columns.js'
import { hostileText } from '../hostile.js'
import { keptThread, rendered } from '../threads.js'
import { HOSTILE, hostileThreads, inUtf8 } from './hostile-rows.js'
import { aboutWith, exported, fileOf, hasPython, python } from './reading.js'

const text = async (...given: Parameters<typeof exported>) => (await exported(...given)).toString()
const thread = (words: string) => keptThread({ posts: [{ text: words }] })

/** The cells that a reader must find. */
const expected = (guard: boolean) => [
  POST_COLUMNS.map(({ name }) => name),
  ...[...postRows(hostileThreads, 'all')].map(row =>
    POST_COLUMNS.map(({ value }) => inUtf8(cellText(value(row), guard))),
  ),
]

const READ_CSV = `import csv, json, sys
with open(sys.argv[1], newline='', encoding='utf-8') as file: print(json.dumps(list(csv.reader(file))))`

const READ_TSV = `import json, re, sys
back = {'t': '\\t', 'n': '\\n', 'r': '\\r', '0': '\\0', '\\\\': '\\\\'}
cell = lambda text: re.sub(r'\\\\(.)', lambda found: back[found[1]], text)
with open(sys.argv[1], newline='\\n', encoding='utf-8') as file:
    print(json.dumps([[cell(text) for text in line[:-1].split('\\t')] for line in file]))`

describe.skipIf(!hasPython)('Python', () => {
  it.each(['guard', 'keep'])('reads exactly the cells of csv with formulas=%s', async formulas => {
    expect(python(READ_CSV, await fileOf(csv, hostileThreads, { formulas }))).toEqual(expected(formulas === 'guard'))
  })

  it.each(['guard', 'keep'])('reads exactly the cells of tsv with formulas=%s', async formulas => {
    expect(python(READ_TSV, await fileOf(tsv, hostileThreads, { formulas }))).toEqual(expected(formulas === 'guard'))
  })

  it('takes the guard off as docs/formats.md says', async () => {
    const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8')
    const [, recipe = ''] = /^```python\n([\s\S]*?)^```/m.exec(page) ?? []
    const program = `${recipe}
import csv, json, sys
print(json.dumps([[unguarded(cell) for cell in row] for row in csv.reader(open(sys.argv[1], newline='', encoding='utf-8'))]))`
    expect(python(program, await fileOf(csv, hostileThreads))).toEqual(expected(false))
  })

  it('guesses the dialect and the header of the 4CAT profile as 4CAT does', async () => {
    const program = `import csv, json, sys
text = open(sys.argv[1], newline='', encoding='utf-8').read()
dialect = csv.Sniffer().sniff(text[:1048576], delimiters=(',', ';', '\\t'))
rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'), dialect=dialect))
print(json.dumps([csv.Sniffer().has_header(text), [[row['id'], row['thread_id'], row['author'], row['body'], row['timestamp']] for row in rows]]))`
    const posts = [
      { id: '1', text: 'I don\'t, as you said, "know"\nor care; it\'s, well' },
      { id: '2', parentId: '1', text: "'quoted', she said" },
      { id: '3', parentId: '2', text: '- a list, no formula' },
    ]
    const rows = [
      ['1', '1', 'Anna', posts[0]?.text, '2026-10-28T12:00:00Z'],
      ['2', '1', 'Anna', posts[1]?.text, '2026-10-28T12:00:00Z'],
      ['3', '1', 'Anna', "'- a list, no formula", '2026-10-28T12:00:00Z'],
    ]
    expect(python(program, await fileOf(fourCat, [keptThread({ posts })]))).toEqual([true, rows])
  })
})

describe('csv', () => {
  it('ends each line with CR LF and quotes only where a cell needs it', async () => {
    const table = await text(csv, [thread('a')], { columns: 'id,author_name,text' })
    expect(table).toBe('id,author_name,text\r\n1,Anna,a\r\n')
    expect(await text(csv, [thread('a "b", c')], { columns: 'id,text' })).toBe('id,text\r\n1,"a ""b"", c"\r\n')
  })

  it('writes the names of the columns for no post at all', async () => {
    expect(await text(csv, [])).toBe(`${POST_COLUMNS.map(({ name }) => name).join(',')}\r\n`)
  })

  it('has no empty line where the only cell is empty', async () => {
    expect(await text(csv, [thread('')], { columns: 'text' })).toBe('text\r\n""\r\n')
  })

  it('begins with a byte order mark if that is asked for, once', async () => {
    const table = await exported(csv, [thread('a')], { bom: 'yes' })
    expect(table.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(table.subarray(3)).toEqual(await exported(csv, [thread('a')]))
  })

  it('leaves a date that is no instant to its interval', async () => {
    const post = { when: { from: '2024-05-01T00:00:00Z', to: '2024-05-31T23:59:59Z' } }
    const table = await text(csv, [keptThread({ posts: [post] })], { columns: 'posted_at,posted_from,posted_to' })
    expect(table).toContain('\r\n,2024-05-01T00:00:00Z,2024-05-31T23:59:59Z\r\n')
  })

  it('has the files of a post as JSON, like jsonl', async () => {
    const post = { attachments: [{ kind: 'image' as const, url: 'https://a.example/1.png', name: null }] }
    const table = await text(csv, [keptThread({ posts: [post] })], { columns: 'attachments' })
    expect(table).toBe('attachments\r\n"[{""kind"":""image"",""url"":""https://a.example/1.png"",""name"":null}]"\r\n')
  })

  it('is the same twice', async () => {
    expect(await exported(csv, hostileThreads)).toEqual(await exported(csv, hostileThreads))
  })

  it.each([
    ['id,nonsense', '"nonsense" is no column.'],
    ['id,id', 'The column "id" is named twice.'],
    ['', '"" is no column.'],
  ])('refuses the columns "%s"', (columns, message) => {
    expect(() => csv.render([], aboutWith(csv, [], { columns }))).toThrow(message)
  })
})

describe('the formula guard', () => {
  it('leaves no cell that a spreadsheet would run', () => {
    const cells = [
      ...tableText(tableOf(POST_COLUMNS, postRows(hostileThreads, 'all')), { line: cells => cells.join('\u{10ffff}') }),
    ]
      .join('\u{10ffff}')
      .split('\u{10ffff}')
    expect(cells.filter(cell => /^[\s\0\ufeff\u200b\u202e]*[=+\-@|＝＋－＠﹦−]|^[\t\r\n]/.test(cell))).toEqual([])
  })

  it('can be taken off again, whatever the text', () => {
    for (const words of HOSTILE) expect(unguarded(guarded(words))).toBe(words)
    fc.assert(fc.property(hostileText, words => unguarded(guarded(words)) === words))
  })

  it.each(['2024-01-01T00:00:00Z', '371', 'bbp:12', 'x0123456789abcdef', 'https://a.example/', 'hello', '"-1"'])(
    'leaves %s alone',
    words => expect(guarded(words)).toBe(words),
  )
})

describe('tsv', () => {
  it('has one line a post and the same number of tabs in each', async () => {
    const lines = (await text(tsv, hostileThreads)).split('\n')
    expect(lines).toHaveLength(2 * hostileThreads.length + 2)
    expect(new Set(lines.slice(0, -1).map(line => line.split('\t').length))).toEqual(new Set([POST_COLUMNS.length]))
  })

  it('gives each text back', () => {
    const back: Record<string, string> = { t: '\t', n: '\n', r: '\r', 0: '\0', '\\': '\\' }
    fc.assert(
      fc.property(hostileText, words => {
        const line = TSV.line([words, 'x']).slice(0, -1).split('\t')
        expect(line).toHaveLength(2)
        expect(line[0]?.replace(/\\(.)/g, (_, letter: string) => back[letter] ?? '?')).toBe(words)
      }),
    )
    expect(CSV.line(['a', 'b'])).toBe('a,b\r\n')
  })
})

describe('the profile of 4CAT', () => {
  it('has its columns first, then all others but html', () => {
    const [head = ''] = rendered(fourCat, thread('a')).split('\r\n')
    const names = head.split(',')
    expect(names.slice(0, 5)).toEqual(['id', 'thread_id', 'author', 'body', 'timestamp'])
    expect(names).toEqual(expect.arrayContaining(['parent_id', 'subject', 'author_id', 'group_slug', 'url']))
    expect(names).not.toContain('html')
    expect(names).toHaveLength(POST_COLUMNS.length)
    expect(new Set(names).size).toBe(names.length)
  })

  it('has an extension of its own, by which -o finds it, and csv keeps its own', () => {
    const found = (output: string) => formatOf(undefined, output, EXPORTERS).name
    expect(['a.4cat.csv', 'a.csv', 'a.tsv', 'a.parquet'].map(found)).toEqual(['4cat', 'csv', 'tsv', 'parquet'])
    expect(['a.htm', 'a.MARKDOWN', 'a', 'minutes.2024', 'notes.v2', 'a.d/b'].map(found)).toEqual([
      ...['html', 'md', 'md', 'md', 'md', 'md'],
    ])
  })

  it.each(['doc docx', 'xlsx csv', 'txt md', 'xml pandoc', 'mdd pandoc', 'zip pandoc', 'md.gz pandoc'])(
    'what is not written has its nearest format: %s',
    pair => {
      const [wanted, near] = pair.split(' ')
      const advice = expect.stringMatching(`^The nearest format is ${near}: |${near} -f gfm`) as string
      expect(() => formatOf(undefined, `a.${wanted}`, EXPORTERS)).toThrow(expect.objectContaining({ advice }))
    },
  )

  it('is the same as -O profile=4cat', async () => {
    expect(await text(csv, hostileThreads, { profile: '4cat' })).toBe(rendered(fourCat, ...hostileThreads))
  })

  it('has a time for each post of which one is known, else none', async () => {
    const when = (from: string | null, to: string | null) => [keptThread({ posts: [{ when: { from, to } }] })]
    const [from, to] = ['2024-05-01T00:00:00Z', '2024-05-31T23:59:59Z']
    for (const [given, time] of [
      [when(from, to), from],
      [when(null, to), to],
      [when(null, null), '""'],
    ] as const)
      expect(await text(fourCat, given, { columns: 'timestamp' })).toBe(`timestamp\r\n${time}\r\n`)
  })
})
