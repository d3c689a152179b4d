import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { town } from '../demo/town.js'
import { contentOf, type Desk, desk, newFile, outcome } from './outside.js'

const BIN = join(import.meta.dirname, '../../bin/threadkeep.js')
const isBuilt = existsSync(join(import.meta.dirname, '../../dist/cli/bin.js'))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** The command in a process of its own, which is killed when the server has been asked so often, and a little later. */
function killedRun(file: string, url: string, isTime: () => boolean): Promise<string | null> {
  const args = [BIN, 'archive', '--db', file, '--sleep-requests', '0', url]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  children.push(child)
  const watch = setInterval(() => isTime() && child.kill('SIGKILL'), 1)
  return new Promise(resolve =>
    child.once('exit', (_code, signal) => {
      clearInterval(watch)
      resolve(signal)
    }),
  )
}

/** Opens like the next run would: the killed process is really gone, so its lock must give way. */
const readable = (one: Desk) => one.threads().length

describe.skipIf(!isBuilt).each(['legacy', 'nouveau'] as const)(
  'kill -9 of a running command (%s; needs npm run build)',
  pack => {
    it('leaves an archive that opens and goes on to the same end', { timeout: 120_000 }, async () => {
      const { server } = await town({ pack })
      const calm = desk()
      await calm.run(server.url)
      const total = server.requests.length
      let kills = 0
      for (let after = 2; after < total; after += 2) {
        server.requests.length = 0
        const file = newFile()
        const signal = await killedRun(file, server.url, () => server.requests.length >= after)
        if (signal) kills++
        if (!existsSync(file)) continue
        const one = desk(file, calm.clock)
        expect(readable(one)).toBeGreaterThanOrEqual(0)
        const again = await spawned(file, server.url)
        expect(again, `after ${after} requests`).toBe(0)
        expect(contentOf(one, server.url), `after ${after} requests`).toEqual(contentOf(calm, server.url))
      }
      expect(kills).toBeGreaterThan(2)
      expect(outcome(await calm.run(server.url)).code).toBe(0)
    })
  },
)

/** The command again, to its end. */
function spawned(file: string, url: string): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, 'archive', '-q', '--db', file, '--sleep-requests', '0', url], {
    stdio: 'inherit',
  })
  children.push(child)
  return new Promise(resolve => child.once('exit', resolve))
}
