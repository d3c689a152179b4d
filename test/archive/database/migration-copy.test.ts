import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { MIGRATIONS } from '../../../src/archive/schema/migrations.js'
import { ArchiveError } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import { ENV, rows } from '../shelf.js'

const FIRST = join(import.meta.dirname, '../../../fixtures/archive/v1.db')

function old(): { file: string; copies: () => string[] } {
  const file = newFile()
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync(FIRST, file)
  return { file, copies: () => readdirSync(dirname(file)).filter(name => name.includes('before-schema')) }
}

const NAME = `archive.db.before-schema-${MIGRATIONS.length}`

describe('the copy before a migration', () => {
  it('is never overwritten: an earlier one may be the only whole file', () => {
    const { file, copies } = old()
    writeFileSync(`${file}.before-schema-${MIGRATIONS.length}`, 'the first copy')
    openArchive(file, 'write', ENV).close()
    expect(copies().sort()).toEqual([NAME, `${NAME}-2`])
    expect(readFileSync(join(dirname(file), NAME), 'utf8')).toBe('the first copy')
    expect(rows(join(dirname(file), `${NAME}-2`), 'PRAGMA user_version')).toEqual([{ user_version: 1 }])
  })

  it('is made once, however often the migration fails', () => {
    const { file, copies } = old()
    const db = new Sqlite(file)
    db.exec('DROP VIEW readable_threads')
    db.close()
    for (let night = 0; night < 3; night++) expect(() => openArchive(file, 'write', ENV)).toThrow(ArchiveError)
    expect(copies()).toEqual([NAME])
    expect(rows(file, 'PRAGMA user_version')).toEqual([{ user_version: 1 }])
  })
})
