import type { PassPlan, StreamTask, Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import { type ComparedGroup, comparedGroups, type EmptyGroup, emptyGroups } from './compared-groups.js'
import { type TopicFacts, topicFacts } from './forum-facts.js'
import type { FrontierStore, Pass } from './frontier.js'
import { offListThreads } from './off-list.js'
import type { LargeGroup, RotationStore, RotationThread } from './rotation.js'
import type { ThreadRow } from './thread-refs.js'
import type { TombstoneStore, Viewpoint } from './tombstones.js'

/** A group with threads that this pass has not seen in its lists, and how the pass has read its stream. */
export interface GroupFacts extends LargeGroup {
  /** The last page of its stream, counted from the top, that this pass has read; null: the group's own page only. */
  lastPage: StreamTask | null
  /** Address of the group's own page as the pass requested it; null: it did not. */
  home: string | null
}

interface CommonFacts {
  plan: PassPlan
  /** The last request for a stream: single threads are requested by the same route. Null: there was none. */
  lastStream: StreamTask | null
}

/**
 * What the plan of a stage depends on.
 * - `news`: where new replies to old threads may be.
 * - `turns`: threads with new replies, and old threads to be read again in turn.
 * - `compare`: groups whose posts can be compared with what the site says of them without its theme, and those of sites that show none.
 * - `missed`: threads that the lists no longer show, or show without a reply that they had.
 */
export type SyncFacts = CommonFacts &
  (
    | { stage: 'news'; groups: readonly GroupFacts[] }
    | {
        stage: 'turns'
        newReplies: readonly ThreadRow[]
        /** All threads, in a fixed order (REST); empty on other routes. */
        threads: readonly RotationThread[]
        /** Large groups (routes other than REST); empty with REST. */
        groups: readonly GroupFacts[]
      }
    | { stage: 'compare'; compared: readonly ComparedGroup[]; empty: readonly EmptyGroup[] }
    | {
        stage: 'missed'
        missing: readonly ThreadRow[]
        /** A few of the threads that only feeds show. */
        offList: readonly ThreadRow[]
        /** Threads that were seen without a reply that they had. */
        absent: readonly ThreadRow[]
        /** The requests whose responses have shown these threads. */
        absentFrom: readonly Task[]
        /** Requests that failed in earlier passes and that this pass has not made. */
        gaps: readonly Task[]
        /** URLs of groups that earlier passes have read, and that this pass has not met: a hidden group is on no list. */
        unlisted: readonly string[]
        topics: TopicFacts
      }
  )

type MissedFacts = Extract<SyncFacts, { stage: 'missed' }>

/** The stages of a pass, after its lists are read. Where only a part was read, old threads have to be looked at as well. */
const STAGES: Record<PassPlan['kind'], readonly SyncFacts['stage'][]> = {
  whole: ['compare', 'missed'],
  part: ['news', 'turns', 'compare', 'missed'],
}

/** Bound on threads requested because a list lacked them: a broken list must not lead to thousands of requests. */
const MAX_MISSED = 100

/** Bound on groups that are requested because the directory does not list them. */
const MAX_UNLISTED = 100

/** Bound on requests of earlier passes that are made again in a partial pass. */
const MAX_GAPS = 50

/** Reads the facts of a stage out of the archive. */
export class StageFacts {
  constructor(
    private readonly sql: Statements,
    private readonly frontier: FrontierStore,
    private readonly tombstones: TombstoneStore,
    private readonly rotation: RotationStore,
  ) {}

  /** The next stage of the pass; null: every stage has begun. `earlier`: URLs of the groups that earlier passes have met in a list. */
  next(viewpoint: Viewpoint, earlier: () => readonly string[]): SyncFacts | null {
    const { pass } = viewpoint
    const stage = STAGES[pass.plan.kind][this.frontier.stage(pass)]
    if (!stage) return null
    const streams = this.frontier.tasks(pass, 'stream') as StreamTask[]
    const common = { plan: pass.plan, lastStream: streams.at(-1) ?? null }
    if (stage === 'compare')
      return { ...common, stage, compared: comparedGroups(this.sql, pass), empty: emptyGroups(this.sql, pass) }
    if (stage === 'missed') {
      const unlisted = this.frontier.unlisted(viewpoint, earlier).slice(0, MAX_UNLISTED)
      const topics = topicFacts(this.sql, viewpoint)
      return { ...common, stage, ...this.missing(viewpoint), gaps: this.gaps(pass), unlisted, topics }
    }
    const byRest = common.lastStream?.route === 'rest'
    const groups = byRest ? [] : this.largeGroups(viewpoint)
    return stage === 'news'
      ? { ...common, stage, groups }
      : { ...common, stage, groups, ...this.turns(viewpoint, byRest) }
  }

  private turns({ pass }: Viewpoint, byRest: boolean) {
    const groups = this.frontier.groups(pass)
    const threads = byRest ? this.rotation.threads(groups) : []
    return { newReplies: this.rotation.withNewReplies(pass, groups), threads }
  }

  /** A whole pass makes these requests again by itself, if they are still wanted. */
  private gaps(pass: Pass): Task[] {
    if (pass.plan.kind === 'whole') return []
    return this.frontier.gaps
      .past(pass)
      .slice(0, MAX_GAPS)
      .map(({ task }) => task)
  }

  private missing(viewpoint: Viewpoint): Pick<MissedFacts, 'missing' | 'offList' | 'absent' | 'absentFrom'> {
    const { pass } = viewpoint
    const skipped =
      pass.plan.kind === 'part' ? this.rotation.skipped(viewpoint, this.frontier.groups(pass), MAX_MISSED) : []
    const missing = [
      ...this.tombstones.unseenThreads(viewpoint, MAX_MISSED),
      ...this.tombstones.unseenOfTurn(viewpoint, MAX_MISSED),
      ...skipped,
    ]
    const absent = this.tombstones.threadsWithAbsent(viewpoint, MAX_MISSED)
    const views = this.tombstones.viewsWithAbsent(viewpoint)
    const offList = offListThreads(this.sql, viewpoint)
    return { missing, offList, absent, absentFrom: this.frontier.tasksOfCaptures(pass, views).slice(0, MAX_MISSED) }
  }

  private largeGroups({ pass }: Viewpoint): GroupFacts[] {
    return this.rotation.largeGroups(pass, this.frontier.groups(pass)).map(group => {
      const tasks = this.frontier.tasksOf(pass, group.group)
      return { ...group, lastPage: lastFromTop(tasks), home: homeOf(tasks) }
    })
  }
}

/** Pages read a second time, and those of the rotation, do not say how far the list was read. */
function lastFromTop(tasks: readonly Task[]): StreamTask | null {
  const pages = tasks.filter(
    (task): task is StreamTask => task.kind === 'stream' && !task.lookingBack && !task.steppingBack && !task.turn,
  )
  return pages.sort((a, b) => b.page - a.page)[0] ?? null
}

const homeOf = (tasks: readonly Task[]): string | null =>
  tasks.filter(({ kind }) => kind === 'target' || kind === 'group').at(-1)?.request.url ?? null
