import type { PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import { messageId } from '../identifiers.js'
import { isOpening } from '../record.js'

/** The ids of the messages above a post, from the root of its thread to its parent. One that is not in the archive has an id as well. */
export class ReplyChain {
  private readonly ids: string[] = []
  /** How many of them are above the root that the walk is in: messages that are not in the archive. */
  private above = 0

  constructor(private readonly thread: StoredThread) {}

  /** To be asked for each post of the thread, in pre-order. */
  enter(node: PostNode): { id: string; references: string[] } {
    const { post, depth } = node
    const id = this.idOf(post.id)
    if (depth === 0) this.beginAt(post, isOpening(node, this.thread))
    this.ids.length = this.above + depth
    const references = bounded(this.ids)
    this.ids.push(id)
    return { id, references }
  }

  /** A reply without its parent belongs to the thread all the same. */
  private beginAt({ id, parentId }: StoredPost, isOpening: boolean): void {
    const above = isOpening ? [] : [this.thread.id, parentId ?? this.thread.id].filter(other => other !== id)
    this.ids.splice(0, Number.POSITIVE_INFINITY, ...new Set(above.map(this.idOf)))
    this.above = this.ids.length
  }

  private readonly idOf = (post: string): string => messageId(this.thread.site, post)
}

/** Programs limit a field to 998 characters, as RFC 5322 does a line. */
const MAX_REFERENCES = 998 - 'References: '.length

/** The root and as many of the nearest messages as there is room for: RFC 5537, 3.4.4, also takes them from the middle. */
function bounded(ids: readonly string[]): string[] {
  const root = ids.slice(0, 1)
  let room = MAX_REFERENCES - root.join('').length
  let start = ids.length
  for (; start > 1; start--) {
    room -= 1 + (ids[start - 1] as string).length
    if (room < 0) break
  }
  return [...root, ...ids.slice(Math.max(start, 1))]
}
