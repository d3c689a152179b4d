import type { Capture } from '../model/capture.js'
import type { Instant } from '../model/discussion.js'
import type { Page } from '../model/page.js'
import type { Task } from '../model/task.js'
import { IN_LIST, type Statements } from './database/statements.js'
import type { ErasureGuard } from './erasure/guard.js'
import type { SiteMoves } from './moves/site-moves.js'
import { joinedPage, recognisedPages } from './recognition/recognised-pages.js'
import { earlierGroups } from './status/run-log.js'
import { subjectOf } from './status/target-subject.js'
import { StageFacts, type SyncFacts } from './sync/facts.js'
import type { FrontierStore, Pass, PendingTask } from './sync/frontier.js'
import { RotationStore } from './sync/rotation.js'
import { TombstoneStore, type Viewpoint } from './sync/tombstones.js'
import type { CaptureStore } from './write/capture-store.js'
import { pageFingerprint } from './write/page-fingerprint.js'
import { joinedResults, type PageResult } from './write/page-result.js'
import type { PageStep, PageWriter } from './write/page-writer.js'

/** How a task ended, and what its response said beyond its posts. */
export interface TaskEnd {
  /** `failed`: no further request in this pass. `untouched`: as if the request had never been made. */
  end: 'done' | 'failed' | 'pending' | 'untouched'
  reason?: string
  /** Number of threads that the site counts in this list, of which it did not show all. */
  counted?: number
  /** The stream of this group was read to its proven end; `with-gaps`: except for pages before that could not be read. */
  streamEnded?: true | 'with-gaps'
  /** The rotation through the old threads of this group has reached this page of its stream; null: the end. */
  turned?: { page: number | null }
  /** Whether this reader may see the posts of the group. */
  access?: 'members' | 'open'
  /** Number of posts of a thread that the site counts, more than any of its pages showed: the thread is not whole. */
  claims?: { site: string; thread: string; posts: number }
  /** A topic of a forum whose pages this pass has read to the end; `posts`: how many it has. */
  whole?: { site: string; thread: string; posts: number }
  /** The replies to one post of a thread of BuddyBoss were read to their end; `claimed`: number of posts that the stream counts. */
  repliesEnded?: { site: string; thread: string; claimed: number }
  /** The list of topics or forums was read to its end. */
  forumEnded?: true
  /** The thread's own address says that the thread is gone; reason null: it is missing, without proof. */
  gone?: { site: string; thread: string; reason: '404' | '410' | null }
}

interface Stores {
  sql: Statements
  frontier: FrontierStore
  captures: CaptureStore
  writer: PageWriter
  guard: ErasureGuard
  moves: SiteMoves
}

/** What a run may do within one transaction (`Archive.transaction`): all of it is committed, or nothing. */
export class ReadingTransaction {
  private readonly tombstones: TombstoneStore
  private readonly rotation: RotationStore
  private readonly facts: StageFacts

  constructor(private readonly stores: Stores) {
    const { sql, frontier } = stores
    this.tombstones = new TombstoneStore(sql)
    this.rotation = new RotationStore(sql)
    this.facts = new StageFacts(sql, frontier, this.tombstones, this.rotation)
  }

  /** Stores a capture, which is then read in the same transaction. Returns its id. */
  keep(run: number, capture: Capture, reader: string, behind: { task: PendingTask; pass: Pass }): number {
    const { captures, writer } = this.stores
    return captures.keep(run, capture, reader, writer.purpose(behind))
  }

  /** Writes what a page says. The texts of erased members are taken out first. */
  save(page: Page, asked: PageStep): PageResult {
    const { sql, guard, writer, captures } = this.stores
    const step = { ...asked, ...captures.madeAt(asked.capture, page) }
    const pages = recognisedPages(sql, page)
    const withheld = pages.filter(one => guard.redactPage(one)).length > 0
    const result = joinedResults(pages.map(one => writer.save(one, step)))
    if (page.wall) captures.markAsWall(step.capture, page.wall.kind)
    captures.setFingerprint(step.capture, pageFingerprint(joinedPage(pages)))
    guard.checkCapture(step.capture, withheld)
    if (result.group !== null) writer.countLeftOut(step, page.warnings.length, result.group)
    return result
  }

  /** Adds tasks to the pass; a request that the pass has already made or planned is not added again. */
  enqueue(pass: Pass, tasks: readonly Task[], group: number | null): void {
    this.stores.frontier.add(pass, tasks, group)
  }

  /** Notes how the task of this step ended. `group`: row id of the group that the response belongs to. */
  answered(step: PageStep, end: TaskEnd, group: number | null): void {
    const { sql, frontier } = this.stores
    if (end.gone) this.noteGone(end.gone, step)
    if (end.claims) this.noteClaim(end.claims)
    if (end.whole) this.noteWhole(end.whole, step)
    if (end.repliesEnded) this.noteReplies(end.repliesEnded, step)
    if (end.forumEnded) frontier.gaps.markEnded(step.task.id)
    this.endTask(step.task.id, end, step.capture, group, step.at)
    if (group === null) {
      if (end.access === 'members') this.closeGroups(step.pass)
      return
    }
    if (end.access) sql.run('UPDATE groups SET access = ? WHERE id = ?', end.access, group)
    if (end.access === 'members') sql.run("UPDATE groups SET status = COALESCE(status, 'private') WHERE id = ?", group)
    if (end.turned) this.rotation.turned(group, end.turned.page, step.at)
    if (end.streamEnded === 'with-gaps') frontier.gaps.markEnded(step.task.id)
    const isWhole =
      end.streamEnded === true || (isOfStream(step.task.task) && frontier.gaps.isWholeAtLast(step.pass, group))
    if (isWhole) sql.update('groups', group, { stream_read_at: step.at, stream_capture_id: step.capture })
  }

  /** Notes how a task without a usable response ended. */
  unanswered(task: PendingTask, end: TaskEnd, at: Instant): void {
    this.endTask(task.id, end, null, null, at)
  }

  /** What the archive knows for the next stage of a pass; null: every stage has begun. */
  stageFacts(viewpoint: Viewpoint): SyncFacts | null {
    return this.facts.next(viewpoint, () => this.earlierGroups(viewpoint.pass))
  }

  /** Begins that stage with its tasks. `turns`: row ids of the threads whose turn it is. */
  beginStage(viewpoint: Viewpoint, tasks: readonly Task[], turns: readonly number[]): void {
    const { frontier } = this.stores
    this.rotation.checked(turns, viewpoint.at)
    const requests = tasks.map(task => this.rotation.conditional(task, viewpoint.reader))
    frontier.beginStage(viewpoint.pass, frontier.stage(viewpoint.pass) + 1, requests)
  }

  /** A login form in place of the target itself: nobody knows what has become of its groups. */
  private closeGroups(pass: Pass): void {
    const url = this.urlOf(pass)
    const urls = subjectOf(this.stores.sql, url).kind === 'group' ? [url] : this.earlierGroups(pass)
    this.stores.sql.run(CLOSE_GROUPS, JSON.stringify(urls))
  }

  /** Only the target that is a site has groups of a list. */
  private earlierGroups(pass: Pass): string[] {
    const { sql, moves } = this.stores
    const url = this.urlOf(pass)
    return subjectOf(sql, url).kind === 'site' ? earlierGroups(sql, moves, url) : []
  }

  private urlOf({ target }: Pass): string {
    return this.stores.sql.one<string>('SELECT url FROM targets WHERE id = ?', target) ?? ''
  }

  private noteGone({ site: url, thread, reason }: NonNullable<TaskEnd['gone']>, step: PageStep): void {
    const site = this.stores.writer.siteOf({ url, name: null })
    if (reason) this.tombstones.threadGone(site, thread, reason, step)
    else this.tombstones.missed(site, thread, step.at)
  }

  private noteClaim({ site, thread, posts }: NonNullable<TaskEnd['claims']>): void {
    this.stores.sql.run(
      `UPDATE threads SET claimed = max(claimed, ?) FROM posts WHERE posts.id = threads.id AND site_id = ?
        AND site_post_id = ?`,
      posts,
      this.stores.writer.siteOf({ url: site, name: null }),
      thread,
    )
  }

  /** The pages of a thread come one after the other, so that it was seen whole since the start of the pass. A view of the whole may have said so. */
  private noteWhole({ site: url, thread, posts }: NonNullable<TaskEnd['whole']>, { pass, capture }: PageStep): void {
    const site = this.stores.writer.siteOf({ url, name: null })
    this.stores.sql.run(SEEN_WHOLE, posts, pass.startedAt, capture, site, thread, pass.after)
  }

  /** The thread was seen whole once no list of replies to any of its posts is open or has failed. */
  private noteReplies({ site: url, thread, claimed }: NonNullable<TaskEnd['repliesEnded']>, step: PageStep): void {
    const { sql, frontier, writer } = this.stores
    if (frontier.hasOtherReplies(step.pass, thread, step.task.id)) return
    const site = writer.siteOf({ url, name: null })
    const shown = sql.one<number>(SHOWN, site, thread, step.pass.after) ?? 0
    this.noteWhole({ site: url, thread, posts: Math.max(claimed, shown) }, step)
  }

  private endTask(
    task: number,
    { end, reason = '', counted }: TaskEnd,
    capture: number | null,
    group: number | null,
    at: Instant,
  ): void {
    const { frontier } = this.stores
    if (end === 'done') frontier.done(task, capture, group)
    if (end === 'failed' || end === 'pending') frontier.gaps.failed(task, end, reason, group, at)
    if (counted) frontier.gaps.notShown(task, counted)
  }
}

const isOfStream = ({ kind }: Task): boolean => kind === 'stream' || kind === 'group'

const SEEN_WHOLE = `UPDATE threads SET claimed = ?, whole_view_at = ?, whole_view_in = 'stream', view_capture_id = ?
  FROM posts WHERE posts.id = threads.id AND site_id = ? AND site_post_id = ? AND COALESCE(view_capture_id, 0) <= ?`

/** Number of posts of a thread that this pass has seen. */
const SHOWN = `SELECT count(*) FROM posts JOIN posts AS root ON root.id = posts.thread_id
  WHERE root.site_id = ? AND root.site_post_id = ? AND posts.status = 'live' AND posts.last_capture_id > ?`

const CLOSE_GROUPS = `UPDATE groups SET access = 'members' WHERE access = 'open' AND url ${IN_LIST}`
