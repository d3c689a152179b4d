import type { Instant, Site } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import type { FrontierStore, Pass, PendingTask } from '../sync/frontier.js'
import { RotationStore } from '../sync/rotation.js'
import { purposeOf } from './capture-purpose.js'
import { EntityWriter } from './entity-writer.js'
import { type Authority, NOTHING, type PageResult, ThreadWriter } from './thread-writer.js'

export interface Step {
  run: number
  pass: Pass
  task: PendingTask
  capture: number
  at: Instant
  parser: string
  authority: Authority
  /** As whom. */
  reader: string
}

/** Puts what a page says into the tables: of an answer that has just come, and of one that is read again, in the same way. */
export class PageWriter {
  private readonly entities: EntityWriter
  private readonly pages: ThreadWriter
  private readonly turns: RotationStore

  constructor(
    private readonly sql: Statements,
    frontier: FrontierStore,
  ) {
    this.entities = new EntityWriter(sql)
    this.pages = new ThreadWriter(sql, this.entities, frontier)
    this.turns = new RotationStore(sql)
  }

  /** Call inside a transaction. */
  save(page: Page, step: Step): PageResult {
    step.task.group ??= this.groupAskedFor(step.task.task)
    const result = page.wall && !page.group ? { ...NOTHING } : this.saveContent(page, step)
    result.group ??= step.task.group
    result.groupStatus = this.entities.statusOf(result.group)
    return result
  }

  private saveContent(page: Page, step: Step): PageResult {
    const reading = {
      ...step,
      site: this.siteOf(page.site),
      siteUrl: page.site.url,
      group: step.task.group,
      texts: textsOf(step.task.task),
      byRest: page.template === 'rest',
      onItsOwn: step.task.task.kind === 'thread' && ['turn', 'new-replies'].includes(step.task.task.reason),
    }
    if (page.counts) this.turns.noteClaims(reading.site, page.counts, step.capture)
    return this.pages.save(page, reading, step.authority, step.pass)
  }

  /** A group whose items could not all be read is not complete, however well the rest was read. */
  countLeftOut({ task: { task }, pass }: Pick<Step, 'task' | 'pass'>, items: number, group: number): void {
    if (!isOfList(task)) return
    const goesOn = task.kind === 'stream' && task.page > 1
    // Where a part of the list is read, nothing is known of the rest.
    if (pass.plan.kind === 'part')
      this.sql.run('UPDATE groups SET left_out = max(left_out, ?) WHERE id = ?', items, group)
    else this.sql.run('UPDATE groups SET left_out = ? + left_out * ? WHERE id = ?', items, Number(goesOn), group)
  }

  /** A login form does not say whose place it takes; the directory, which named the group, does. */
  private groupAskedFor(task: Task): number | null {
    if (task.kind === 'group') return this.entities.groupAt(task.request.url)
    // REST's answers have no frame that names the group.
    return task.kind === 'stream' && task.groupSlug !== null ? this.entities.groupAt(task.home) : null
  }

  siteOf(site: Site): number {
    return this.entities.site(site)
  }

  holdsThread(site: Site, thread: string): boolean {
    const sql =
      "SELECT count(*) FROM posts WHERE site_id = ? AND activity_id = ? AND id = thread_id AND status <> 'unread'"
    return (this.sql.one<number>(sql, this.siteOf(site), thread) ?? 0) > 0
  }

  /** As it is kept with the capture. */
  asked({ task, pass }: { task: PendingTask; pass: Pass }): string {
    const slug = this.sql.one<string>('SELECT slug FROM groups WHERE id = ?', task.group)
    return purposeOf(task.task, slug ?? null, pass.startedAt)
  }
}

/** Its items are those of a group's list, and no page is counted twice. */
const isOfList = (task: Task): boolean =>
  task.kind === 'stream' ? !task.lookingBack && !task.turn : !['thread', 'text', 'feed'].includes(task.kind)

const textsOf = (task: Task): readonly string[] => (task.kind === 'thread' ? task.texts : [])
