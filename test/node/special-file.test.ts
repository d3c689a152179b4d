import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { writeAtomically } from '../../src/node/atomic-write.js'
import { refuseUnwritable } from '../../src/node/unwritable.js'
import { afterTest } from '../cleanup.js'
import { newFile } from '../run/outside.js'

const never = async () => {}
const folderOf = () => dirname(newFile())

function pipeIn(folder: string): string {
  const path = join(folder, 'pipe')
  expect(spawnSync('mkfifo', [path]).status).toBe(0)
  return path
}

/** Opens the pipe, and does with it what the shell line says. */
async function reading(path: string, line: string) {
  const reader = spawn('sh', ['-c', `exec 3< "$1"; echo open; ${line}`, 'sh', path])
  afterTest(() => reader.kill())
  // A reader waits for its writer: the first one only lets it begin.
  const writer = spawn('sh', ['-c', 'exec 3> "$1"; cat', 'sh', path])
  afterTest(() => writer.kill())
  await once(reader.stdout, 'data')
  return { reader, begin: () => writer.stdin.end() }
}

describe('a named pipe', () => {
  it('that nobody reads is refused, and not waited for', async () => {
    const path = pipeIn(folderOf())
    await expect(writeAtomically(path, ['text'], never)).rejects.toMatchObject({
      exitCode: 2,
      message: `${path} is a named pipe, and nobody reads it.`,
    })
    expect(lstatSync(path).isFIFO()).toBe(true)
  })

  it('takes all, also more than it holds at once, at the pace of its reader', async () => {
    const path = pipeIn(folderOf())
    const { reader, begin } = await reading(path, `cat <&3 | wc -c > "$1.size"`)
    const ended = once(reader, 'exit')
    begin()
    await writeAtomically(path, ['x'.repeat(200_000), 'y'.repeat(200_000)], never)
    await ended
    expect(readFileSync(`${path}.size`, 'utf8').trim()).toBe('400000')
  })

  it('whose reader has stopped reading does not keep Ctrl-C waiting', async () => {
    const path = pipeIn(folderOf())
    await reading(path, 'sleep 600')
    let asked = 0
    const pause = async () => {
      if (++asked > 1) throw new Error('interrupted')
    }
    await expect(writeAtomically(path, ['x'.repeat(400_000)], pause)).rejects.toThrow('interrupted')
  })

  it('is no archive', () => {
    const path = pipeIn(folderOf())
    const how = { now: Date.now, pid: 1, host: 'here', command: 'list', isAlive: () => false }
    expect(() => openArchive(path, 'read', how)).toThrow('is a pipe or a device, and no file.')
  })
})

describe('a link that leads to nothing', () => {
  const links = () => {
    const folder = folderOf()
    for (const [name, target] of [
      ['file.md', 'gone/file.md'],
      ['folder', 'gone'],
      ['archive.db', 'gone/archive.db'],
      ['itself', 'itself'],
    ] as const)
      symlinkSync(target, join(folder, name))
    return folder
  }

  it.each(['file.md', 'folder/file.md', 'folder/below/file.md'])('is refused before any work: %s', async name => {
    const folder = links()
    const refused = { exitCode: 2, message: expect.stringContaining('is a link to gone') }
    expect(() => refuseUnwritable({ kind: 'file', path: join(folder, name) })).toThrow(expect.objectContaining(refused))
    await expect(writeAtomically(join(folder, name), ['text'], never)).rejects.toMatchObject(refused)
    expect(existsSync(join(folder, 'gone'))).toBe(false)
  })

  it('is named where the archive should be, unless the archive can be made there', () => {
    const folder = links()
    const path = join(folder, 'archive.db')
    const how = { now: Date.now, pid: 1, host: 'here', command: 'list', isAlive: () => false }
    for (const mode of ['read', 'write'] as const)
      expect(() => openArchive(path, mode, how)).toThrow(
        `${path} is a link to ${folder}/gone/archive.db, which does not`,
      )
    mkdirSync(join(folder, 'gone'))
    expect(() => openArchive(path, 'read', how)).toThrow('which does not exist.')
    openArchive(path, 'write', how).close()
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
  })
})
