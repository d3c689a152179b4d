import type { PostNode, StoredThread } from '../../model/archive.js'
import { isShown } from '../shown.js'
import { authorName, personKey } from '../words/names.js'
import { pieceOf } from '../words/pieces.js'
import { type Place, Places } from '../words/places.js'
import { type Content, html, type Markup } from './markup.js'
import { hasPlace, heading, hiddenPost, type PostView, postArticle } from './post.js'

/** Most posts on one page. A browser scrolls through more than this; it takes a second to show them. */
export const PAGE_POSTS = 2000

/** Number of pages that the posts of a thread fill. */
export const pagesOf = ({ posts }: StoredThread): number => Math.max(1, Math.ceil(posts.length / PAGE_POSTS))

/** The page of a post, by its position in the thread; the first is 1. */
export const pageOf = (position: number, pagePosts = PAGE_POSTS): number => Math.floor(position / pagePosts) + 1

/** Deepest level of indentation; deeper answers name the post that they answer. */
const MAX_LEVEL = 8

/** What is remembered of a post that others answer. */
interface Above {
  id: string
  position: number
  /** `personKey` and name of its author. */
  person: string
  name: string
}

/** How a thread is divided into pages, and what is done with its posts besides showing them. */
export interface Walk {
  view: PostView
  /** Link from the page that is written to a post on this page. */
  link(page: number, anchor: string): string
  /** Called for each post, with the one that it answers if that is held. */
  seen?(node: PostNode, parent: Above | null): void
  /** Title of the replies on this page. */
  repliesTitle(page: number): string
  /** Most posts on one page. */
  pagePosts: number
}

/** The posts of a thread, page by page. They are read once, in their order, so that a thread of any length needs little memory. */
export class ThreadBody {
  private readonly nodes: Iterator<PostNode>
  private readonly places: Places
  /** The post at each depth above the next one. */
  private readonly path: Above[] = []
  /** The post that is open at each level of indentation. */
  private readonly levels: (Above | undefined)[] = []
  /** Lists that are open. */
  private open = 0
  private page = 0
  private isInReplies = false

  constructor(
    private readonly thread: StoredThread,
    private readonly walk: Walk,
  ) {
    this.nodes = thread.posts[Symbol.iterator]()
    this.places = new Places(thread.id, MAX_LEVEL, pieceOf(thread)?.above)
  }

  /** The posts of the next page. */
  *next(): Generator<Markup> {
    this.page++
    for (let count = 0; count < this.walk.pagePosts; count++) {
      const { value: node, done } = this.nodes.next()
      if (done) break
      yield* this.post(node)
    }
    yield html`${this.closed(0)}${this.isInReplies && html`</section>\n`}`
    this.isInReplies = false
  }

  /** Passes the posts of the next page. */
  skip(): void {
    this.page++
    for (let count = 0; count < this.walk.pagePosts; count++) {
      const { value: node, done } = this.nodes.next()
      if (done) break
      const { place, above } = this.placed(node)
      this.levels[place.level] = above
    }
  }

  private *post(node: PostNode): Generator<Markup> {
    const { post, depth } = node
    const { view, seen } = this.walk
    const parent = depth > 0 ? (this.path[depth - 1] ?? null) : null
    const { place, isThere, above } = this.placed(node)
    if (isShown(post, view.status)) seen?.(node, parent)
    if (!isThere) return
    yield html`${this.at(place)}`
    const href = parent && this.linkTo(parent)
    yield isShown(post, view.status) ? postArticle(node, place, href, view) : hiddenPost(node, place, view)
    this.levels[place.level] = above
  }

  /** Gives the post its place below the posts before it. */
  private placed(node: PostNode): { place: Place; isThere: boolean; above: Above } {
    const { post, depth, position } = node
    const isThere = hasPlace(node, this.walk.view)
    const place = this.places.next(node, isThere)
    const above = { id: post.id, position, person: personKey(post), name: authorName(post) }
    this.path.length = depth
    this.path[depth] = above
    return { place, isThere, above }
  }

  private linkTo({ id, position }: Above): string {
    return this.walk.link(pageOf(position, this.walk.pagePosts), this.walk.view.anchor(id))
  }

  /** Ends and begins lists, until the next post of this level has its place. */
  private at({ level }: Place): Content {
    if (level === 0) return null
    if (this.open >= level) return [this.closed(level), html`</li>\n<li>`]
    const begun: Content[] = this.open === 0 ? [this.replies()] : []
    for (; this.open < level; this.open++) begun.push(this.begin(this.open + 1, level))
    return begun
  }

  /** The part of the page that has the replies. */
  private replies(): Markup {
    this.isInReplies = true
    const { view, repliesTitle } = this.walk
    const id = `replies-${view.anchor(this.thread.id)}`
    return html`<section aria-labelledby="${id}">${heading(view.level, id, repliesTitle(this.page))}\n`
  }

  /** A list; on a page in the middle of a thread, those above it say which posts of earlier pages they are below. */
  private begin(level: number, wanted: number): Markup {
    const list = level === 1 ? html`<ol class="replies">\n<li>` : html`<ol class="below">\n<li>`
    const above = this.levels[level]
    if (level === wanted || !above) return list
    return html`${list}<p class="none">Below <a href="${this.linkTo(above)}">#${above.position + 1}</a>, on an earlier page</p>\n`
  }

  private closed(level: number): Content {
    const ends: Markup[] = []
    for (; this.open > level; this.open--) ends.push(html`</li>\n</ol>\n`)
    return ends
  }
}
