import { closeSync, copyFileSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { MIGRATIONS, versionOf } from '../schema/migrations.js'

/**
 * Copies the file to `NAME.before-schema-N` before it is migrated to schema N. A copy that exists is never overwritten: it may be the
 * only whole one, where an earlier migration was stopped half-way. The next copy has a number after its name.
 */
export function copyBeforeMigration(db: Database, file: string): void {
  const version = versionOf(db)
  if (version === 0 || version >= MIGRATIONS.length || file === ':memory:') return
  db.pragma('wal_checkpoint(TRUNCATE)')
  const copy = copyName(file, MIGRATIONS.length)
  const part = `${copy}.part`
  try {
    copyFileSync(file, part)
    keep(part, copy)
  } finally {
    rmSync(part, { force: true })
  }
}

/** `schema`: the number of the schema that the file gets. */
export const copyName = (file: string, schema: number | string): string => `${file}.before-schema-${schema}`

/** Gives the copy its name, unless there is an equal one: a migration that fails each night leaves one copy. */
function keep(part: string, copy: string): void {
  for (let number = 1; ; number++) {
    const name = number === 1 ? copy : `${copy}-${number}`
    if (existsSync(name) && !hasSameContent(part, name)) continue
    if (!existsSync(name)) renameSync(part, name)
    return
  }
}

const CHUNK = 1 << 20

function hasSameContent(one: string, other: string): boolean {
  if (statSync(one).size !== statSync(other).size) return false
  const files = [one, other].map(file => openSync(file, 'r'))
  const pieces = files.map(() => Buffer.alloc(CHUNK))
  try {
    for (;;) {
      const [read = 0] = files.map((file, at) => readSync(file, pieces[at] as Buffer, 0, CHUNK, null))
      if (read === 0) return true
      if (pieces[0]?.compare(pieces[1] as Buffer, 0, read, 0, read) !== 0) return false
    }
  } finally {
    for (const file of files) closeSync(file)
  }
}
