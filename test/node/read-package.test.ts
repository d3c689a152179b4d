import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { isPackage, kindAt, openPackage } from '../../src/node/package/read-package.js'

/** A zip file with these names, each in place of one that a careful program writes. */
async function zipWith(names: readonly string[], content: Buffer = Buffer.from('x'), mode = 0o100644): Promise<string> {
  const zip = new yazl.ZipFile()
  const plain = names.map((_, at) => `${'z'.repeat(Buffer.byteLength(names[at] ?? '') - 1)}${at}`)
  for (const name of plain) zip.addBuffer(content, name, { mode })
  zip.end()
  let bytes = (await buffer(zip.outputStream as Readable)).toString('latin1')
  for (const [at, name] of plain.entries())
    bytes = bytes.replaceAll(name, Buffer.from(names[at] ?? '').toString('latin1'))
  const path = join(mkdtempSync(join(tmpdir(), 'threadkeep-zip-')), 'p.zip')
  writeFileSync(path, Buffer.from(bytes, 'latin1'))
  return path
}

describe('a zip file of a package', () => {
  it('has no names that lead out of it, no link, and no name twice', async () => {
    const names = ['p/bagit.txt', 'p/../../evil', '/etc/evil', 'p\\evil', 'p/data/a', 'p/data/A', 'other/b']
    const { files, refused, close } = await openPackage(await zipWith(names), 'zip')
    close()
    expect(files.map(({ name }) => name)).toEqual(['bagit.txt', 'data/a'])
    expect(refused.map(({ file, what }) => `${file}: ${what}`)).toEqual([
      '../../evil: its name leads out of the package',
      '/etc/evil: its name leads out of the package',
      'p\\evil: its name leads out of the package',
      'data/A: another file has this name',
      'other/b: it is not below p/',
    ])
    const links = await openPackage(await zipWith(['p/bagit.txt'], Buffer.from('/etc/passwd'), 0o120777), 'zip')
    links.close()
    expect(links.refused).toEqual([{ file: 'bagit.txt', what: 'it is a link' }])
  })

  it('has the same names in its directory and before the bytes, and no empty folder', async () => {
    const path = await zipWith(['p/bagit.txt', 'p/README.md', 'p/data/', 'p/data/a', 'p/more/'], Buffer.alloc(0))
    const bytes = readFileSync(path, 'latin1')
    writeFileSync(path, Buffer.from(bytes.replace('README.md', 'README.xx'), 'latin1'))
    const { refused, close } = await openPackage(path, 'zip')
    close()
    expect(refused.map(({ file, what }) => `${file}: ${what}`)).toEqual([
      'more/: it is an empty folder, which packages have none of',
      'README.md: it is called p/README.xx where its bytes are',
    ])
  })

  it('is not unpacked where it would be a bomb', async () => {
    const opened = await openPackage(await zipWith(['p/bagit.txt'], Buffer.alloc(101_000_000)), 'zip')
    opened.close()
    expect(opened.files).toEqual([])
    expect(opened.refused[0]?.what).toMatch(/^it would be \d+ times as large as it is stored, as in a zip bomb$/)
  })

  it('is no package without anything of one, and no zip file where it is damaged', async () => {
    const path = await zipWith(['p/notes.txt'])
    const opened = await openPackage(path, 'zip')
    opened.close()
    expect(isPackage(opened)).toBe(false)
    writeFileSync(path, 'PK\x03\x04 and then nothing')
    expect(kindAt(path)).toBe('zip')
    await expect(openPackage(path, 'zip')).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('is damaged'),
    })
  })
})
