import { TYPED_LABELS } from '../../model/columns/post-labels.js'
import type { Member, Post } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'
import type { Page, PostText } from '../../model/page.js'
import { ERASED } from '../../model/people/known-person.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import type { SiteMoves } from '../moves/site-moves.js'
import { anyOfMarks, type Marks } from './name-marks.js'
import { containsName, redactNames } from './name-search.js'
import { type ErasedMember, erasedMembers, isErasedMember } from './person.js'
import { captureText } from './plan.js'
import { eraseTraces, permalinkOf, tracesOf } from './traces.js'
import { withholdCapture } from './withhold-captures.js'

/** Keeps erased members out of the archive when their pages are read again. */
export class ErasureGuard {
  private known: readonly ErasedMember[] | null = null

  /** `writing`: false if the archive is open for reading only. */
  constructor(
    private readonly sql: Statements,
    private readonly writing: boolean,
    private readonly moves: SiteMoves,
  ) {
    if (writing && this.erased.length > 0) sql.db.pragma('secure_delete = ON')
  }

  /** Read when it is first needed: `verify` opens archives whose tables cannot be read. */
  private get erased(): readonly ErasedMember[] {
    this.known ??= erasedMembers(this.sql)
    return this.known
  }

  private get marks(): Marks {
    return anyOfMarks(this.erased.map(({ marks }) => marks))
  }

  /** @throws UsageError if one of the URLs names an erased member. */
  refuseUrls(urls: readonly string[]): void {
    const url = this.erased.length === 0 ? undefined : urls.find(one => containsName(one, this.marks))
    if (url === undefined) return
    throw new UsageError(
      `${url} belongs to a member who was forgotten: this archive no longer reads it.`,
      'To archive a thread by others, give its permalink: …/activity/p/ID/.',
    )
  }

  redactText(text: string): string {
    return this.erased.length === 0 ? text : redactNames(text, this.marks, ERASED)
  }

  /**
   * Removes erased members from a page, in place, before tasks are derived from it: none may request their texts or profiles.
   * Returns whether the page had anything of theirs.
   */
  redactPage(page: Page): boolean {
    if (this.erased.length === 0) return false
    const key = siteKey(this.moves.site(page.site).url)
    const site = this.sql.one<number>('SELECT id FROM sites WHERE key = ?', key)
    // A text may be of any community.
    const members = this.erased.filter(member => member.site === site || isUnknownAddress(page.site.url))
    if (members.length === 0) return false
    return new PageRedaction(this.sql, site ?? 0, members, page, this.writing).apply()
  }

  /** Withholds the body of a capture that was read, if the page (`wasRedacted`) or the body has anything of an erased member. */
  checkCapture(capture: number, wasRedacted: boolean): void {
    if (this.erased.length === 0) return
    if (wasRedacted || this.bodyNames(capture)) withholdCapture(this.sql, capture)
  }

  private bodyNames(capture: number): boolean {
    const blob = this.sql.one<number>('SELECT blob_id FROM captures WHERE id = ?', capture)
    return blob !== undefined && containsName(captureText(this.sql, blob), this.marks)
  }

  /** Checks the captures that a run stored but did not read (it was killed, or a session ended), then its URLs and its log. */
  sweep(run: number | null): void {
    if (this.erased.length === 0 || run === null) return
    const unread = 'SELECT id FROM captures WHERE run_id = ? AND fingerprint IS NULL AND withheld = 0'
    for (const { id } of this.sql.rows<{ id: number }>(unread, run)) this.checkCapture(id, false)
    const newest = (table: string, where = '') =>
      this.sql.one<number | null>(`SELECT max(id) FROM ${table} ${where}`) ?? 0
    const since = { captures: newest('captures', `WHERE run_id < ${run}`), posts: newest('posts'), runs: run - 1 }
    eraseTraces(this.sql, tracesOf(this.sql, this.marks, since), this.marks)
  }
}

/** Removes erased members from one page of their site. */
class PageRedaction {
  private foundAny = false

  constructor(
    private readonly sql: Statements,
    private readonly site: number,
    private readonly known: readonly ErasedMember[],
    private readonly page: Page,
    private readonly writing: boolean,
  ) {}

  apply(): boolean {
    const { page } = this
    for (const post of page.posts) this.redactPost(post)
    if (page.members) page.members = page.members.filter(member => !this.isErased(member))
    if (page.member && this.isErased(page.member)) page.member = null
    if (page.text) this.redactPostText(page.text)
    return this.foundAny
  }

  private redactPost(post: Post): void {
    // An id that somebody else has now is not erased any more.
    if (post.author === null ? this.isErasedPost(post.id) : this.isErased(post.author)) {
      this.foundAny = true
      Object.assign(post, NO_CONTENT)
      for (const name of TYPED_FIELDS) if (post[name] !== undefined) post[name] = null
    }
    if (this.known.some(({ marks }) => containsName(post.url, marks))) post.url = this.permalink(post)
    for (const { marks, redact } of this.known) if (redact && !post.forgotten) redactPost(post, marks)
  }

  private redactPostText(text: PostText): void {
    if (this.isErasedPost(text.id)) {
      Object.assign(text, { html: '', text: '', truncated: false, attachments: [], links: [] })
      this.foundAny = true
    } else for (const { marks, redact } of this.known) if (redact) redactContent(text, marks)
  }

  private permalink({ id, threadId }: Post): string {
    return permalinkOf(this.sql, { site: this.site, url: this.page.site.url, id, thread: threadId })
  }

  private isErasedPost(id: string): boolean {
    const sql = 'SELECT forgotten FROM posts WHERE site_id = ? AND site_post_id = ?'
    return this.sql.one<0 | 1>(sql, this.site, id) === 1
  }

  /** Adds the member's number to an erased row without one. */
  private isErased(member: Member): boolean {
    const found = this.known.find(one => isErasedMember(one, member))
    if (!found) return false
    this.foundAny = true
    if (this.writing && found.number === null && member.id !== null)
      this.sql.update('members', found.row, { site_member_id: member.id })
    return true
  }
}

const NO_CONTENT = {
  author: null,
  html: '',
  text: '',
  truncated: false,
  attachments: [],
  links: [],
  forgotten: true,
} as const

/** What people type besides texts, where a view shows it. */
const TYPED_FIELDS = ['heading', ...TYPED_LABELS] as const

function redactPost(post: Post, marks: Marks): void {
  redactContent(post, marks)
  for (const name of TYPED_LABELS) {
    const label = post[name]
    if (label) post[name] = redactNames(label, marks, ERASED)
  }
}

function redactContent(post: Omit<PostText, 'id'>, marks: Marks): void {
  const clean = (text: string) => redactNames(text, marks, ERASED)
  post.html = clean(post.html)
  post.text = clean(post.text)
  if (post.heading) post.heading = clean(post.heading)
  post.links = post.links.map(link => ({ ...link, url: clean(link.url), text: clean(link.text) }))
  post.attachments = post.attachments.map(one => ({ ...one, url: clean(one.url), name: one.name && clean(one.name) }))
}
