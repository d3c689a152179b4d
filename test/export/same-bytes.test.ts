import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { EXPORTERS } from '../../src/export/index.js'
import { archive } from '../../src/index.js'
import { town } from '../community/town.js'
import { newFile } from '../run/outside.js'
import { ABOUT_FILE } from './package/about-file.js'

/** The same archive gives the same bytes on any machine: the command, run under zones and locales that differ in all that matters. */

const BIN = resolve(import.meta.dirname, '../../bin/threadkeep.js')
const isBuilt = existsSync(resolve(import.meta.dirname, '../../dist/index.js'))

/** Formats that programs of others make have tests of their own. */
const OURS = EXPORTERS.filter(({ ready }) => !ready)

const MACHINES = [
  { TZ: 'UTC', LC_ALL: 'C' },
  { TZ: 'Pacific/Apia', LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
]

/** What `--locale` changes: documents, and the lists of files with their hashes. All else is data. */
const OF_LOCALE = /(?:^|\/)\.threadkeep\.json$|^(?:html|md|maildir)\/|\.(?:atom|mbox|qdpx)$/

/** Hash by file name of all formats, written by the command in one call. */
async function exported(db: string, machine: NodeJS.ProcessEnv, ...flags: string[]): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bytes-'))
  const formats = OURS.map(({ name }) => name).join(',')
  const env = { ...process.env, ...machine }
  await promisify(execFile)(
    process.execPath,
    [BIN, 'export', '--db', db, '-f', formats, '-o', `${folder}/`, ...flags],
    { env },
  )
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const hashes = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name)
    return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]
  })
  return Object.fromEntries(hashes.sort())
}

describe.skipIf(!isBuilt)('every format (needs npm run build)', () => {
  it('has the same bytes in any zone and locale', async () => {
    const db = newFile()
    await archive(new URL('groups/mend-and-make/', (await town({ pack: 'legacy' })).server.url).href, { db, pace: 0 })
    const [first, ...others] = await Promise.all(MACHINES.map(machine => exported(db, machine)))
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(OURS.length)
    for (const other of others) expect(other).toEqual(first)
  })

  it('has the same bytes with a locale, and data the bytes that it has without', async () => {
    const db = newFile()
    await archive(new URL('groups/mend-and-make/', (await town({ pack: 'legacy' })).server.url).href, { db, pace: 0 })
    const [plain, local, other] = await Promise.all([
      exported(db, { TZ: 'Europe/Berlin', LANG: 'de_DE.UTF-8' }),
      exported(db, { TZ: 'Europe/Berlin', LANG: 'de_DE.UTF-8' }, '--locale', 'ar-EG'),
      exported(db, { TZ: 'Pacific/Apia', LC_ALL: 'C' }, '--locale', 'ar-EG'),
    ])
    expect(other).toEqual(local)
    expect(Object.keys(local)).toEqual(Object.keys(plain))
    const changed = Object.keys(plain).filter(name => plain[name] !== local[name])
    expect(changed.filter(name => !OF_LOCALE.test(name))).toEqual([])
    expect(changed.filter(name => /\.(?:html|md)$/.test(name)).length).toBeGreaterThan(10)
  })

  it('and so has a package', async () => {
    const db = newFile()
    await archive(new URL('groups/mend-and-make/', (await town({ pack: 'legacy' })).server.url).href, { db, pace: 0 })
    const hashes = await Promise.all(MACHINES.map(machine => packedHash(db, machine)))
    expect(new Set(hashes).size).toBe(1)
  })
})

/** Hash of the zip file. */
async function packedHash(db: string, machine: NodeJS.ProcessEnv): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bytes-'))
  const [about, zip] = [join(folder, 'about.yaml'), join(folder, 'p.zip')]
  writeFileSync(about, ABOUT_FILE)
  const line = [BIN, 'package', '--db', db, '--about', about, '-f', 'csv,md', '-o', zip]
  await promisify(execFile)(process.execPath, line, { env: { ...process.env, ...machine } })
  return createHash('sha256').update(readFileSync(zip)).digest('hex')
}
