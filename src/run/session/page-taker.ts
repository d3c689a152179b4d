import type { PageResult, PageStep, Pass, PendingTask } from '../../archive/index.js'
import type { Capture } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import type { Task } from '../../model/task.js'
import { authorityOf, expected, parserOf, StreamMemory } from '../judge/expect.js'
import { withListedGroup } from '../judge/listed-group.js'
import { taskByRequest } from '../plan/task-from-request.js'
import type { TargetReading } from './options.js'

/** Nobody knows who saw these pages, so that they never make a post count as missing for somebody else. */
const READER = 'unknown'

/** A capture whose request was made by somebody else, and what it was requested for. */
export interface TakenPage {
  capture: Capture
  task: Task
  page: Page
}

/** Reads and saves captures that nothing was planned for. What each was requested for is shown by its request. */
export class PageTaker {
  private readonly memory = new StreamMemory()
  private readonly pending: PendingTask

  constructor(
    private readonly reading: Pick<TargetReading, 'archive' | 'parser' | 'report' | 'stopping' | 'version'>,
    private readonly pass: Pass,
  ) {
    this.pending = reading.archive.frontier.next(pass, new Set()) as PendingTask
  }

  /** Null: the run was stopped while the page was parsed. */
  async read(capture: Capture): Promise<TakenPage | null> {
    const task = this.taskOf(capture)
    const parsed = await this.reading.parser.parse(capture, this.reading.stopping.signal)
    if (!parsed) return null
    const page = expected(task, parsed, this.memory)
    if (task.kind === 'stream' && !page.wall) this.memory.note(task, page)
    const isOfUnknown = page.listed && this.groupOf(capture, page.site.url) === null
    return { capture, task, page: isOfUnknown ? withListedGroup(page) : page }
  }

  /** Stores the capture and what its page says in one transaction. */
  save({ capture, task, page }: TakenPage): PageResult {
    const { archive, report } = this.reading
    const pending = { ...this.pending, task, group: this.groupOf(capture, page.site.url) }
    return archive.transaction(tx => {
      const id = tx.keep(report.run, capture, READER, { task: pending, pass: this.pass })
      return tx.save(page, this.step(pending, capture, id, page))
    })
  }

  /** A thread's own page gives the full texts of those posts that are held shortened; a feed that somebody saved gives its posts. */
  private taskOf({ request }: Capture): Task {
    const task = taskByRequest(request)
    if (task.kind === 'feed') return { ...task, posts: true }
    return task.kind === 'thread' ? { ...task, texts: this.shortened(request.url) } : task
  }

  private groupOf(capture: Capture, site: string): number | null {
    const id = groupIdIn(capture)
    return id ? this.reading.archive.groupRow(site, id) : this.pending.group
  }

  /** Ids of the posts of a thread, by its URL, that are held shortened. */
  shortened(thread: string): string[] {
    const ids: string[] = []
    for (const { posts } of this.reading.archive.reader.threads({ threads: [thread] }))
      for (const { post } of posts) if (post.truncated) ids.push(post.id)
    return ids
  }

  private step(task: PendingTask, capture: Capture, id: number, page: Page): PageStep {
    const { report, version } = this.reading
    return {
      ...{ run: report.run, pass: this.pass, task, capture: id, at: capture.capturedAt, reader: READER },
      ...{ parser: parserOf(page, version), authority: authorityOf(task.task, page) },
    }
  }
}

/** Id of the group in the URL of a REST list. */
const groupIdIn = ({ request }: Capture): string | null | undefined => restCallOf(request.url)?.query.get('group_id')
