import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { member, page, post, type Shelf, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const EVIL = 'Eve\r\nER  - \u202e\x1b[2J\ud800"'

function archive(): Shelf {
  const one = shelf()
  const reply = post('3', '1', { author: member('eve', { name: EVIL }), text: 'One two\n'.repeat(30) })
  one.save(page([post('1', null, { text: 'Who grows salsify?' }), reply, post('4', '1', { author: null })]))
  one.archive.close()
  return one
}

const cite = (file: string, ...line: string[]) =>
  running(['cite', '--db', file, ...line], testIo({ cwd: dirname(file) }))

const schema = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/citations-1.json', import.meta.url), 'utf8')) as object,
)

describe('cite', () => {
  test('a thread, a reply and the archive, with their hashes', async () => {
    const { file } = archive()
    const { code, out, err } = await cite(file, '1', '3', 'archive', '--json')
    expect([code, err]).toEqual([0, ''])
    const report = JSON.parse(out) as { citations: Record<string, unknown>[] }
    expect(schema(report), JSON.stringify(schema.errors)).toBe(true)
    const [thread, reply, whole] = report.citations
    expect(thread).toMatchObject({
      kind: 'thread',
      author: 'ada',
      title: 'Who grows salsify?',
      container: 'Gardeners, Town',
    })
    expect(reply).toMatchObject({
      kind: 'reply',
      within: 'Who grows salsify?',
      author: expect.stringMatching(/^Eve ER - \[2J�+"$/),
    })
    expect(whole).toMatchObject({ kind: 'archive', title: 'Archive of discussions of Town (3 posts)' })
    expect(new Set(report.citations.map(({ fixity }) => fixity)).size).toBe(3)
  })

  test('an archive of two communities names both, with their addresses', async () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const other = 'https://village.example/'
    one.save(page([post('1', null, { url: `${other}activity/p/1/` })], { site: { url: other, name: null } }))
    one.archive.close()
    const { out } = await cite(one.file, '--json')
    expect((JSON.parse(out) as { citations: unknown[] }).citations[0]).toMatchObject({
      title: 'Archive of discussions of Town (town.example), village.example (2 posts)',
      url: null,
    })
    for (const style of ['apa', 'mla', 'chicago', 'bibtex', 'ris', 'csl-json'])
      expect((await cite(one.file, '-s', style)).out).not.toMatch(/null|undefined|https:|from {2}/)
  })

  test('a name cannot begin a line of RIS', async () => {
    const { out } = await cite(archive().file, '3', '--style', 'ris')
    expect(out.match(/^ER {2}- /gm)).toHaveLength(1)
    for (const character of ['\x1b', '\u202e', '\ud800']) expect(out).not.toContain(character)
  })

  test('an unknown author, and words of a reply without a title', async () => {
    const { out } = await cite(archive().file, '3', '4', '-s', 'mla')
    expect(out).toContain(`“${Array(10).fill('One two').join(' ')}…” Reply in “Who grows salsify?” Gardeners, Town`)
    expect(out).toContain('\n“Post 4.” Reply in')
  })

  test('--all has every style, -o writes a file', async () => {
    const { file } = archive()
    const { out } = await cite(file, '1', '--all')
    for (const title of ['APA', 'MLA', 'Chicago', 'BibTeX', 'RIS', 'CSL-JSON'])
      expect(out).toMatch(new RegExp(`^${title}`, 'm'))
    await cite(file, '-o', 'a.txt')
    expect(readFileSync(join(dirname(file), 'a.txt'), 'utf8')).toContain('[Data set]. (2026, ')
  })

  test.each([
    ['-o a.docx', false],
    ['--all -o a.bib', false],
    ['-s ris -o a.bib', false],
    ['-s bibtex -o a.bib', true],
    ['--json -o a.json', true],
  ])('%s fits the name of the file: %s', async (line, fits) => {
    expect((await cite(archive().file, '1', ...line.split(' '))).code === 0).toBe(fits)
  })

  test.each([
    ['a.bib', '@'],
    ['a.RIS', 'TY  - '],
    ['a.json', '[\n'],
    ['a.md', 'ada. ('],
  ])('-o %s alone has the style of such files', async (name, beginning) => {
    const { file } = archive()
    expect((await cite(file, '1', '-o', name)).code).toBe(0)
    expect(readFileSync(join(dirname(file), name), 'utf8').slice(0, beginning.length)).toBe(beginning)
  })

  test.each([
    [['99'], 'No thread or reply "99"'],
    [['1', '--all', '--style', 'apa'], '--all and --style'],
    [['1', '--style', 'vancouver'], 'Allowed choices'],
  ])('%j is wrong usage', async (line, message) => {
    const { code, out, err } = await cite(archive().file, ...line)
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(message)
  })
})
