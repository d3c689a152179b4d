import type { Member, Post } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'
import type { Page, PostText } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'
import { hasColumn } from '../database/capabilities.js'
import type { Statements } from '../database/statements.js'
import type { Marks } from './name-marks.js'
import { containsName, redactNames } from './name-search.js'
import { type ErasedMember, erasedMembers, isErasedMember } from './person.js'
import { bodyText } from './plan.js'
import { eraseTraces, permalinkOf, REPLACEMENT, tracesOf } from './traces.js'
import { withholdCapture } from './withhold-captures.js'

/** Sees to it that who was forgotten does not come back with the next reading. */
export class ErasureGuard {
  private readonly erased: readonly ErasedMember[]
  private readonly marks: Marks

  /** `writing`: an archive that is only read learns nothing. It may be too old to have forgotten anybody. */
  constructor(
    private readonly sql: Statements,
    private readonly writing: boolean,
  ) {
    this.erased = hasColumn(sql, 'members', 'forgotten_at') ? erasedMembers(sql) : []
    const { erased } = this
    this.marks = {
      has: mark => erased.some(({ marks }) => marks.has(mark)),
      lengths: [...new Set(erased.flatMap(({ marks }) => marks.lengths))],
    }
    if (writing && erased.length > 0) sql.db.pragma('secure_delete = ON')
  }

  /** @throws UsageError if one of these addresses is that of somebody who was forgotten. */
  refuseUrls(urls: readonly string[]): void {
    const url = this.erased.length === 0 ? undefined : urls.find(one => containsName(one, this.marks))
    if (url === undefined) return
    throw new UsageError(
      `${url} is the address of a member who was forgotten: this archive does not read it any more.`,
      'A thread of others can be named by its number: …/activity/p/ID/.',
    )
  }

  redactText(text: string): string {
    return this.erased.length === 0 ? text : redactNames(text, this.marks, REPLACEMENT)
  }

  /**
   * Takes them out of a page, in place: what follows from it must not ask for their texts or names either. Says whether there
   * was anything to take out.
   */
  redactPage(page: Page): boolean {
    if (this.erased.length === 0) return false
    const key = siteKey(page.site.url)
    const site = this.sql.one<number>('SELECT id FROM sites WHERE key = ?', key)
    const here = this.erased.filter(member => member.site === site)
    if (site === undefined || here.length === 0) return false
    const visit = new PageRedaction(this.sql, site, here, page, this.writing)
    return visit.takeOut()
  }

  /** After an answer was read. `held`: it held something of theirs. */
  checkCapture(capture: number, held: boolean): void {
    if (this.erased.length === 0) return
    if (held || this.bodyNames(capture)) withholdCapture(this.sql, capture)
  }

  private bodyNames(capture: number): boolean {
    const blob = this.sql.one<number>('SELECT blob_id FROM captures WHERE id = ?', capture)
    return blob !== undefined && containsName(bodyText(this.sql, blob), this.marks)
  }

  /** What a run has left that nobody read (it was killed, a session ended), and what its log and addresses say. */
  sweep(run: number | null): void {
    if (this.erased.length === 0 || run === null) return
    const unread = 'SELECT id FROM captures WHERE run_id = ? AND digest IS NULL AND withheld = 0'
    for (const { id } of this.sql.rows<{ id: number }>(unread, run)) this.checkCapture(id, false)
    const newest = (table: string, where = '') =>
      this.sql.one<number | null>(`SELECT max(id) FROM ${table} ${where}`) ?? 0
    const since = { captures: newest('captures', `WHERE run_id < ${run}`), posts: newest('posts'), runs: run - 1 }
    eraseTraces(this.sql, tracesOf(this.sql, this.marks, since), this.marks)
  }
}

/** One page of a site where somebody was forgotten. */
class PageRedaction {
  private held = false

  constructor(
    private readonly sql: Statements,
    private readonly site: number,
    private readonly known: readonly ErasedMember[],
    private readonly page: Page,
    private readonly writing: boolean,
  ) {}

  takeOut(): boolean {
    const { page } = this
    for (const post of page.posts) this.takeOutPost(post)
    if (page.members) page.members = page.members.filter(member => !this.isTheirs(member))
    if (page.member && this.isTheirs(page.member)) page.member = null
    if (page.text) this.takeOutText(page.text)
    return this.held
  }

  private takeOutPost(post: Post): void {
    if ((post.author !== null && this.isTheirs(post.author)) || this.isStub(post.id)) {
      this.held = true
      Object.assign(post, { ...NO_CONTENT, ...(post.heading === undefined ? {} : { heading: null }) })
    }
    if (this.known.some(({ marks }) => containsName(post.url, marks))) post.url = this.permalink(post)
    for (const { marks, redact } of this.known) if (redact && !post.forgotten) redactContent(post, marks)
  }

  private takeOutText(text: PostText): void {
    if (this.isStub(text.id)) {
      Object.assign(text, { html: '', text: '', truncated: false, attachments: [], links: [] })
      this.held = true
    } else for (const { marks, redact } of this.known) if (redact) redactContent(text, marks)
  }

  private permalink({ id, threadId }: Post): string {
    return permalinkOf(this.sql, { site: this.site, url: this.page.site.url, id, thread: threadId })
  }

  private isStub(id: string): boolean {
    const sql = 'SELECT forgotten FROM posts WHERE site_id = ? AND activity_id = ?'
    return this.sql.one<0 | 1>(sql, this.site, id) === 1
  }

  /** By number where both are known; else by the names. */
  private isTheirs(member: Member): boolean {
    const found = this.known.find(one => isErasedMember(one, member))
    if (!found) return false
    this.held = true
    if (this.writing && found.number === null && member.id !== null)
      this.sql.update('members', found.row, { member_id: member.id })
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

function redactContent(post: Omit<PostText, 'id'>, marks: Marks): void {
  const clean = (text: string) => redactNames(text, marks, REPLACEMENT)
  post.html = clean(post.html)
  post.text = clean(post.text)
  if (post.heading) post.heading = clean(post.heading)
  post.links = post.links.map(link => ({ ...link, url: clean(link.url), text: clean(link.text) }))
  post.attachments = post.attachments.map(one => ({ ...one, url: clean(one.url), name: one.name && clean(one.name) }))
}
