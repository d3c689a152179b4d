import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RiskReport, riskReport } from '../../../../src/export/risk/risk-report.js'
import { EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, SITE, thread } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

const TEXT =
  'Maeve and Will met Zosia: write to maeve@post.example or +44 20 7946 0958, SW1A 1AA, @stranger. Maeveland is far'
const HOSTILE = 'Call `@evil` <img src=x onerror=alert(1)> at evil@post.example'
const WILL = { id: '3', slug: 'will', name: 'Will', url: `${SITE}members/will/` }
const THREADS = [
  thread([post('1', null, { text: TEXT, html: '' }), post('2', '1', { author: WILL, text: HOSTILE, html: '' })]),
  thread([post('3', null)], {
    group: { id: '2', slug: 'board', name: 'The Board', url: `${SITE}groups/board/` },
    title: 'Maeve in the title',
  }),
]
const PEOPLE = [
  { sites: [SITE], id: '2', slugs: ['maeve'], names: ["Maeve O'Neill"], urls: [] },
  { sites: [SITE], id: '3', slugs: ['will'], names: ['Will'], urls: [] },
]

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function exporting(line: string) {
  const reader = readerOf(THREADS)
  const groups = () =>
    [...reader.groups()].map(one => ({ ...one, status: one.slug === 'board' ? 'private' : 'public' }))
  const io = testIo(
    { cwd, readFile: path => readFile(path, 'utf8') },
    holding({ ...reader, groups, namedGroups: groups, people: () => PEOPLE }),
  )
  return running(['export', ...line.split(' ')], io)
}

const allBytes = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(entry => `${entry.name}\n${entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'latin1') : ''}`)
    .join('\n')

describe('pseudonyms', () => {
  test('are the same in each format with one key, and the key is made beside the export', async () => {
    const first = await exporting('-f jsonl --pseudonyms key.json')
    expect([first.code, first.err]).toEqual([EXIT.done, expect.stringContaining('The key was made: ')])
    const name = /"name":"(Member 00\d)"/.exec(first.out)?.[1] ?? ''
    const second = await exporting('-f md,csv -o out/ --pseudonyms key.json --include-private')
    expect(second.err).not.toContain('The key was made')
    expect(allBytes(join(cwd, 'out'))).toContain(name)
  })

  test('are in the names of files, titles and the list of the folder, too', async () => {
    await exporting('1 -o out/{author}-{title}.md --pseudonyms key.json')
    expect(readdirSync(join(cwd, 'out')).sort().at(-1)).toMatch(/^member-00\d-when-to-sow-beans\.md$/)
    expect(allBytes(join(cwd, 'out'))).not.toMatch(/maeve(?!land)/i)
  })

  test('take nicknames of lists', async () => {
    writeFileSync(join(cwd, 'names.txt'), '\ufeffZosia = maeve\r\n# no more\r\n')
    const { out } = await exporting('-f csv --columns author_name,text --pseudonyms key.json --names names.txt')
    const [, name] = /^(Member 00\d)/m.exec(out) ?? []
    expect(out).toContain(`${name} and Will met ${name}:`)
  })

  test('take the place of whole e-mail addresses', async () => {
    const { out } = await exporting('-f csv --columns text --pseudonyms key.json')
    expect(out).toMatch(/write to \[e-mail of Member 00\d\] or/)
    expect(out).toContain('evil@post.example')
  })

  test('in one file: the report on what is left is named', async () => {
    const { err } = await exporting('-f csv -o x.csv --pseudonyms key.json')
    expect(err).toContain('--risk-report FILE')
  })

  test('with months: documents name months, and no day that nobody wrote', async () => {
    for (const format of ['md', 'html']) {
      const { code, err } = await exporting(`1 -f ${format} --pseudonyms key.json --dates month -o ${format}/`)
      expect([code, err]).toEqual([EXIT.done, expect.anything()])
    }
    const words = ['md', 'html'].map(folder => allBytes(join(cwd, folder))).join('\n')
    expect(words).toMatch(/as of \p{Lu}\p{Ll}+ \d{4}, as/u)
    expect(words).toMatch(/^as_of: \d{4}-\d\d$/m)
    expect(words).toContain('Dates are months (UTC).')
    expect(words).not.toMatch(
      /\b\d\d? (?:January|February|March|April|May|June|July|August|September|October|November|December)/,
    )
  })

  test.each([
    ['--pseudonyms out/key.json', 'would be within the export'],
    ['--pseudonyms none/key.json', 'There is no folder'],
    ['--pseudonyms open.json', 'Other users can read the key file'],
    ['--pseudonyms other.json', 'is no key file of threadkeep'],
    ['--names names.txt', 'The list of names'],
    ['--share-key', 'need pseudonyms'],
    ['--pseudonyms key.json --names faulty.txt', 'Line 1 of the list of names has no name'],
    ['--pseudonyms key.json -f warc', 'holds the pages as the site has sent them'],
    ['--dates month -f wacz', 'holds the pages as the site has sent them'],
    ['--risk-report risk.md -f wacz', 'There is no report on captures'],
    ['--dates week', 'Allowed choices are exact, month'],
  ])('%s is refused, and nothing is written', async (flags, message) => {
    writeFileSync(join(cwd, 'open.json'), '{}')
    chmodSync(join(cwd, 'open.json'), 0o644)
    writeFileSync(join(cwd, 'other.json'), '{}', { mode: 0o600 })
    writeFileSync(join(cwd, 'faulty.txt'), ' = maeve\n')
    const before = readdirSync(cwd)
    const { code, err, out } = await exporting(`-o out/ ${flags}`)
    expect([code, err, out]).toEqual([EXIT.usage, expect.stringContaining(message), ''])
    expect(readdirSync(cwd)).toEqual(before)
  })
})

describe('private groups', () => {
  test.each(['html', 'atom', 'as2'])('are in no %s, which is for the public, without a word', async format => {
    const { code, err } = await exporting(`-f ${format} -o out/`)
    expect([code, err]).toEqual([
      EXIT.usage,
      expect.stringContaining(`"The Board" is a private group, and ${format} is a format for the public.`),
    ])
    expect(readdirSync(cwd)).toEqual([])
    expect((await exporting(`-f ${format} -o out/ --include-private`)).code).toBe(EXIT.done)
    expect((await exporting(`gardeners -f ${format} -o other/`)).code).toBe(EXIT.done)
  })

  test('are in formats for the desk', async () => {
    for (const format of ['md', 'json', 'csv', 'mbox'])
      expect((await exporting(`-f ${format} -o ${format}/`)).code).toBe(EXIT.done)
  })
})

describe('the report on what is left', () => {
  const written = (name: string): RiskReport => JSON.parse(readFileSync(join(cwd, name), 'utf8'))
  const countsOf = ({ findings }: RiskReport) => Object.fromEntries(findings.map(({ name, count }) => [name, count]))

  test('is beside a folder with pseudonyms, never in it', async () => {
    const { err } = await exporting('-o out/ --pseudonyms key.json')
    expect(err).toContain('What still leads to people (')
    expect(readdirSync(cwd).sort()).toEqual(['key.json', 'out', 'out.risk.json', 'out.risk.md'])
    expect(allBytes(join(cwd, 'out'))).not.toContain('Residual risk')
  })

  test('is beside the folder of several formats, of which the first is a folder in it; the key, too', async () => {
    await exporting('-f md,csv -o out/ --pseudonyms key.json')
    expect(readdirSync(cwd).sort()).toEqual(['key.json', 'out', 'out.risk.json', 'out.risk.md'])
    expect(allBytes(join(cwd, 'out'))).not.toContain('Residual risk')
    const within = await exporting('-f md,json --pseudonyms threadkeep-export/k.json')
    expect(within.code).toBe(EXIT.usage)
  })

  test('counts what it finds, and says where', async () => {
    await exporting('-f jsonl -o a.jsonl --pseudonyms key.json --risk-report risk.md')
    const report = written('risk.json')
    const expected = { emails: 1, phones: 1, postcodes: 1, handles: 2, names: 1, within: 1, addresses: 3, verbatim: 1 }
    expect(countsOf(report)).toMatchObject(expected)
    const handles = report.findings.find(({ name }) => name === 'handles')
    expect(handles?.found).toEqual([
      { value: '@evil', count: 1, places: [{ thread: '1', post: '2' }] },
      { value: '@stranger', count: 1, places: [{ thread: '1', post: '1' }] },
    ])
    const schema = JSON.parse(readFileSync('docs/schema/risk-1.json', 'utf8'))
    expect(new Ajv2020().validate(schema, report)).toBe(true)
  })

  test('names words that one member alone uses, three times or more', async () => {
    const words = (text: string, author = WILL) => post('9', null, { text, html: '', author })
    const threads = [
      words('zwetschge zwetschge and bohnen, bohnen'),
      words('zwetschge bohnen'),
      words('bohnen', { ...WILL, id: '9', slug: 'x' }),
    ]
    const found = riskReport(
      threads.map(one => thread([one])),
      'all',
      null,
    ).findings.find(({ name }) => name === 'rare')
    expect(found?.found.map(({ value }) => value)).toEqual(['zwetschge'])
    expect(found?.count).toBeGreaterThanOrEqual(3)
  })

  test('says that nobody is anonymous, and is markdown whatever people wrote', async () => {
    await exporting('-f jsonl -o a.jsonl --pseudonyms key.json --risk-report risk')
    const text = readFileSync(join(cwd, 'risk.md'), 'utf8')
    // What was used already is no advice.
    expect(text).toContain('- Days and times: `--dates month`.')
    expect(text).not.toContain('--pseudonyms')
    expect(text).toContain('**This makes nobody anonymous**')
    expect(text).not.toContain('<img')
  })

  test('finds nothing of what was left out', async () => {
    await exporting(
      '-f jsonl -o a.jsonl --pseudonyms key.json --risk-report risk.json --no-verbatim --drop-links --dates month',
    )
    const counts = countsOf(written('risk.json'))
    expect(Object.values(counts).every(count => count === 0)).toBe(true)
  })

  test('is the same for the same archive and key', async () => {
    await exporting('-f jsonl -o a.jsonl --pseudonyms key.json --risk-report one.md')
    await exporting('-f jsonl -o a.jsonl --pseudonyms key.json --risk-report two.md')
    expect(readFileSync(join(cwd, 'one.json'))).toEqual(readFileSync(join(cwd, 'two.json')))
  })
})
