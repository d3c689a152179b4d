import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { town } from '../community/town.js'
import { item, pageOf } from '../parse/markup.js'
import { contentOf, type Desk, desk, newFile, outcome } from './outside.js'

const BIN = join(import.meta.dirname, '../../bin/threadkeep.js')
const isBuilt = existsSync(join(import.meta.dirname, '../../dist/cli/bin.js'))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Without the logins of whoever runs the tests. */
function started(args: string[]): ChildProcess {
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    env: { ...process.env, THREADKEEP_CONFIG: join(import.meta.dirname, 'nowhere') },
  })
  children.push(child)
  return child
}

/** The command in a process of its own, which is killed when the server has been asked so often, and a little later. */
function killedRun(file: string, url: string, isTime: () => boolean): Promise<string | null> {
  const args = [BIN, 'archive', '--db', file, '--sleep-requests', '0', url]
  const child = started(args)
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

describe.skipIf(!isBuilt).each(['SIGINT', 'SIGTERM'] as const)('%s (needs npm run build)', signal => {
  /** A town whose second group answers when it is let, and a run that asks for it. */
  async function waitingRun() {
    let answer = () => {}
    const asked = { slow: false }
    const { server } = await town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (!request.path.includes('mend-and-make')) return false
        asked.slow = true
        answer = () => void response.writeHead(200, { 'content-type': 'text/html' }).end(EMPTY)
        return true
      },
    })
    const file = newFile()
    const targets = ['fox-hollow-gardeners', 'mend-and-make'].map(slug => `${server.url}groups/${slug}/`)
    const child = started([BIN, 'archive', '--db', file, '--sleep-requests', '0', ...targets])
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    await until(() => asked.slow)
    return { child, ended, file, answer: () => answer() }
  }

  it('once: the page under way is finished, the run ends with 130, and what was read is kept', async () => {
    const { child, ended, file, answer } = await waitingRun()
    child.kill(signal)
    const early = await Promise.race([ended, new Promise(resolve => setTimeout(() => resolve('waiting'), 300))])
    expect(early).toBe('waiting')
    answer()
    expect(await ended).toBe(130)
    const one = desk(file)
    expect([readable(one), one.standing().lastRun?.exitCode, one.standing().holder]).toEqual([35, 130, null])
  })

  it('twice: it ends at once', async () => {
    const { child, ended, file } = await waitingRun()
    child.kill(signal)
    await new Promise(resolve => setTimeout(resolve, 200))
    child.kill(signal)
    expect(await ended).toBe(130)
    expect(readable(desk(file))).toBe(35)
  })
})

/** Raises the signal once the command is loaded and its words are read, while nothing waits that could hear it. */
const signalBeforeCommand = (signal: string) =>
  `data:text/javascript,${encodeURIComponent(`
    import { Command } from '${import.meta.resolve('commander')}'
    const { optsWithGlobals } = Command.prototype
    Command.prototype.optsWithGlobals = function () {
      process.kill(process.pid, '${signal}')
      return optsWithGlobals.call(this)
    }`)}`

describe.skipIf(!isBuilt).each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s just before the command begins (needs npm run build)',
  signal => {
    it('ends it: nothing was done', async () => {
      const { server } = await town({ pack: 'legacy' })
      const file = newFile()
      const child = started([
        '--import',
        signalBeforeCommand(signal),
        BIN,
        'archive',
        '--db',
        file,
        '--sleep-requests',
        '0',
        server.url,
      ])
      expect(await new Promise(resolve => child.once('exit', resolve))).toBe(130)
      expect([server.requests.length, existsSync(file)]).toEqual([0, false])
    })
  },
)

/** A page that takes seconds to parse: a post of this markup, which no template finds, is searched for a date. */
const SLOW = pageOf(item(1, { body: '<p>x</p>'.repeat(290_000) }).replace('activity-inner', 'x'))

describe.skipIf(!isBuilt).each(['doctor', 'login'] as const)('%s (needs npm run build)', command => {
  it('ends within two seconds of a signal, whatever is being parsed', { timeout: 60_000 }, async () => {
    let sent = false
    const { server } = await town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (request.path === '/robots.txt') return false
        response.once('finish', () => {
          sent = true
        })
        response.writeHead(200, { 'content-type': 'text/html' }).end(SLOW)
        return true
      },
    })
    const child = started([BIN, command, server.url, ...(command === 'login' ? ['--cookies', cookieFile()] : [])])
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    await until(() => sent)
    await new Promise(resolve => setTimeout(resolve, 200))
    const from = Date.now()
    child.kill('SIGTERM')
    expect(await ended).toBe(130)
    expect(Date.now() - from).toBeLessThan(2000)
  })
})

function cookieFile(): string {
  const file = newFile('cookies.txt')
  writeFileSync(file, 'wordpress_logged_in_1=maeve')
  return file
}

const EMPTY = '<html><body></body></html>'

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 10))
}

/** The command again, to its end. */
function spawned(file: string, url: string): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, 'archive', '-q', '--db', file, '--sleep-requests', '0', url], {
    stdio: 'inherit',
  })
  children.push(child)
  return new Promise(resolve => child.once('exit', resolve))
}
