import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { page, post, shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { running, testIo } from '../../test-io.js'

const HOSTILE = '<script>alert(1)</script>\x1b[2J "Town"\u202e'

function archive(): string {
  const one = shelf(newFile('bees.of.town.db'))
  const secret = post('1', null, { text: 'A private word', html: '<p>A private word</p>' })
  one.save(page([secret], { site: { url: 'https://town.example/', name: HOSTILE } }))
  one.close()
  return one.file
}

const metadata = (file: string, ...line: string[]) => {
  const io = testIo({ cwd: dirname(file) })
  return running(['metadata', '--db', file, ...line], io)
}

describe('metadata', () => {
  test('is not written under the name of another format', async () => {
    expect((await metadata(archive(), '-o', 'metadata.md')).code).toBe(EXIT.usage)
  })

  test('is one document that Datasette reads, for the name of this file', async () => {
    const { code, out, err } = await metadata(archive())
    expect([code, err]).toEqual([0, ''])
    const json = JSON.parse(out) as { title: string; databases: Record<string, { tables: Record<string, unknown> }> }
    expect(Object.keys(json.databases)).toEqual(['bees.of.town'])
    expect(json.databases['bees.of.town']?.tables).toMatchObject({
      readable_posts: { fts_table: 'posts_fts', fts_pk: 'id', sort_desc: 'posted_from' },
      members: { label_column: 'name' },
      frontier: { hidden: true },
    })
  })

  test('holds of the site its name alone, as plain text', async () => {
    const { out } = await metadata(archive())
    // Datasette shows `description_html` as it is, and escapes all else.
    expect(out).not.toContain('_html":')
    expect(JSON.parse(out)).toMatchObject({ title: 'Discussions of <script>alert(1)</script>␛[2J "Town"' })
    expect(out).not.toMatch(/private word|\bada\b|town\.example|gardeners/i)
    for (const character of ['\x1b', '\u202e']) expect(out).not.toContain(character)
  })

  test('-o writes a file', async () => {
    const file = archive()
    const { code, out, err } = await metadata(file, '-o', 'metadata.json')
    const path = join(dirname(file), 'metadata.json')
    expect([code, out, err]).toEqual([0, '', `Written to ${path}\n`])
    expect(readFileSync(path, 'utf8')).toBe((await metadata(file, '-o', '-')).out)
  })

  test('never over the archive, nor where nothing can be written', async () => {
    const file = archive()
    const before = readFileSync(file)
    expect(await metadata(file, '-o', 'bees.of.town.db')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('is the archive itself'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect((await metadata(file, '-o', '.')).code).toBe(EXIT.usage)
  })

  test('of an archive without communities', async () => {
    const one = shelf()
    one.close()
    expect(JSON.parse((await metadata(one.file)).out)).toMatchObject({ title: 'An archive of discussions' })
    expect((await metadata('/nowhere/none.db')).code).toBe(EXIT.archive)
  })
})
