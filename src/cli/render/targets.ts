import type { TargetStatus } from '../../model/reports/archive-status.js'
import type { Removal, RenamePlan } from '../../model/reports/targets.js'
import { tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { count, minute } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** `threadkeep.targets/1`, without its head. */
export interface TargetsReport {
  targets: TargetStatus[]
  removed: Removal[]
  renamed: RenamePlan | null
}

/** A target in JSON: docs/schema/targets-1.json. */
export const targetRecord = ({ url, kind, name, moved, reader, finishedAt, gaps, sync }: TargetStatus) => ({
  ...{ url, kind, name, moved, reader },
  via: sync?.via ?? 'auto',
  readAt: finishedAt,
  threads: sync?.threads ?? 0,
  gaps: gaps.length,
  without: sync?.without ?? [],
})

export const NO_TARGET = 'No target has been archived yet. Run "threadkeep archive URL" first.'

/** For people: two lines for each target. */
export function* targetLines(targets: readonly TargetStatus[], paint: Paint): Generator<string> {
  if (targets.length === 0) yield NO_TARGET
  for (const target of targets) {
    const { url, kind, name, reader, finishedAt, gaps, moved } = target
    const facts = [
      ...(kind === null ? ['nothing was read of it yet'] : [name === null ? kind : `${kind} ${terminalLine(name)}`]),
      ...(target.sync && target.sync.threads > 0 ? [count(target.sync.threads, 'thread')] : []),
      ...(reader === 'visitor' ? [] : ['as a member']),
      ...(target.sync && target.sync.via !== 'auto' ? [`by ${target.sync.via}`] : []),
      finishedAt === null ? 'not read to the end yet' : `read ${minute(finishedAt)}`,
      ...(gaps.length > 0 ? [count(gaps.length, 'gap')] : []),
      ...(target.sync?.without ? [`without ${count(target.sync.without.length, 'group')}`] : []),
      ...(moved === null ? [] : [movedFrom(moved)]),
    ]
    yield paint.bold(terminalLine(url))
    yield paint.dim(`  ${facts.join('; ')}`)
  }
}

/** For scripts: URL, kind, name, reader, route, when it was read, threads, gaps. */
export function* targetRows(targets: readonly TargetStatus[]): Generator<string> {
  for (const target of targets) {
    const { url, kind, name, reader, via, readAt, threads, gaps } = targetRecord(target)
    yield tabRow([url, kind, name, reader, via, readAt, threads, gaps])
  }
}

/** The former address of a site that has moved. */
export const movedFrom = ({ from, at }: NonNullable<TargetStatus['moved']>): string =>
  `moved from ${terminalLine(from)} on ${at.slice(0, 10)}`

export function* removedLines(removals: readonly Removal[], isPlan: boolean): Generator<string> {
  for (const one of removals) {
    const url = terminalLine(one.url)
    if (one.kind === 'target')
      yield `${url} ${isPlan ? 'would be' : 'is'} no target any more. What was read of it stays in the archive.`
    else
      yield `${url} ${isPlan ? 'would not be' : 'is not'} read with ${one.from.map(terminalLine).join(' and ')} any more. What was read of it stays in the archive. To read it again: threadkeep archive ${url}`
  }
}

export function* renameLines(plan: RenamePlan, isPlan: boolean): Generator<string> {
  const [from, to] = [terminalLine(plan.from), terminalLine(plan.to)]
  yield `${from} ${isPlan ? 'would be renamed' : 'was renamed'} to ${to}.`
  if (plan.kind === 'target') return
  const { groups, posts, members } = plan
  yield `  ${count(groups, 'group')}, ${count(posts, 'post')} and ${count(members, 'member')} ${isPlan ? 'would get' : 'have'} addresses there, and stay the same rows.`
  for (const target of plan.targets) yield `  ${terminalLine(target.from)} → ${terminalLine(target.to)}`
  yield '  Captured responses keep the addresses from which they came.'
  yield `  A login for ${from} is not used at ${to}. To read there as a member: threadkeep login ${to}`
}
