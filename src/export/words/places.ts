import type { PostNode } from '../../model/archive.js'

/** The place of a post in a document. */
export interface Place {
  /** `#7`: its number in the whole thread, whatever is left out. */
  number: number
  /** 0: the opening post, at the margin. 1: an item of the outer list, and so on. */
  level: number
  /** The number of the post that it answers, where the indentation does not say so; `unread`: that post is not held; else null. */
  answers: number | 'unread' | null
}

interface Above {
  number: number
  level: number
  replies: number
  /** Set: it is in an earlier document. */
  isEarlier?: true
}

/**
 * The places of the posts of one thread, in their order. An only answer is not indented further, and nothing below `maxLevel`. No arrow for
 * an answer to the opening post at the margin, and for the first answer that is indented under its post.
 */
export class Places {
  /** The post at each depth above the next one. */
  private readonly path: (Above | undefined)[]
  private last = 0

  constructor(
    private readonly thread: string,
    private readonly maxLevel: number,
    /** Positions of the posts above the first one, of a piece of a thread. */
    above: readonly number[] = [],
  ) {
    this.path = above.map(position => ({ number: position + 1, level: 0, replies: 0, isEarlier: true }))
  }

  /** Call it for each post of the thread, also for those that are not shown. `isShown`: false for a post that leaves nothing in the document. */
  next({ post, depth, position, replies }: PostNode, isShown = true): Place {
    const parent = depth > 0 ? this.path[depth - 1] : undefined
    const isOpening = position === 0 && (post.id === this.thread || post.parentId === null)
    const level = isOpening ? 0 : parent ? this.levelBelow(parent) : 1
    this.path.length = depth
    this.path[depth] = { number: position + 1, level, replies }
    const place = { number: position + 1, level, answers: isOpening ? null : this.arrow(post.parentId, level, parent) }
    if (isShown) this.last = place.number
    return place
  }

  private levelBelow({ level, replies }: Above): number {
    if (level === 0) return 1
    return replies === 1 ? level : Math.min(level + 1, this.maxLevel)
  }

  private arrow(parentId: string | null, level: number, parent: Above | undefined): Place['answers'] {
    if (!parent) return parentId === null || parentId === this.thread ? null : 'unread'
    if (parent.isEarlier) return parentId === this.thread ? null : parent.number
    if (parent.level === 0) return null
    return level > parent.level && parent.number === this.last ? null : parent.number
  }
}
