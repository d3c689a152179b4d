import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { BusyError } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import { ENV, page, post, shelf } from '../shelf.js'

const OTHER = { ...ENV, pid: 42, command: 'sync' }

describe('one writer at a time', () => {
  it('the second is told who holds the archive', () => {
    const one = shelf()
    expect(() => openArchive(one.file, 'write', OTHER)).toThrow(BusyError)
    expect(() => openArchive(one.file, 'write', OTHER)).toThrow(
      'Another run holds the archive: process 41, since 2026-01-01T00:00:00.000Z (threadkeep archive https://town.example/).',
    )
    one.save(page([post('1', null)]))
    one.close()
    openArchive(one.file, 'write', OTHER).close()
  })

  it('the lock of a process that is gone is taken over', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const next = openArchive(one.file, 'write', { ...OTHER, isAlive: pid => pid !== 41 })
    expect([...next.reader.threads({})]).toHaveLength(1)
    // The dead one, should it wake up, must not release the lock of the living.
    one.close()
    expect(() => openArchive(one.file, 'write', { ...OTHER, pid: 43 })).toThrow('process 42')
    next.close()
  })

  it('another machine can not be asked: its lock stands, and the advice says how to remove it', () => {
    const one = shelf()
    const error = (() => {
      try {
        openArchive(one.file, 'write', { ...OTHER, host: 'there', isAlive: () => false })
      } catch (failure) {
        return failure
      }
    })()
    expect(error).toMatchObject({
      exitCode: 7,
      message: expect.stringContaining('process 41 on here'),
      advice: expect.stringContaining('DELETE FROM locks'),
    })
    one.close()
  })

  it('the lock of another machine ends an hour after its last sign of life, and its run with it', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const at = (minutes: number) => ({ ...OTHER, host: 'there', now: () => Date.UTC(2026, 0, 1, 0, minutes) })
    changed(
      one.file,
      "UPDATE captures SET captured_at = '2026-01-01T00:30:00.000Z'; UPDATE runs SET started_at = '2026-01-01T00:00:00.000Z'",
    )
    expect(() => openArchive(one.file, 'write', at(80))).toThrow('process 41 on here')
    const next = openArchive(one.file, 'write', at(100))
    expect(() => one.save(page([post('2', null)]))).toThrow('Another run has taken over the archive')
    expect(one.sql('SELECT site_post_id AS id FROM posts')).toEqual([{ id: '1' }])
    one.close()
    expect(() => openArchive(one.file, 'write', { ...at(100), pid: 43 })).toThrow('process 42')
    next.close()
  })

  it('a time that lies far ahead of the clock is no sign of life', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    changed(
      one.file,
      "UPDATE captures SET captured_at = '2036-01-01T00:30:00.000Z'; UPDATE runs SET started_at = '2036-01-01T00:00:00.000Z'",
    )
    const later = () => Date.UTC(2026, 0, 2)
    openArchive(one.file, 'write', { ...OTHER, host: 'there', now: later }).close()
    one.close()
  })

  it('a second writer of the same process is refused, by whatever path it comes', () => {
    const one = shelf()
    symlinkSync(one.file, `${one.file}.link`)
    const paths = [one.file, relative(process.cwd(), one.file), `${one.file}.link`]
    for (const path of paths) {
      expect(() => openArchive(path, 'write', ENV)).toThrow(BusyError)
      expect(() => openArchive(path, 'write', { ...ENV, command: 'sync' })).toThrow(
        'This process holds the archive already, since 2026-01-01T00:00:00.000Z (threadkeep archive https://town.example/).',
      )
    }
    one.save(page([post('1', null)]))
    one.close()
    for (const path of paths) openArchive(path, 'write', ENV).close()
  })

  it('the lock of an earlier process with the same number is taken over', () => {
    const earlier = shelf()
    earlier.close()
    changed(earlier.file, "INSERT INTO locks VALUES (1, 41, 'here', '2025-12-31T23:00:00.000Z', 'sync')")
    const next = openArchive(earlier.file, 'write', ENV)
    expect(() => openArchive(earlier.file, 'write', ENV)).toThrow(BusyError)
    next.close()
  })

  it('is released when the archive is closed', () => {
    const file = newFile()
    shelf(file).close()
    const again = shelf(file)
    expect(again.sql('SELECT pid, host, command FROM locks')).toEqual([{ pid: 41, host: 'here', command: ENV.command }])
    again.close()
    expect(again.sql('SELECT * FROM locks')).toEqual([])
  })
})

describe('readers', () => {
  it('never wait: they see what is saved while a run holds the archive', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const reader = openArchive(one.file, 'read', OTHER)
    expect([...reader.reader.threads({})]).toHaveLength(1)
    one.save(page([post('2', null)]))
    expect([...reader.reader.threads({})]).toHaveLength(2)
    reader.close()
    one.close()
  })

  it('change nothing', () => {
    const one = shelf()
    const reader = openArchive(one.file, 'read', OTHER)
    expect(() => reader.startRun('x', '0', 'now')).toThrow()
    reader.close()
    one.close()
  })
})

describe('a file that is taken away while it is written to', () => {
  it('ends the run with a sentence, instead of writing what nobody will find', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    renameSync(one.file, `${one.file}.gone`)
    expect(() => one.save(page([post('2', null)]))).toThrow(/was moved or removed while it was written to/)
    writeFileSync(one.file, '')
    expect(() => one.save(page([post('2', null)]))).toThrow(/was moved or removed while it was written to/)
    rmSync(one.file)
    renameSync(`${one.file}.gone`, one.file)
    one.save(page([post('2', null)]))
    expect(one.sql('SELECT site_post_id AS id FROM posts')).toEqual([{ id: '1' }, { id: '2' }])
    one.close()
  })
})

function changed(file: string, sql: string): void {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
}
