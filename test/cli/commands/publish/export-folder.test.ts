import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredThread } from '../../../../src/model/archive.js'
import { ArchiveError, EXIT } from '../../../../src/model/errors.js'
import { removeLeftovers } from '../../../../src/node/atomic-write.js'
import { writeFolder } from '../../../../src/node/export-folder.js'
import { exportPlaces } from '../../../../src/node/export-places.js'
import { MANIFEST, manifestText, readManifest } from '../../../../src/node/manifest.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

const BEES = { id: '2', slug: 'bees', name: 'Bees', url: 'https://community.example/groups/bees/' }
const GARDEN = thread([post('1', null), post('2', '1')], { title: 'Beans' })
const [WASPS, HONEY] = [
  thread([post('20', null)], { group: BEES, title: 'Wasps' }),
  thread([post('30', null)], { group: BEES, title: 'Honey' }),
]
const EDITED = thread([post('1', null, { html: '<p>New</p>', text: 'New' }), post('2', '1')], { title: 'Beans' })

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const exporting = (threads: StoredThread[], line = '', failing?: Error) =>
  running(
    ['export', '-o', 'out/', ...line.split(' ').filter(Boolean)],
    testIo({ cwd }, holding(readerOf(threads, failing))),
  )
const names = () =>
  readdirSync(join(cwd, 'out'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(cwd.length + 5))
    .sort()
const [beans, wasps, honey] = [
  'gardeners/2024-05-01-beans-1.md',
  'bees/2024-05-01-wasps-20.md',
  'bees/2024-05-01-honey-30.md',
]
const manifest = () => readFileSync(join(cwd, 'out/.threadkeep.json'), 'utf8')

/** Sets the times of all files back, so that each later write shows. */
const LONG_AGO = new Date('2020-01-01')
function growOld() {
  for (const name of names()) utimesSync(join(cwd, 'out', name), LONG_AGO, LONG_AGO)
}
const touched = () => names().filter(name => statSync(join(cwd, 'out', name)).mtimeMs !== LONG_AGO.getTime())

describe('the folder of an export, exported again', () => {
  test('nothing is touched where nothing changed, the manifest included', async () => {
    await exporting([GARDEN, WASPS])
    growOld()
    expect((await exporting([GARDEN, WASPS])).err).toBe('2 threads, 3 posts written to out/\n')
    expect(touched()).toEqual([])
  })

  test('an edit, a rename and a deletion touch exactly their files', async () => {
    await exporting([GARDEN, WASPS, HONEY])
    growOld()
    const { err } = await exporting([EDITED, { ...WASPS, title: 'Hornets' }])
    const hornets = wasps.replace('wasps', 'hornets')
    expect(names()).toEqual(['.threadkeep.json', hornets, beans])
    expect(touched()).toEqual(['.threadkeep.json', hornets, beans])
    expect(err).toContain('2 files of an earlier export removed')
    for (const name of [wasps, honey]) expect(err).toContain(name)
  })

  test('a later reading that found nothing new touches no document; one that found something says when', async () => {
    const later = { readAt: '2024-06-30T00:00:00Z' }
    await exporting([GARDEN, WASPS])
    growOld()
    await exporting([
      { ...GARDEN, ...later },
      { ...WASPS, ...later },
    ])
    expect(touched()).toEqual([])
    await exporting([
      { ...EDITED, ...later },
      { ...WASPS, ...later },
    ])
    expect(touched()).toEqual(['.threadkeep.json', beans])
    expect(readFileSync(join(cwd, 'out', beans), 'utf8')).toContain('as of 30 June 2024')
  })

  test('a folder that holds nothing any more is removed', async () => {
    await exporting([GARDEN, WASPS])
    await exporting([GARDEN])
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['.threadkeep.json', 'gardeners'])
  })

  test('a file that somebody has changed stays, and is named', async () => {
    await exporting([GARDEN, WASPS])
    writeFileSync(join(cwd, 'out', wasps), 'My notes')
    const { err } = await exporting([GARDEN])
    expect(err).toContain('1 file of an earlier export is out of date, but has been changed since and was left: bees/')
    expect(readFileSync(join(cwd, 'out', wasps), 'utf8')).toBe('My notes')
    // It is no file of threadkeep's any more.
    expect(manifest()).not.toContain(wasps)
  })

  test('a file that somebody has put there is not replaced, and nothing is written: unless --overwrite is given', async () => {
    await exporting([GARDEN])
    mkdirSync(join(cwd, 'out/bees'))
    writeFileSync(join(cwd, 'out', honey), 'My own file')
    const before = names()
    const { code, err } = await exporting([GARDEN, WASPS, HONEY])
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(
        `${honey} is there already, and no export of threadkeep has written it. Nothing was written.\n`,
      ),
    ])
    expect(err).toContain('--overwrite')
    expect([names(), readFileSync(join(cwd, 'out', honey), 'utf8')]).toEqual([before, 'My own file'])
    // Documents of other names are written beside it.
    expect((await exporting([GARDEN, WASPS])).code).toBe(0)
    expect((await exporting([GARDEN, WASPS, HONEY], '--overwrite')).code).toBe(0)
    expect(readFileSync(join(cwd, 'out', honey), 'utf8')).not.toBe('My own file')
    expect((await exporting([GARDEN, WASPS, HONEY])).code).toBe(0)
  })

  test('of several formats, none is written where a folder is in place of a file of one, or a file in place of a folder', async () => {
    mkdirSync(join(cwd, 'out/threadkeep-export.csv'), { recursive: true })
    mkdirSync(join(cwd, 'out/md'))
    writeFileSync(join(cwd, 'out/md/gardeners'), 'My own')
    const before = names()
    for (const [formats, reason] of [
      ['jsonl,csv', 'EISDIR'],
      ['jsonl,md', 'ENOTDIR'],
    ])
      for (const more of ['', '--overwrite']) {
        const { code, err } = await exporting([GARDEN], `-f ${formats} ${more}`)
        expect([formats, code, names()]).toEqual([formats, 2, before])
        expect(err).toContain(reason)
      }
  })

  test('of several formats, none is written where a file is in the way of one', async () => {
    mkdirSync(join(cwd, 'out/html'), { recursive: true })
    for (const name of ['html/index.html', 'threadkeep-export.csv']) {
      writeFileSync(join(cwd, 'out', name), 'My own')
    }
    const before = names()
    for (const formats of ['md,html', 'md,csv']) {
      const { code, err } = await exporting([GARDEN], `-f ${formats}`)
      expect([formats, code, names()]).toEqual([formats, 2, before])
      expect(err).toContain('is there already')
    }
  })

  test('a file that somebody has changed is replaced by a document of its name, and named; one put there, with --overwrite', async () => {
    await exporting([GARDEN, WASPS])
    writeFileSync(join(cwd, 'out', beans), 'My notes')
    writeFileSync(join(cwd, 'out', honey), 'My own file')
    const { err } = await exporting([{ ...GARDEN, readAt: '2024-06-30T00:00:00Z' }, WASPS, HONEY], '-q --overwrite')
    expect(err).toContain(
      `2 files replaced that had been changed since, or that threadkeep had not written: ${beans}, ${honey}`,
    )
    // Nothing of the thread is new: it is the document of before.
    expect(readFileSync(join(cwd, 'out', beans), 'utf8')).toContain('as of 2 May 2024')
    expect((await exporting([{ ...GARDEN, readAt: '2024-06-30T00:00:00Z' }, WASPS, HONEY])).err).not.toContain(
      'replaced',
    )
  })

  test('what another selection still lists stays', async () => {
    await exporting([GARDEN, WASPS, HONEY])
    await exporting([GARDEN, WASPS, HONEY], 'bees')
    await exporting([GARDEN, WASPS], 'bees')
    expect(names()).toContain(honey)
  })

  test('files that threadkeep did not write stay', async () => {
    await exporting([GARDEN, WASPS])
    writeFileSync(join(cwd, 'out/bees/mine.md'), 'Mine')
    await exporting([GARDEN])
    expect(names()).toContain('bees/mine.md')
  })

  test('another selection leaves files alone, but for those of threads that it has renamed', async () => {
    await exporting([GARDEN, WASPS, HONEY])
    await exporting([GARDEN, { ...WASPS, title: 'Hornets' }], 'bees')
    expect(names()).toEqual(['.threadkeep.json', wasps.replace('wasps', 'hornets'), honey, beans].sort())
    // HONEY is gone from the archive: the first selection takes its file away.
    await exporting([GARDEN, { ...WASPS, title: 'Hornets' }])
    expect(names()).not.toContain(honey)
  })

  test('an export that fails removes nothing, and the next one still knows the files', async () => {
    await exporting([GARDEN, WASPS, HONEY])
    expect((await exporting([{ ...GARDEN, title: 'Peas' }], '', new ArchiveError('torn'))).code).toBe(EXIT.archive)
    expect(names()).toContain(wasps)
    await exporting([{ ...GARDEN, title: 'Peas' }])
    expect(names()).toEqual(['.threadkeep.json', beans.replace('beans', 'peas')])
  })
})

describe('a manifest', () => {
  test('lists each file and each thread on a line, with hashes, and with the times of reading', async () => {
    await exporting([WASPS])
    const hashed = manifest().replace(/\b([0-9a-f]{32}){1,2}\b/g, hash => `${hash.length * 4} bits`)
    expect(hashed).toBe(`{"schema": "threadkeep.manifest/1", "exports": [
  {"format": "md", "selection": "", "files": {
    "bees/2024-05-01-wasps-20.md": {"sha256":"256 bits","thread":"https://community.example/ 20"}
  }, "threads": {
    "https://community.example/ 20": {"content":"128 bits","readAt":"2024-05-02T00:00:00Z","seen":[[1,"2024-05-02T00:00:00Z"]]}
  }}
]}
`)
  })

  test.each(['', '{', '{"schema": "threadkeep.manifest/9", "exports": []}', '[]'])(
    '%j is no manifest: nothing is written',
    async text => {
      await exporting([GARDEN])
      writeFileSync(join(cwd, 'out/.threadkeep.json'), text)
      const { code, err } = await exporting([WASPS])
      expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('is no list of exported files')])
      expect(names()).toEqual(['.threadkeep.json', beans])
    },
  )

  test('of a stranger removes nothing outside the folder', async () => {
    await exporting([GARDEN])
    writeFileSync(join(cwd, 'secret'), '')
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const text = manifest().replace('"gardeners', `"../secret": {"sha256": "${empty}"},\n"gardeners`)
    writeFileSync(join(cwd, 'out/.threadkeep.json'), text)
    const { code, err } = await exporting([GARDEN])
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('is no list of exported files')])
    expect(readdirSync(cwd)).toContain('secret')
  })
})

describe('links, leftovers and names', () => {
  test('no file is removed behind a link that came later', async () => {
    await exporting([GARDEN, WASPS])
    renameSync(join(cwd, 'out/bees'), join(cwd, 'elsewhere'))
    symlinkSync('../elsewhere', join(cwd, 'out/bees'))
    await exporting([GARDEN])
    expect(readdirSync(join(cwd, 'elsewhere'))).toHaveLength(1)
  })

  test('another export into the folder that ends meanwhile keeps its list', async () => {
    const folder = join(cwd, 'out')
    const pause = async () => {}
    const files = function* () {
      yield { name: 'a.md', body: ['a'] }
      writeFileSync(
        join(folder, MANIFEST),
        [...manifestText([{ format: 'html', selection: '', files: { 'b.html': { sha256: 'b' } }, threads: {} }])].join(
          '',
        ),
      )
    }
    await writeFolder({ folder, files, format: 'md', selection: '' }, pause)
    expect(readManifest(folder).map(({ format }) => format)).toEqual(['html', 'md'])
  })

  test('a pipe in place of the list is not waited for', async () => {
    mkdirSync(join(cwd, 'out'))
    expect(spawnSync('mkfifo', [join(cwd, 'out', MANIFEST)]).status).toBe(0)
    expect((await exporting([GARDEN])).code).toBe(EXIT.usage)
  })

  test('a link of the folder that leads elsewhere is not written through, nor are files behind it removed', async () => {
    mkdirSync(join(cwd, 'elsewhere'))
    mkdirSync(join(cwd, 'out'))
    symlinkSync('../elsewhere', join(cwd, 'out/gardeners'))
    const { code, err } = await exporting([GARDEN])
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('leads out of the output folder by a link')])
    expect(readdirSync(join(cwd, 'elsewhere'))).toEqual([])
  })

  test('the list is no document', async () => {
    const { code, err } = await running(
      ['export', '-f', 'json', '-o', 'out/.threadkeep.{ext}'],
      testIo({ cwd }, holding(readerOf([GARDEN]))),
    )
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('is the name of the list')])
  })

  test('a folder or a pipe in place of the list ends in a sentence', async () => {
    mkdirSync(join(cwd, 'out/.threadkeep.json'), { recursive: true })
    const { code, err } = await exporting([GARDEN])
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('is no list of exported files')])
  })

  test('what a killed export has written is listed, and known to the next one', async () => {
    const [out, killed] = [join(cwd, 'out'), join(cwd, 'killed')]
    const files = function* () {
      for (const name of ['a.md', 'b.md', 'c.md']) yield { name, body: [name], thread: `https://x.example ${name}` }
      cpSync(out, killed, { recursive: true })
      yield { name: 'd.md', body: ['d'] }
    }
    await writeFolder({ folder: out, files, format: 'md', selection: '' }, async () => {})
    expect(readdirSync(out)).toEqual(['.threadkeep.json', 'a.md', 'b.md', 'c.md', 'd.md'])
    const [listed] = readManifest(killed)
    expect(Object.keys(listed?.files ?? {})).toEqual(['a.md', 'b.md', 'c.md'])
    expect(listed?.files['a.md']).toEqual(readManifest(out)[0]?.files['a.md'])
    expect(exportPlaces([killed]).folders).toEqual([killed])
    const next = { folder: killed, files: () => [{ name: 'a.md', body: ['a.md'] }], format: 'md', selection: '' }
    expect(await writeFolder(next, async () => {})).toEqual({ removed: ['b.md', 'c.md'], kept: [], overwritten: [] })
    expect(readdirSync(killed)).toEqual(['.threadkeep.json', 'a.md'])
  })

  test('a file is listed before it is written, also where the list can no longer be', async () => {
    const out = join(cwd, 'out')
    const files = function* () {
      yield { name: 'a.md', body: ['a'] }
      yield {
        name: 'b.md',
        body: (function* () {
          const lines = readFileSync(join(out, `.threadkeep-${process.pid}.jsonl`), 'utf8')
          expect(lines).toContain('"b.md"')
          mkdirSync(join(out, '.threadkeep.json'))
          yield 'b'
          throw new Error('no space')
        })(),
      }
    }
    const target = { folder: out, files, format: 'md', selection: '' }
    await expect(writeFolder(target, async () => {})).rejects.toThrow('no space')
    rmSync(join(out, '.threadkeep.json'), { recursive: true })
    expect(Object.keys(readManifest(out)[0]?.files ?? {})).toEqual(['a.md', 'b.md'])
  })

  test('what a killed export has left is removed; what a running one writes is not', async () => {
    await exporting([GARDEN])
    const dead = spawnSync(process.execPath, ['-e', '0']).pid
    const parts = [dead, process.ppid].map(pid => join(cwd, `out/gardeners/.x.md.threadkeep-${pid}.part`))
    for (const part of parts) writeFileSync(part, 'half')
    removeLeftovers(join(cwd, 'out/gardeners'))
    expect(parts.map(existsSync)).toEqual([false, true])
  })

  test.each(['-wal', '-shm', '-journal'])('the %s file of a database is not replaced, and not made', async end => {
    writeFileSync(join(cwd, 'a.db'), 'SQLite format 3\0 and more')
    writeFileSync(join(cwd, 'b.db'), 'SQLite format 3\0 and more')
    writeFileSync(join(cwd, `a.db${end}`), 'changes')
    const args = ['export', '-f', 'json', '-o', `b.db${end}`]
    expect((await running(args, testIo({ cwd }, holding(readerOf([GARDEN]))))).code).toBe(EXIT.usage)
    expect(existsSync(join(cwd, `b.db${end}`))).toBe(false)
    const { code, err } = await running(
      ['export', '-f', 'json', '-o', `a.db${end}`],
      testIo({ cwd }, holding(readerOf([GARDEN]))),
    )
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('is the name of a part of the SQLite database')])
    expect(readFileSync(join(cwd, `a.db${end}`), 'utf8')).toBe('changes')
  })
})
