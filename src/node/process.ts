import { readFileSync } from 'node:fs'

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
