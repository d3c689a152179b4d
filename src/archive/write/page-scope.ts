import type { Member, Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { Pass } from '../sync/frontier.js'
import type { EntityWriter } from './entity-writer.js'
import { KnownPosts } from './known-posts.js'
import type { Authority, PageResult } from './page-result.js'
import { PostWriter } from './post-writer.js'
import type { WriteContext } from './reading.js'

/** Posts that are known at a time: what is stored of 100,000 replies, and what is written of them, would need as much as their page. */
const BLOCK = 5000

/** State while one page is saved. It reads the posts that the page names in blocks, and looks up each group and member once. */
export class PageScope {
  readonly known: KnownPosts
  readonly posts: PostWriter
  /**
   * Ids of threads whose view shows exactly the number of replies that a newer feed gives, or no more than those that it was requested
   * for: these views include no spam.
   */
  readonly matchingFeed: ReadonlySet<string>
  private readonly ids = new Map<string, number | null>()

  constructor(
    sql: Statements,
    private readonly entities: EntityWriter,
    private readonly page: Page,
    readonly context: WriteContext,
    readonly authority: Authority,
    readonly pass: Pass,
    readonly result: PageResult,
  ) {
    this.known = new KnownPosts(sql, context.site)
    this.known.read(idsOn(page, page.posts.slice(0, BLOCK)))
    this.posts = new PostWriter(sql, this.known, context)
    this.matchingFeed = new Set(page.threads.filter(view => this.matchesFeed(view)).map(({ id }) => id))
  }

  /** The posts of the page, block by block, each with the place of its first. After them the opening posts of the threads are known. */
  *blocks(): Generator<{ first: number; posts: readonly Post[] }> {
    const { page, known } = this
    for (let at = 0; at < page.posts.length; at += BLOCK) {
      const posts = page.posts.slice(at, at + BLOCK)
      if (at > 0) known.read(idsOf(posts))
      yield { first: (page.firstPosition ?? 0) + at, posts }
    }
    if (page.posts.length > BLOCK) known.read(idsOn(page, []))
  }

  private matchesFeed({ id, shown }: Page['threads'][number]): boolean {
    const { lacking } = this.context
    if (lacking) return shown - 1 > lacking.held && shown - 1 <= lacking.replies
    const root = this.known.find(id)
    return root?.told_replies === shown - 1 && (root.told_capture_id ?? 0) > (root.view_capture_id ?? 0)
  }

  group(group: NonNullable<Post['group']>): number {
    return this.once(`g ${group.url}`, () => this.entities.group(this.context.site, group, this.context)) as number
  }

  member(member: Member | null): number | null {
    if (!member) return null
    return this.once(`m ${member.id} ${member.slug}`, () =>
      this.entities.member(this.context.site, member, this.context),
    )
  }

  /** Something that the site says about a post and that can't be. It is not stored. */
  refuse(post: Post, what: string): void {
    this.result.contradictions.push(`Post ${post.id} (${post.url}): ${what}`)
  }

  private once(key: string, make: () => number | null): number | null {
    const known = this.ids.get(key)
    if (known !== undefined) return known
    const id = make()
    this.ids.set(key, id)
    return id
  }
}

function* idsOf(posts: readonly Post[]): Generator<string> {
  for (const { id, threadId, parentId } of posts) {
    yield id
    yield threadId
    if (parentId != null) yield parentId
  }
}

function* idsOn(page: Page, posts: readonly Post[]): Generator<string> {
  yield* idsOf(posts)
  for (const { id } of page.threads) yield id
  if (page.text) yield page.text.id
}
