import type { Pass, PendingTask } from '../../archive/index.js'
import { isPermalink } from '../../model/addresses.js'
import { isTopicUrl } from '../../model/forum/posts.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import { StreamMemory } from '../judge/expect.js'
import { byPermalink } from '../plan/missing-thread.js'
import { noRest, type Outcome, type PlanContext } from '../plan/outcome.js'
import { ThreadAddresses } from '../plan/thread-addresses.js'
import type { TargetReading } from './options.js'

export const isThreadUrl = (url: string): boolean => isPermalink(url) || isTopicUrl(url)

interface Reads extends Pick<PlanContext, 'isKnown' | 'readsAll'> {
  /** Tasks up to this number were left over by a run that was long ago. */
  leftOver: number
}

/** What the reading of a target has seen so far, on which the plan of what follows depends. */
export class PlanMemory {
  readonly streams = new StreamMemory()
  readonly rest = noRest()
  private readonly addresses = new ThreadAddresses()
  /** Members whose names were asked for. */
  private readonly named = new Set<string>()
  private readonly pageSizes: PlanContext['pageSizes'] = new Map()

  constructor(
    private readonly reading: Pick<TargetReading, 'archive' | 'job' | 'reader'>,
    private readonly pass: Pass,
    private readonly reads: Reads,
  ) {}

  /** The outcome of the request of a thread at an address that was planned before another one showed that it is wrong; null: of any other task. */
  insteadOf(task: Task): Outcome | null {
    return task.kind === 'thread' && task.direct && this.addresses.isOff ? byPermalink(task) : null
  }

  /** `page`: the response to the task; null: there was none. */
  contextOf({ id, task, failedBefore }: PendingTask, page: Page | null): PlanContext {
    const { archive, job, reader } = this.reading
    const { leftOver, ...reads } = this.reads
    const sameBefore = task.kind === 'stream' && page && !page.wall ? this.streams.note(task, page) : 0
    if (task.kind === 'thread') this.addresses.note(task, page)
    const held = task.kind === 'target' && isThreadUrl(job.url) ? archive.threadAt(job.url) : null
    return {
      ...reads,
      via: job.via,
      resumed: id <= leftOver,
      failedBefore,
      sameBefore,
      member: reader !== 'visitor',
      named: this.named,
      rest: this.rest,
      addresses: this.addresses,
      pageSizes: this.pageSizes,
      listed: () => archive.frontier.listed(this.pass),
      instead: url => archive.restInstead(url),
      knownGroups: () => archive.groupsBelow(job.url),
      plan: this.pass.plan,
      held,
    }
  }
}
