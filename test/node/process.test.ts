import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { processIo } from '../../src/cli/terminal/io.js'
import { laterFlag, lifeOf } from '../../src/node/process.js'

const { isAlive } = processIo()
const iso = (milliseconds: number) => new Date(milliseconds).toISOString()
const onLinux = process.platform === 'linux'
const children: { kill(signal: 'SIGKILL'): void }[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe('the holder of a lock', () => {
  it('is alive while it runs, and not after', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    children.push(child)
    const pid = child.pid as number
    expect(isAlive(pid, iso(Date.now()))).toBe(true)
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    expect(isAlive(pid, iso(Date.now()))).toBe(false)
  })

  it.runIf(onLinux)('is another one if it began later than the lock (told on Linux only)', () => {
    expect(isAlive(process.pid, iso(Date.now() - 86_400_000))).toBe(false)
    expect(lifeOf(process.pid)?.startedAt).toBeGreaterThan(Date.now() - 3_600_000)
    expect(lifeOf(process.pid)?.startedAt).toBeLessThanOrEqual(Date.now() + 1000)
  })

  it.runIf(onLinux)('is dead as a zombie, whose parent never asks for its end (told on Linux only)', async () => {
    // The shell becomes a sleeper that knows nothing of its child, which ends at once.
    const parent = spawn('sh', ['-c', 'sh -c "echo \\$\\$" & exec sleep 60'])
    children.push(parent)
    const pid = Number(await new Promise<string>(resolve => parent.stdout.once('data', text => resolve(String(text)))))
    const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0]
    for (let wait = 0; wait < 100 && state() !== 'Z'; wait++) await new Promise(resolve => setTimeout(resolve, 20))
    expect(state()).toBe('Z')
    expect(isAlive(pid, iso(Date.now()))).toBe(false)
  })
})

it('sets flags that V8 knows: it would print a line about any other', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  const sources = ['src/node/process.ts', 'src/run/parsing/heap.ts'].map(file => readFileSync(file, 'utf8')).join('')
  const flags = [...sources.matchAll(/'--([a-z-]+)[=']/g)].map(([, name]) => name)
  expect(flags.length).toBe(4)
  const isKnown = (flag: string | undefined) => flag !== 'interrupt-budget' || laterFlag(process.versions.v8) !== null
  for (const flag of flags.filter(isKnown)) expect(known).toMatch(new RegExp(`^\\s*--${flag} \\(`, 'm'))
})

it('tells only the V8 of Node 20 to optimise later: newer ones do not know the flag', () => {
  const versions = ['11.3.244.8-node.38', '12.4.254.21-node.57', '13.6.233.17-node.53']
  expect(versions.map(laterFlag)).toEqual(['--interrupt-budget=600000', null, null])
})
