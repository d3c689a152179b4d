import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Exporter, exportTo, openArchive } from '../../src/index.js'
import { archiveShowing, fetching, file, HOST, hosts, png } from '../run/media/hosts.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** A line for each attachment: what the export says of its local copy. */
const paths = (over: Partial<Exporter> = {}): Exporter => ({
  name: 'paths',
  summary: 'local copies',
  extension: 'paths',
  scope: 'thread',
  delivery: 'stdout',
  *render(threads, { media }) {
    for (const { posts } of threads)
      for (const { post } of posts)
        for (const { url } of post.attachments) {
          const local = media?.(url)
          yield `${local ? `${local.path} ${local.type} ${local.isImage}` : 'none'}\n`
        }
  },
  ...over,
})

/** An archive, `my bees.db`, with a picture, a drawing and a file that is gone. */
async function kept() {
  const path = archiveShowing(`${HOST}a b%2F..%2F..%2Fc.png`, `${HOST}CON.svg`, `${HOST}gone.png`)
  const { proxy } = await hosts({
    [`${HOST}a%20b%2F..%2F..%2Fc.png`]: file(png('a')),
    [`${HOST}CON.svg`]: file(SVG, { 'content-type': 'image/svg+xml' }),
  })
  await fetching(path, proxy)
  return path
}

const exported = async (
  db: string,
  destination: string,
  over: Parameters<typeof exportTo>[1] = {},
  own?: Partial<Exporter>,
) => {
  const target = join(dirname(db), destination)
  await exportTo(target, { db, format: 'paths', exporters: [paths(own)], ...over })
  return target
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(?:paths|png|svg)$/.test(name))
    .sort()

describe('an export leads to the files that are kept', () => {
  it('from a file to those beside the archive', async () => {
    const db = await kept()
    const lines = readFileSync(await exported(db, 'out/all.paths'), 'utf8').split('\n')
    expect(lines).toEqual([
      expect.stringMatching(/^\.\.\/archive\.media\/[0-9a-f]{2}\/[0-9a-f]{64}\.png image\/png true$/),
      expect.stringMatching(/^\.\.\/archive\.media\/[0-9a-f]{2}\/[0-9a-f]{64}\.svg image\/svg\+xml false$/),
      ...['none', ''],
    ])
    const [path = ''] = (lines[0] ?? '').split(' ')
    expect(readFileSync(join(dirname(db), 'out', path)).equals(png('a'))).toBe(true)
  })

  it('into a folder as copies, with a way up from documents in folders of their own', async () => {
    const db = await kept()
    const folder = await exported(db, 'out/{group}/{id}.paths')
    expect(filesIn(join(dirname(db), 'out'))).toEqual([
      ...['gardeners/1.paths', 'gardeners/2.paths', 'gardeners/3.paths'],
      expect.stringMatching(/^media\/c-[0-9a-f]{8}\.png$/),
      expect.stringMatching(/^media\/con-[0-9a-f]{8}\.svg$/),
    ])
    expect(folder).toContain('{group}')
    const line = readFileSync(join(dirname(db), 'out/gardeners/1.paths'), 'utf8')
    expect(line).toMatch(/^\.\.\/media\/c-[0-9a-f]{8}\.png image\/png true\n$/)
  })

  it.each([
    ['none', ['out/all.paths'], /^none\nnone\nnone\n$/],
    ['copy', ['out/all.paths', expect.stringMatching(/media\/c-/), expect.stringMatching(/media\/con-/)], /^media\/c-/],
  ] as const)('with %s as wished', async (media, names, lines) => {
    const db = await kept()
    const path = await exported(db, 'out/all.paths', { media })
    expect(filesIn(dirname(db)).filter(name => name.startsWith('out'))).toEqual(names)
    expect(readFileSync(path, 'utf8')).toMatch(lines)
  })

  it('a second export touches nothing, and takes away a copy that nobody shows any more', async () => {
    const db = await kept()
    await exported(db, 'out/')
    const before = filesIn(join(dirname(db), 'out'))
    await exported(db, 'out/')
    expect(filesIn(join(dirname(db), 'out'))).toEqual(before)
    await exported(db, 'out/', {}, { render: () => ['no files\n'] })
    expect(filesIn(join(dirname(db), 'out')).filter(name => name.startsWith('media'))).toEqual([])
  })

  it('not to a file that somebody has taken away or changed', async () => {
    const db = await kept()
    const open = openArchive(db)
    const stored = open.storedFile?.(`${HOST}CON.svg`)
    open.close()
    writeFileSync(stored?.file ?? '', 'x')
    expect(readFileSync(await exported(db, 'out/all.paths'), 'utf8').split('\n')[1]).toBe('none')
  })

  it('nowhere, where no files were fetched', async () => {
    expect(readFileSync(await exported(archiveShowing(`${HOST}a.png`), 'all.paths'), 'utf8')).toBe('none\n')
  })
})
