import type { Standing, TargetStanding } from '../model/archive.js'
import type { Paint } from './colour.js'
import { terminalLine } from './terminal-text.js'
import { count } from './words.js'

/** How far an archive has come, for people. */
export function* standingLines({ targets, lastRun, holder }: Standing, paint: Paint): Generator<string> {
  for (const target of targets) yield* targetLines(target, paint)
  if (targets.length === 0) yield 'No target has been archived yet.'
  if (holder) {
    const { pid, host, startedAt, command } = holder
    yield `Held by process ${pid} on ${terminalLine(host)} since ${startedAt}: threadkeep ${terminalLine(command)}`
  }
  if (lastRun) {
    const { id, startedAt, exitCode, command } = lastRun
    const end = exitCode === null ? (holder ? 'at work' : 'killed before its end') : `exit code ${exitCode}`
    yield paint.dim(`Last run: ${id}, ${startedAt}, ${end}: threadkeep ${terminalLine(command)}`)
  }
}

function* targetLines({ url, reader, startedAt, finishedAt, pending, gaps }: TargetStanding, paint: Paint) {
  const state =
    finishedAt === null
      ? paint.yellow(`begun ${startedAt ?? ''}, ${count(pending, 'request')} to go`)
      : gaps.length > 0
        ? paint.yellow(`read ${finishedAt}, with gaps`)
        : paint.green(`read ${finishedAt}`)
  yield `${paint.bold(terminalLine(url))}  ${state}${reader === 'visitor' ? '' : ', as a member'}`
  for (const { url: missing, reason, again } of gaps) {
    const words = reason?.includes(missing) ? '' : `${terminalLine(missing)}: `
    yield `  ${paint.yellow(again ? 'waits' : 'gap')}  ${words}${terminalLine(reason ?? '')}`
  }
}
