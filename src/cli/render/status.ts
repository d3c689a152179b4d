import { isClosed } from '../../export/closed-groups.js'
import type { ArchiveReader, GroupSummary } from '../../model/archive.js'
import type {
  ArchiveStatus,
  FileStatus,
  InventoryCounts,
  RunStatus,
  SyncStatus,
  TargetStatus,
} from '../../model/reports/archive-status.js'
import { knownAddress } from '../../model/unknown-site.js'
import { passPlanOf } from '../../run/plan/pass-plan.js'
import { sessionsOfTargets, type TargetSession } from '../session/session-store.js'
import type { Io } from '../terminal/io.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, completenessWords, count, day, durationWords, groupName, selfTestWords } from '../text/phrases.js'
import { terminalLine, terminalTexts } from '../text/terminal-text.js'
import { countsWords } from './media.js'
import { coloured } from './summary.js'
import { movedFrom, NO_TARGET } from './targets.js'

/** What the next sync does: continue the last pass, read everything, or read what is new and a part of the old threads. */
type NextSync = 'resume' | 'whole' | 'part'

/** A target as `threadkeep.status/1` has it. */
export type StatusTarget = Omit<TargetStatus, 'sync'> & {
  /** Seconds since the end of its last pass; null: no pass has finished. */
  ageSeconds: number | null
  logins: TargetSession[]
  sync?: Omit<SyncStatus, 'lastBegunAt'> & { next: NextSync }
}

export type StatusReport = Omit<ArchiveStatus, 'targets'> & { targets: StatusTarget[] }

/** A group as `threadkeep.status/1` has it. `closed`: for members only, and the archive holds no post of it. */
type GroupReport = Pick<GroupSummary, 'slug' | 'name' | 'access' | 'posts' | 'completeness'> & {
  site: string | null
  id: string | null
  url: string | null
  closed: boolean
}

export function statusGroups(reader: ArchiveReader): GroupReport[] {
  return [...reader.groups()].map(group => {
    const { id, slug, name, url, site, access, posts, completeness } = group
    const address = { site: knownAddress(site), id, slug, name, url: knownAddress(url) }
    return { ...address, access, posts, completeness, closed: isClosed(group) }
  })
}

/** The status of the archive, with the age of each target and the logins that are kept for it. */
export async function statusReport(status: ArchiveStatus, io: Io): Promise<StatusReport> {
  const logins = await sessionsOfTargets(
    status.targets.map(({ url }) => url),
    io,
  )
  return {
    ...status,
    targets: status.targets.map(({ sync, ...target }) => ({
      ...target,
      ageSeconds: ageOf(target.finishedAt, io.now()),
      logins: logins.get(target.url) ?? [],
      ...(sync ? { sync: syncOf(sync, target, io.now()) } : {}),
    })),
  }
}

/** Never negative, even if the clock was set back. */
function ageOf(at: string | null, now: number): number | null {
  const age = at === null ? Number.NaN : Math.floor((now - Date.parse(at)) / 1000)
  return Number.isNaN(age) ? null : Math.max(0, age)
}

function syncOf({ lastBegunAt, ...sync }: SyncStatus, { pending }: Pick<TargetStatus, 'pending'>, now: number) {
  const usual = { full: false, explain: false, audit: null, lookBackSeconds: 0 }
  const next: NextSync = pending > 0 ? 'resume' : passPlanOf({ ...sync, lastBegunAt }, usual, now).kind
  return { ...sync, next }
}

/** The state of an archive, for people. */
export function* statusLines(report: StatusReport, paint: Paint, groups: readonly GroupReport[]): Generator<string> {
  const { targets, lastRun, holder, lastRuns, file, counts, imported, media } = terminalTexts(report)
  for (const target of targets) yield* targetLines(target, paint)
  yield* groupLines(groups, paint)
  if (imported)
    yield `Imported on ${day(imported.at)}${targets.length === 0 ? '' : ' at the latest'}: ${count(imported.files, 'file')}.`
  if (targets.length === 0) yield imported ? 'No target for sync: nothing was archived from a live site.' : NO_TARGET
  if (holder) {
    const { pid, host, startedAt, command } = holder
    yield `Held by process ${pid} on ${terminalLine(host)} since ${second(startedAt)}: threadkeep ${terminalLine(command)}`
  }
  if (lastRuns && lastRuns.length > 0) yield* runLines(lastRuns, holder, paint)
  else if (lastRun) {
    const { id, startedAt, command } = lastRun
    yield paint.dim(
      `Last run: ${id}, ${second(startedAt)}, ${outcomeWords(lastRun, holder)}: threadkeep ${terminalLine(command)}`,
    )
  }
  if (file && counts) yield* fileLines(file, counts)
  if (media) yield `Files: ${countsWords(media)}`
}

/** More groups than this are only counted. */
const MOST_GROUPS = 8

/** Those that are not complete come first. */
function* groupLines(groups: readonly GroupReport[], paint: Paint): Generator<string> {
  for (const group of groups.filter(({ closed }) => closed))
    yield `${groupName(group)}  ${paint.magenta('members only')}: no post of it is held`
  const held = groups.filter(({ closed }) => !closed).sort((a, b) => rankOf(a) - rankOf(b))
  for (const group of held.slice(0, MOST_GROUPS)) {
    const { completeness } = group
    yield `${groupName(group)}  ${coloured(completeness.state, completenessWords(completeness), paint)}`
  }
  const more = held.slice(MOST_GROUPS)
  const counts = STATES.map(state => [more.filter(({ completeness }) => completeness.state === state).length, state])
  const words = counts.flatMap(([number, state]) => (number === 0 ? [] : [`${number} ${state}`]))
  if (more.length > 0) yield `${count(more.length, 'more group')}: ${words.join(', ')}`
}

/** Nobody plans by milliseconds. */
const second = (at: string): string => `${at.slice(0, 19)}Z`

const STATES = ['short', 'unknown', 'complete'] as const

const rankOf = ({ completeness }: GroupReport): number => STATES.indexOf(completeness.state)

function* targetLines(target: StatusTarget, paint: Paint) {
  const { url, reader, startedAt, finishedAt, pending, gaps, problems } = target
  const state =
    startedAt === null
      ? paint.magenta('not started yet')
      : finishedAt === null
        ? paint.magenta(`started ${second(startedAt)}, ${count(pending, 'request')} to go`)
        : gaps.length > 0
          ? paint.magenta(`read ${second(finishedAt)}, with gaps`)
          : isPartly(target)
            ? paint.magenta(`read ${second(finishedAt)}, partly`)
            : paint.green(`read ${second(finishedAt)}`)
  yield `${paint.bold(terminalLine(url))}  ${state}${reader === 'visitor' ? '' : ', as a member'}`
  if (target.moved) yield paint.dim(`  ${movedFrom(target.moved)}`)
  if (target.sync) yield* syncLines(target, target.sync, paint)
  if (target.selfTest) yield `  theme: ${selfTestWords(target.selfTest, paint)}`
  for (const message of problems.filter(one => !gaps.some(({ reason }) => reason === one)))
    yield `  ${paint.magenta('problem')}  ${terminalLine(message)}`
  for (const { url: missing, reason, again, since } of gaps) {
    const words = reason?.includes(missing) ? '' : `${terminalLine(missing)}: `
    const age = since === null ? '' : ` (since ${since.slice(0, 16)}Z)`
    yield `  ${paint.magenta(again ? 'waits' : 'gap')}  ${words}${terminalLine(reason ?? '')}${age}`
  }
}

/** The lists were read to their end, but the run named something that it could not read, or that is doubtful. */
const isPartly = ({ lastState }: Pick<TargetStatus, 'lastState'>): boolean =>
  lastState === 'partial' || lastState === 'failed'

const NEXT: Record<NextSync, string> = {
  resume: 'the next sync continues there',
  whole: 'the next sync reads it completely',
  part: 'the next sync reads new posts and some of the old threads',
}

function* syncLines(
  { url, ageSeconds, reader, logins, lastState }: StatusTarget,
  sync: NonNullable<StatusTarget['sync']>,
  paint: Paint,
) {
  const age = ageSeconds === null ? [] : [`${durationWords(ageSeconds)} ago`]
  const route = sync.via === 'auto' ? '' : ` (by ${sync.via})`
  const last = isPartly({ lastState }) ? 'its lists were last read to their end' : 'last read completely'
  const whole = sync.fullReadAt === null ? 'never read completely' : `${last} ${day(sync.fullReadAt)}`
  // A target that is a single thread has no count of threads.
  const threads = sync.threads === 0 ? [] : [count(sync.threads, 'thread')]
  yield paint.dim(`  ${[...age, ...threads, NEXT[sync.next] + route, whole].join('; ')}`)
  for (const login of logins) yield loginLine(login, paint)
  if (logins.length === 0 && reader !== 'visitor')
    yield `  ${paint.magenta('no login is kept')} for it: threadkeep login ${terminalLine(url)}, or --cookies`
}

function loginLine({ site, kind, endsAt, ended }: TargetSession, paint: Paint): string {
  const what = kind === 'session' ? 'login' : 'application password'
  if (endsAt === null) return paint.dim(`  ${what} for ${terminalLine(site)}`)
  const words = `${what} for ${terminalLine(site)} ${ended ? 'ended' : 'until'} ${day(endsAt)}`
  return `  ${ended ? paint.magenta(words) : paint.dim(words)}`
}

const outcomeWords = ({ exitCode }: NonNullable<ArchiveStatus['lastRun']>, holder: ArchiveStatus['holder']): string =>
  exitCode === null ? (holder ? 'running' : 'killed before it finished') : `exit code ${exitCode}`

/** Only the newest run can hold the lock; an older one without an exit code was killed. */
function* runLines(runs: readonly RunStatus[], holder: ArchiveStatus['holder'], paint: Paint) {
  yield 'Last runs:'
  for (const [at, run] of runs.entries()) {
    const { id, startedAt, requests, newPosts, changedPosts, gonePosts, command } = run
    const gone = gonePosts === null ? '' : `, ${gonePosts} gone`
    const figures = `${count(requests, 'request')}, ${newPosts} new, ${changedPosts} changed${gone}`
    const end = outcomeWords(run, at === 0 ? holder : null)
    yield paint.dim(`  ${id}  ${second(startedAt)}  ${end}  ${figures}  threadkeep ${terminalLine(command)}`)
  }
}

function* fileLines({ bytes, captureBytes, freeBytes, schema }: FileStatus, counts: InventoryCounts) {
  const { groups, threads, notices, livePosts, gonePosts, revisions, captures } = counts
  const posts = `${count(livePosts, 'live post')}, ${count(gonePosts, 'gone post')}`
  const ofThem = notices > 0 ? ` (${count(notices, 'membership notice')} among them)` : ''
  yield `Content: ${count(groups, 'group')}, ${count(threads, 'thread')}${ofThem}, ${posts}, ${count(revisions, 'earlier text')}`
  const free = freeBytes > 0 ? `, ${bytesWords(freeBytes)} of it free` : ''
  yield `File: ${bytesWords(bytes)}, ${bytesWords(captureBytes)} of it ${count(captures, 'captured response')}${free}; schema ${schema}`
}
