// Replaces src/archive/native/sqlite.ts in the executable, which holds the binary part of better-sqlite3 as an asset.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getRawAsset } from 'node:sea'
import createDatabase from '#better-sqlite3/database.js'
import SqliteError from '#better-sqlite3/sqlite-error.js'
import { ArchiveError } from '../../dist/model/errors.js'

let loaded = null
const addon = () => {
  loaded ??= unpacked(Buffer.from(getRawAsset('better_sqlite3.node')))
  return loaded
}

export const Sqlite = Object.assign(createDatabase(addon, false), { SqliteError })

/** What can fail here has its sentence already. */
export const isUnbuilt = () => false
export const unbuilt = error => error

/** The home folder and that of the executable are for machines whose temporary folder is missing, or from which no programs may be run (`noexec`). */
function unpacked(bytes) {
  const failures = []
  for (const parent of [tmpdir, homedir, () => dirname(process.execPath)])
    try {
      return process.platform === 'win32' ? fromKept(bytes, parent()) : fromPassing(bytes, parent())
    } catch (error) {
      failures.push(error.message.replace(/\s+/g, ' '))
    }
  throw new ArchiveError(
    'SQLite cannot be loaded: the executable must unpack a part of itself for a moment, and can do so neither in the temporary folder, nor in the home folder, nor beside itself.',
    'Set TMPDIR to a folder of your own on a local disk from which programs may be run.',
    { cause: new Error(failures.join('; ')) },
  )
}

/** A new folder, which nobody else may enter, and which is gone once the file is loaded: nothing can be put in its place, nothing is left. */
function fromPassing(bytes, parent) {
  const folder = mkdtempSync(join(parent, 'threadkeep-'))
  try {
    const file = join(folder, 'better_sqlite3.node')
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' })
    return open(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Windows keeps a loaded file, so that all runs share one, below the temporary folder of the user, which is private there. */
function fromKept(bytes, parent) {
  const hash = sha256(bytes)
  const folder = join(parent, `threadkeep-${hash.slice(0, 16)}`)
  const file = join(folder, 'better_sqlite3.node')
  if (!existsSync(file) || sha256(readFileSync(file)) !== hash) {
    mkdirSync(folder, { recursive: true })
    const part = join(folder, randomUUID())
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx' })
    renameSync(part, file)
  }
  return open(file)
}

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex')

function open(file) {
  const module = { exports: {} }
  process.dlopen(module, file)
  return module.exports
}
