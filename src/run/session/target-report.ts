import type { Archive, Pass } from '../../archive/index.js'
import type { Completeness, GroupSummary } from '../../model/archive.js'
import type { Page } from '../../model/page.js'
import type { GroupReport, Note, Problem, TargetReport } from '../../model/reports/run.js'
import { noteOfUnseen, problemOfShort, problemOfTheme } from '../judge/problems.js'

interface TargetResult {
  archive: Archive
  pass: Pass
  /** The thread's page, if the target is a thread. */
  thread: Page | null
  stopped: TargetReport['stopped']
  /** The site is down, and nothing of it was read in this run. */
  isDead?: boolean
}

/** The report of a target of which nothing was read yet. */
export const blankReport = (target: string): TargetReport => ({
  ...{ target, state: 'done', stopped: null, route: null, because: null, posts: 0 },
  ...{ groups: [], threads: [], problems: [], notes: [], selfTest: null },
})

/** The report of a target at the end of a run: state, groups and threads. */
export function describeTarget(
  report: TargetReport,
  { archive, pass, thread, stopped, isDead = false }: TargetResult,
): TargetReport {
  const groups = groupReports(archive, archive.groupsOf(pass))
  const threads = thread ? threadsOf(archive, thread, report.target) : []
  if (report.selfTest?.differences.length) report.problems.push(problemOfTheme(report.selfTest))
  // What a run names already is not named twice.
  if (report.problems.length === 0 && !stopped) report.problems.push(...shortProblems(archive, groups, threads))
  if (!stopped) report.notes.push(...unseenNotes(archive, groups))
  const held = report.posts > 0 || archive.groupsOf(pass).some(group => group.access === 'open')
  const isPartial = held && !isDead
  const state = stopped ? 'interrupted' : report.problems.length === 0 ? 'done' : isPartial ? 'partial' : 'failed'
  return { ...report, state, stopped, groups, threads }
}

/** A problem for each group, or thread of a target, that is held in part. */
function shortProblems(archive: Archive, groups: readonly GroupReport[], threads: TargetReport['threads']): Problem[] {
  const isShort = ({ completeness }: { completeness: Completeness }) => completeness.state === 'short'
  const inGroups = groups.filter(isShort).map(group => {
    const short = [...archive.reader.threadSummaries({ groups: [group.url] })].filter(isShort)
    return problemOfShort(
      group,
      short.map(({ id }) => id),
    )
  })
  return [...inGroups, ...threads.filter(isShort).map(thread => problemOfShort(thread, [thread.id]))]
}

/** A note for each group of which the list was read, and some threads were not shown whole. */
const unseenNotes = (archive: Archive, groups: readonly GroupReport[]): Note[] =>
  groups.filter(isUnseen).map(({ url }) => {
    const threads = [...archive.reader.threadSummaries({ groups: [url] })]
    return noteOfUnseen(
      url,
      threads.filter(({ completeness }) => completeness.state === 'unknown').map(({ id }) => id),
    )
  })

const isUnseen = ({ completeness: { state, claimed } }: GroupReport): boolean => state === 'unknown' && claimed !== null

/** Threads, posts and completeness of these groups in the archive. */
export function groupReports(
  archive: Archive,
  groups: readonly { url: string; access: string | null }[],
): GroupReport[] {
  const summaries = new Map([...archive.reader.groups()].map(group => [group.url, group]))
  return groups.flatMap(({ url, access }) => {
    const summary = summaries.get(url)
    return summary ? [groupReport(summary, access)] : []
  })
}

const groupReport = (group: GroupSummary, access: string | null): GroupReport => ({
  slug: group.slug,
  name: group.name,
  url: group.url,
  access: access === 'members' ? 'members' : 'open',
  threads: group.threads,
  posts: group.posts,
  gonePosts: group.gonePosts,
  completeness: group.completeness,
})

export function threadsOf(
  archive: Archive,
  page: Pick<Page, 'site' | 'threads'>,
  url: string,
): TargetReport['threads'] {
  return page.threads.flatMap(({ id }) => {
    const completeness = archive.completenessOf(page.site, id)
    return completeness ? [{ id, url, completeness }] : []
  })
}
