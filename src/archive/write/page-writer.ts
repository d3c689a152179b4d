import { ancestors } from '../../model/addresses.js'
import type { Instant, Site } from '../../model/discussion.js'
import { zoneName } from '../../model/forum/site-zone.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import { isCopy } from '../fold/texts.js'
import type { SiteMoves } from '../moves/site-moves.js'
import { absentPosts, unviewed } from '../sync/absent-posts.js'
import type { FrontierStore, Pass, PendingTask } from '../sync/frontier.js'
import { dropped } from '../sync/off-list.js'
import { ReplyCounts } from '../sync/reply-counts.js'
import { RotationStore } from '../sync/rotation.js'
import { holdsThread } from '../sync/thread-refs.js'
import { MAY_HAVE_SEEN } from '../sync/tombstones.js'
import { purposeOf } from './capture-purpose.js'
import { EntityWriter } from './entity-writer.js'
import { type Authority, emptyResult, type PageResult } from './page-result.js'
import type { WriteContext } from './reading.js'
import { ThreadWriter } from './thread-writer.js'

export interface Step {
  run: number
  pass: Pass
  task: PendingTask
  capture: number
  at: Instant
  parser: string
  authority: Authority
  /** The reader who made the request: `visitor`, `session` or `password`. */
  reader: string
  /** Its capture was imported: it says nothing about how far a live reading has come. */
  isImported?: boolean
}

/** Writes a parsed page to the tables. Archiving and reparsing both use it, so that both produce the same rows. */
export class PageWriter {
  private readonly entities: EntityWriter
  private readonly threads: ThreadWriter
  private readonly rotation: RotationStore
  private readonly replyCounts: ReplyCounts

  constructor(
    private readonly sql: Statements,
    frontier: FrontierStore,
    /** The former addresses of sites, from the archive itself, also where its captures are saved in another database. */
    private readonly moves: SiteMoves,
  ) {
    this.entities = new EntityWriter(sql)
    this.threads = new ThreadWriter(sql, this.entities, frontier)
    this.rotation = new RotationStore(sql)
    this.replyCounts = new ReplyCounts(sql)
  }

  /** Stores a page of a former address of its site under the present one. Call inside a transaction. */
  save(shown: Page, step: Step): PageResult {
    const page = this.moves.page(shown)
    step.task.group ??= this.groupAskedFor(step.task.task)
    const result = page.wall && !page.group ? emptyResult() : this.saveContent(page, step)
    result.group ??= step.task.group
    const { name, status } = this.entities.groupFacts(result.group)
    result.groupName = name
    result.groupStatus = status
    result.groupSeen = page.wall !== null && this.hasSeen(result.group, step)
    const { task } = step.task
    if (page.counts && !step.isImported)
      result.short = this.replyCounts.short(this.siteOf(page.site, step.at), page.counts, step.pass)
    if (isComparedFeed(task)) Object.assign(result, this.compared(page, step))
    if (task.kind === 'feed' && task.posts) result.unviewed = unviewed(this.sql, this.siteOf(page.site), page.posts)
    if (task.kind === 'thread' && task.lacking)
      result.replies = this.replyCounts.of(this.siteOf(page.site, step.at), task.id)
    return result
  }

  /** Posts of a group's feed that no list has shown, and threads that only it had. */
  private compared({ site, samples = [] }: Page, step: Step): Partial<PageResult> {
    const { task, group } = step.task
    if (group === null) return {}
    const feed = { site: this.siteOf(site, step.at), group, samples }
    const isFirst = task.kind === 'feed' && task.page === 1
    return { absent: absentPosts(this.sql, feed, step.pass), dropped: dropped(this.sql, feed, step, isFirst) }
  }

  /** True if earlier passes have read posts of the group for this reader. */
  private hasSeen(group: number | null, { pass, reader }: Step): boolean {
    const sql = `SELECT 1 FROM posts WHERE group_id = ? AND status = 'live' AND first_seen_at < ? AND ${MAY_HAVE_SEEN('posts')} LIMIT 1`
    return this.sql.one<number>(sql, group, pass.startedAt, reader) === 1
  }

  private saveContent(page: Page, step: Step): PageResult {
    const context = {
      ...step,
      site: this.siteOf(page.site, step.at),
      siteUrl: page.site.url,
      group: step.task.group,
      isGroupList: step.task.task.kind === 'stream' && step.task.task.groupSlug !== null,
      texts: textsOf(step.task.task),
      lacking: lackingOf(step.task.task),
      byRest: page.template === 'rest',
      isOfText: isCopy(step.parser),
      byOwnPage: step.task.task.kind === 'thread' && ['turn', 'new-replies'].includes(step.task.task.reason),
    }
    if (page.zone) this.entities.zone(context.site, zoneName(page.zone), step.isImported === true)
    if (page.counts && !step.isImported) this.rotation.noteClaims(context.site, page.counts, step.capture)
    return this.threads.save(page, context, step.authority, step.pass)
  }

  /** Adds up the list items that could not be parsed: a group that has any is not complete. */
  countLeftOut({ task: { task }, pass, isImported }: Step, items: number, group: number): void {
    if (isImported || !isOfList(task)) return
    const goesOn = task.kind === 'stream' && task.page > 1
    // A partial pass cannot lower the count: the unparsed items of an earlier pass may be on pages that it does not read.
    if (pass.plan.kind === 'part')
      this.sql.run('UPDATE groups SET left_out = max(left_out, ?) WHERE id = ?', items, group)
    else this.sql.run('UPDATE groups SET left_out = ? + left_out * ? WHERE id = ?', items, Number(goesOn), group)
  }

  /** A login wall does not name the group it replaces; the task, made from the directory entry, does. */
  private groupAskedFor(task: Task): number | null {
    if (task.kind === 'group') return this.entities.groupAt(this.moves.url(task.request.url))
    if (task.kind === 'feed') return this.entities.groupAt(this.moves.url(ancestors(task.request.url).at(-2) ?? ''))
    // REST responses do not name the group.
    return task.kind === 'stream' && task.groupSlug !== null ? this.entities.groupAt(this.moves.url(task.home)) : null
  }

  siteOf(site: Site, at?: Instant): number {
    return this.entities.site(this.moves.site(site), at)
  }

  holdsThread(site: Site, thread: string): boolean {
    return holdsThread(this.sql, this.siteOf(site), thread)
  }

  /** The purpose of a capture as JSON, for `captures.purpose`. */
  purpose({ task, pass }: { task: PendingTask; pass: Pass }): string {
    const slug = this.sql.one<string>('SELECT slug FROM groups WHERE id = ?', task.group)
    return purposeOf(task.task, slug ?? null, pass.startedAt)
  }
}

/** True for pages of a group's own list. Pages that a pass reads a second time are excluded, so that no item counts twice. */
const isOfList = (task: Task): boolean =>
  task.kind === 'stream'
    ? !task.lookingBack && !task.turn
    : !['thread', 'text', 'feed', 'forum', 'topic', 'zone'].includes(task.kind)

/** A feed whose posts are not stored, but compared with those of lists. */
const isComparedFeed = (task: Task): boolean => task.kind === 'feed' && !task.posts

const lackingOf = (task: Task): WriteContext['lacking'] => (task.kind === 'thread' ? task.lacking : undefined)

const textsOf = (task: Task): readonly string[] => (task.kind === 'thread' ? task.texts : [])
