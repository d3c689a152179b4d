import type { Member, Post } from '../../model/discussion.js'

/** The one empty list: those of 100,000 replies would be 200,000. */
const NONE: never[] = []

/**
 * The posts of a page as they arrive from the thread that has parsed it. What is sent arrives as a value of its own each time; here the same
 * author, date, type and address is one value again, which halves what 100,000 replies need.
 */
export class ReceivedPosts {
  readonly all: Post[] = []
  private readonly authors = new Map<string, Member>()

  add(posts: readonly Post[]): void {
    for (const post of posts) this.all.push(this.lean(post))
  }

  private lean(post: Post): Post {
    const { when, threadId, parentId, type, url } = post
    const before = this.all.at(-1) ?? post
    return {
      ...post,
      author: this.one(post.author),
      when: when.from === before.when.from && when.to === before.when.to ? before.when : when,
      threadId: threadId === before.threadId ? before.threadId : threadId,
      parentId: parentId === before.parentId ? before.parentId : parentId,
      type: type === before.type ? before.type : type,
      url: url === before.url ? before.url : url,
      attachments: post.attachments.length === 0 ? NONE : post.attachments,
      links: post.links.length === 0 ? NONE : post.links,
    }
  }

  private one(author: Member | null): Member | null {
    if (author === null) return null
    const key = JSON.stringify(author)
    const known = this.authors.get(key) ?? author
    this.authors.set(key, known)
    return known
  }
}
