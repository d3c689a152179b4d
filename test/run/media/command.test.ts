import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { rows } from '../../archive/shelf.js'
import { archiveShowing, file, HOST, hosts, png } from './hosts.js'

const BIN = join(import.meta.dirname, '../../../bin/threadkeep.js')
const isBuilt = existsSync(join(import.meta.dirname, '../../../dist/cli/bin.js'))

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('.'))
    : []
const mediaOf = (path: string) => path.replace(/\.db$/, '.media')
const stateOf = (path: string) =>
  rows<{ state: string }>(path, 'SELECT state FROM media ORDER BY id').map(({ state }) => state)

const running: (() => void)[] = []
afterEach(() => {
  for (const end of running.splice(0)) end()
})

const env = { ...process.env, THREADKEEP_CONFIG: join(import.meta.dirname, 'nowhere') }
const words = (path: string, proxy: string) => [
  ...['media', 'fetch', '--db', path, '--proxy', proxy, '--sleep-requests', '0', '--retries', '0', '--json'],
]

/** The command in a process of its own. `until`: it is killed once this resolves. */
async function command(path: string, proxy: string, until?: Promise<void>) {
  const child = spawn(process.execPath, [BIN, ...words(path, proxy)], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  running.push(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', piece => {
    out += String(piece)
  })
  void until?.then(() => child.kill('SIGKILL'))
  const [code, signal] = await new Promise<[number | null, string | null]>(resolve =>
    child.once('close', (...end) => resolve(end)),
  )
  return { code, signal, report: out === '' ? null : (JSON.parse(out) as { media: unknown }) }
}

describe.skipIf(!isBuilt)('the built command (needs npm run build)', () => {
  it('goes on after kill -9 in the middle of a file, and leaves nothing half kept', async () => {
    const path = archiveShowing(`${HOST}a.png`, `${HOST}b.png`, `${HOST}c.png`)
    let halfWay = () => {}
    const isHalfWay = new Promise<void>(resolve => {
      halfWay = resolve
    })
    let isFirst = true
    const whole = png('b'.repeat(100_000))
    const { proxy, files } = await hosts({
      [`${HOST}a.png`]: file(png('a')),
      [`${HOST}b.png`]: response => {
        if (!isFirst) return void response.end(whole)
        isFirst = false
        response.writeHead(200, { 'content-length': whole.length }).write(whole.subarray(0, 70_000))
        setTimeout(halfWay, 300)
      },
      [`${HOST}c.png`]: file(png('c')),
    })
    expect((await command(path, proxy, isHalfWay)).signal).toBe('SIGKILL')
    expect(stateOf(path)).toEqual(['kept', 'wanted', 'wanted'])
    expect(filesIn(mediaOf(path)).filter(name => /[0-9a-f]{64}\.png$/.test(name))).toHaveLength(1)
    const { code, report } = await command(path, proxy)
    expect([code, report?.media]).toEqual([0, expect.objectContaining({ kept: 2, missed: 0 })])
    expect(filesIn(mediaOf(path)).every(name => /[0-9a-f]{64}\.png$/.test(name))).toBe(true)
    expect(filesIn(mediaOf(path))).toHaveLength(3)
    expect(files().map(({ url }) => url.slice(HOST.length))).toEqual(['a.png', 'b.png', 'b.png', 'c.png'])
  })

  it.runIf(process.platform === 'linux')(
    'ends with 6 on a full disk, with a sentence, and goes on once there is room',
    async () => {
      const path = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
      const { proxy } = await hosts({
        [`${HOST}a.png`]: file(png('a')),
        [`${HOST}b.png`]: file(png('b'.repeat(3_000_000))),
      })
      // The server runs in this process, so it must not wait for the command.
      const child = spawn(
        'sh',
        ['-c', 'ulimit -f 4000; exec "$0" "$@"', process.execPath, BIN, ...words(path, proxy)],
        { env },
      )
      let err = ''
      child.stderr.on('data', piece => {
        err += String(piece)
      })
      const code = await new Promise(resolve => child.once('close', resolve))
      expect([code, err]).toEqual([
        6,
        expect.stringContaining(`The folder ${mediaOf(path)} can't be written: the disk is full.`),
      ])
      expect(err).toContain('Make room on the disk, then run the same command again.')
      expect([stateOf(path), filesIn(mediaOf(path)).length]).toEqual([['kept', 'wanted'], 1])
      expect((await command(path, proxy)).code).toBe(0)
      expect(spawnSync(process.execPath, [BIN, 'verify', '--quiet', '--db', path]).status).toBe(0)
    },
  )
})
