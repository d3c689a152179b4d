import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { type ArchiveEnv, openArchive } from '../../../src/archive/index.js'
import { BusyError } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import { ENV, page, post, rows, shelf } from '../shelf.js'

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

  const at = (seconds: number, changes: Partial<ArchiveEnv> = {}) => ({
    ...{ ...OTHER, host: 'there', now: () => Date.UTC(2026, 0, 1, 0, 0, seconds) },
    ...changes,
  })

  it('the lock of another machine ends two minutes after its last sign of life, and its run with it', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    changed(one.file, "UPDATE locks SET beat_at = '2026-01-01T00:30:00.000Z'")
    expect(() => openArchive(one.file, 'write', at(1800 + 119))).toThrow('process 41 on here')
    const next = openArchive(one.file, 'write', at(1800 + 121))
    expect(() => one.save(page([post('2', null)]))).toThrow('Another run has taken over the archive')
    expect(one.sql('SELECT site_post_id AS id FROM posts')).toEqual([{ id: '1' }])
    one.close()
    expect(() => openArchive(one.file, 'write', at(1800 + 122, { pid: 43 }))).toThrow('process 42')
    next.close()
  })

  it('a heartbeat far ahead of the clock is no sign of life', () => {
    const one = shelf()
    changed(one.file, "UPDATE locks SET beat_at = '2036-01-01T00:30:00.000Z'")
    openArchive(one.file, 'write', at(0)).close()
    one.close()
  })

  it('a program without heartbeats keeps its lock for an hour after its last response', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    one.close()
    changed(
      one.file,
      `INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, 7, 'here', '2025-12-31T22:00:00.000Z', 'sync');
       UPDATE captures SET captured_at = '2026-01-01T00:30:00.000Z'; UPDATE runs SET started_at = '2025-12-31T22:00:00.000Z'`,
    )
    expect(() => openArchive(one.file, 'write', at(80 * 60))).toThrow('process 7 on here')
    changed(one.file, "UPDATE captures SET captured_at = '2036-01-01T00:30:00.000Z'")
    openArchive(one.file, 'write', at(80 * 60)).close()
  })

  it('two PID namespaces on one host name never take the lock of each other', () => {
    const file = newFile()
    const first = openArchive(file, 'write', { ...ENV, place: 'boot pid:[1]' })
    const second = { ...OTHER, place: 'boot pid:[2]', isAlive: () => false }
    expect(() => openArchive(file, 'write', second)).toThrow('in another container or before its last start')
    // The same number, too, is another process there.
    expect(() => openArchive(file, 'write', { ...second, pid: ENV.pid })).toThrow('Another run holds the archive')
    const later = () => ENV.now() + 121_000
    // Where the process can be asked for, it holds the lock however long its statement takes; elsewhere its heartbeat ends it.
    expect(() => openArchive(file, 'write', { ...OTHER, place: 'boot pid:[1]', now: later })).toThrow(
      'process 41, since',
    )
    openArchive(file, 'write', { ...second, now: later }).close()
    first.close()
  })

  it('a place is the same under another host name, as of a laptop in another network', () => {
    const file = newFile()
    const first = openArchive(file, 'write', { ...ENV, place: 'boot pid:[1]' })
    const moved = { ...OTHER, host: 'elsewhere', place: 'boot pid:[1]' }
    expect(() => openArchive(file, 'write', moved)).toThrow(/process 41, since/)
    openArchive(file, 'write', { ...moved, isAlive: () => false }).close()
    first.close()
  })

  it('a run gives a sign of life every 30 seconds while it waits, and at the end of each long transaction', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ['setInterval', 'clearInterval', 'Date'] })
    const file = newFile()
    const archive = openArchive(file, 'write', { ...ENV, now: Date.now })
    const beat = () => rows<{ beat_at: string }>(file, 'SELECT beat_at FROM locks')[0]?.beat_at.slice(11, 19)
    vi.advanceTimersByTime(31_000)
    expect(beat()).toBe('00:00:30')
    archive.transaction(() => vi.setSystemTime(Date.UTC(2026, 0, 1, 0, 9)))
    expect(beat()).toBe('00:09:00')
    archive.close()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('the lock of another thread of this process holds, unless that thread has ended without closing the archive', () => {
    const file = newFile()
    shelf(file).close()
    const thread = (seconds: number) =>
      changed(
        file,
        `INSERT OR REPLACE INTO locks VALUES (1, 41, 'here', '2025-12-31T23:59:00.000Z', 'sync', NULL, '2025-12-31T23:59:${seconds}.000Z')`,
      )
    thread(30)
    expect(() => openArchive(file, 'write', ENV)).toThrow('This process holds the archive already')
    thread(10)
    openArchive(file, 'write', { ...ENV, now: () => ENV.now() + 90_000 }).close()
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
    changed(
      earlier.file,
      "INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, 41, 'here', '2025-12-31T23:00:00.000Z', 'sync')",
    )
    const next = openArchive(earlier.file, 'write', { ...ENV, isAlive: (_pid, at) => at > '2026' })
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
