import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { errorCode } from '../model/thrown.js'

/** The clock of this machine. */
export const CLOCK = {
  now: Date.now,
  /** Ends early, without an error, when the signal is aborted. */
  sleep: (milliseconds: number, signal: AbortSignal): Promise<void> =>
    setTimeout(milliseconds, undefined, { signal }).catch(() => {}),
}

/** The clock and the environment variables of this machine. */
export const MACHINE = { ...CLOCK, environment: process.env }

/** Where programs are looked for, and how they are run. */
export const THIS_MACHINE = {
  env: process.env,
  platform: process.platform as string,
  /** True for the user of Unix who may do everything. */
  isRoot: process.getuid?.() === 0,
}

/** Calls `work`, which must not wait, where the process ends, also at once. Returns a function that takes it back. */
export function atExit(work: () => void): () => void {
  process.on('exit', work)
  return () => void process.off('exit', work)
}

/** Ends a process group, which is named by its first process. One that is over is left alone. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

/** This process, as a lock names its holder. */
export const thisProcess = (): { pid: number; host: string; place: string | null } => ({
  pid: process.pid,
  host: hostName(),
  place: placeOf(),
})

/**
 * Where the process id counts. Linux: the id of this start of the machine, and the PID namespace, which each container has of its own
 * although several may have one host name. Null elsewhere.
 */
function placeOf(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return null
  }
}

/** A container may have no name that the system knows. */
function hostName(): string {
  try {
    return hostname()
  } catch {
    return 'localhost'
  }
}

/** Whether the process that had this number at that time still runs: another one may have it by now. */
export function isAlive(pid: number, at: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process can't be signalled, and runs all the same.
    if (errorCode(error) !== 'EPERM') return false
  }
  const life = lifeOf(pid) ?? (pid === process.pid ? ownLife() : null)
  return life === null || (!life.isOver && life.startedAt <= Date.parse(at) + 2000)
}

/** Of the whole process: all of its threads have the same start. */
const ownLife = () => ({ isOver: false, startedAt: Date.now() - process.uptime() * 1000 })

/**
 * Linux tells more: a process whose parent never asked for its end (containers without an init) keeps its number as a zombie,
 * and after a restart of the machine numbers begin anew. Null elsewhere. proc(5): `stat` of the process, fields 3 and 22, in
 * hundredths of a second since the machine started, which is `btime`.
 */
export function lifeOf(pid: number): { isOver: boolean; startedAt: number } | null {
  try {
    // The second field is the name in brackets, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
    const startedAt = (boot + Number(fields[19]) / 100) * 1000
    return Number.isNaN(startedAt) ? null : { isOver: /[ZX]/.test(fields[0] ?? ''), startedAt }
  } catch {
    return null
  }
}

/** The flag is of V8 11, which Node 20 has. A newer V8 does not know it, and would print a line about it at each start. */
export const laterFlag = (v8: string): string | null => (v8.startsWith('11.') ? '--interrupt-budget=600000' : null)

/**
 * From now on V8 optimises a function once it has run five times as often as it would wait for by default, where it has a flag for that. A
 * command of some seconds spends a third of its processor time on optimising, in threads beside its own, what then hardly runs; one of minutes
 * loses a part of a second.
 */
export function optimiseLater(): void {
  const flag = laterFlag(process.versions.v8)
  if (flag !== null) setFlagsFromString(flag)
}
