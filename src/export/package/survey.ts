import type { ArchiveReader, GroupSummary, StoredThread, ThreadReader, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { knownAddress } from '../../model/unknown-site.js'
import { closedGroups } from '../closed-groups.js'
import { NOTICES } from '../exporter.js'

/** A group that a package has threads of. */
interface SurveyedGroup {
  name: string
  /** Null: no page showed it. */
  status: string | null
  threads: number
  /** Posts that are held in full, those that the site showed, and whether each of its threads was seen whole. */
  held: number
  claimed: number
  seenWhole: boolean
  /** Number of threads that a member read, by a login. */
  asMember: number
}

/** What the threads of a package are, and what is missing of them. */
export interface Survey {
  /** Base URLs. */
  sites: string[]
  groups: SurveyedGroup[]
  threads: number
  /** Threads that are membership notices, which documents leave out. */
  notices: number
  /** Posts that are gone from the site. */
  gone: number
  complete: number
  /** Threads of which the archive holds less than the site showed: their number, the posts held, and those claimed. */
  short: { threads: number; held: number; claimed: number }
  /** Threads that were never seen whole. */
  unknown: number
  /** Names of the groups of the archive whose posts its readers could not see. */
  closed: string[]
  /** Files of posts of the archive that are not held. */
  missingFiles: number
  /** Opening posts: the earliest and the latest date; null: none is known. */
  from: Instant | null
  to: Instant | null
  /** Of these dates; absent: they are exact. */
  precision?: 'month'
  /** Requests of the archive that have not succeeded. */
  gaps: number
  /** Targets of the archive whose last run did not end well. */
  unfinished: number
  /** The date of the package; null: no run is recorded. */
  madeAt: Instant | null
}

/** Reads the summaries once. `closed`: the selection covers groups that are closed to the reader. */
export function surveyOf(
  threads: Iterable<ThreadSummary>,
  archive: ArchiveReader,
  closed: boolean,
): Omit<Survey, 'madeAt'> {
  const counts = new Counts()
  for (const thread of threads) counts.add(thread)
  const { targets, media } = archive.status()
  const groups = [...archive.groups()]
  return {
    ...counts.survey(groups),
    closed: closed ? closedGroups(archive).map(({ name, slug }) => name ?? slug) : [],
    missingFiles: (media?.missing ?? 0) + (media?.wanted ?? 0),
    gaps: targets.reduce((sum, { gaps }) => sum + gaps.length, 0),
    unfinished: targets.filter(({ lastState }) => lastState !== null && lastState !== 'done').length,
  }
}

/** True if something is missing, as far as the archive can tell. */
export const hasGaps = ({ short, unknown, closed, missingFiles, gaps, unfinished }: Survey): boolean =>
  short.threads + unknown + closed.length + missingFiles + gaps + unfinished > 0

const NOTICE_TYPES: ReadonlySet<string | null> = new Set(NOTICES)

const MEMBERS: readonly (ThreadReader | null)[] = ['session', 'password']

type Threads = Pick<StoredThread, 'site' | 'group' | 'readAs'>

const keyOf = ({ site }: Pick<Threads, 'site'>, slug: string | undefined): string => `${site} ${slug ?? ''}`

const NEW_GROUP = { status: null, threads: 0, held: 0, claimed: 0, seenWhole: true, asMember: 0 }

class Counts {
  private readonly sites = new Set<string>()
  private readonly groups = new Map<string, SurveyedGroup>()
  private readonly states = { complete: 0, short: 0, unknown: 0 }
  private readonly shortPosts = { held: 0, claimed: 0 }
  private threads = 0
  private notices = 0
  private gone = 0
  private from: Instant | null = null
  private to: Instant | null = null
  private precision: Pick<ThreadSummary, 'precision'> = {}

  add(thread: ThreadSummary): void {
    const { state, held, claimed } = thread.completeness
    this.threads++
    if (NOTICE_TYPES.has(thread.type)) this.notices++
    this.gone += thread.gonePosts
    this.states[state]++
    if (state === 'short') this.shortPosts.held += held
    if (state === 'short') this.shortPosts.claimed += claimed ?? held
    const site = knownAddress(thread.site)
    if (site !== null) this.sites.add(site)
    this.addGroup(thread)
    const { from, to } = thread.when
    if (thread.precision) this.precision = { precision: thread.precision }
    const [first, last] = [from ?? to, to ?? from]
    if (first !== null && (this.from === null || first < this.from)) this.from = first
    if (last !== null && (this.to === null || last > this.to)) this.to = last
  }

  private addGroup(thread: ThreadSummary): void {
    if (!thread.group) return
    const { slug, name } = thread.group
    const { state, held, claimed } = thread.completeness
    const own = this.groups.get(keyOf(thread, slug)) ?? { ...NEW_GROUP, name: name ?? slug }
    own.threads++
    own.held += held
    own.claimed += state === 'short' ? (claimed ?? held) : held
    if (state === 'unknown') own.seenWhole = false
    if (MEMBERS.includes(thread.readAs)) own.asMember++
    this.groups.set(keyOf(thread, slug), own)
  }

  survey(known: Iterable<GroupSummary>): Omit<Survey, 'closed' | 'missingFiles' | 'gaps' | 'unfinished' | 'madeAt'> {
    for (const group of known) {
      const own = this.groups.get(keyOf(group, group.slug))
      if (own) own.status = group.status
    }
    const { complete, short: threads, unknown } = this.states
    return {
      ...{ sites: [...this.sites].sort(), groups: [...this.groups.values()], threads: this.threads },
      ...{ notices: this.notices, gone: this.gone },
      ...{ complete, short: { threads, ...this.shortPosts }, unknown, from: this.from, to: this.to },
      ...this.precision,
    }
  }
}
