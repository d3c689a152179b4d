import type { StoredAuthor, StoredPost, StoredThread } from '../../model/archive.js'
import type { ShownStatus } from '../exporter.js'
import { isShown } from '../shown.js'

/** Whoever wrote a post: a member, one who was erased, or nobody who is known. */
export type Writer = StoredAuthor | 'erased' | null

const writerOf = ({ author, forgotten }: StoredPost): Writer => {
  if (forgotten) return 'erased'
  return author && (author.slug ?? author.id ?? author.name) !== null ? author : null
}

/** A post that is shown, with who wrote it and the post above it. `missing`: the post above is not held. */
export interface Placed {
  post: StoredPost
  writer: Writer
  above: Writer | 'missing' | 'opening'
}

export function* placedPosts({ posts }: StoredThread, status: ShownStatus): Generator<Placed> {
  const path: Writer[] = []
  for (const { post, depth } of posts) {
    const writer = writerOf(post)
    path.length = depth
    if (isShown(post, status)) yield { post, writer, above: depth > 0 ? (path[depth - 1] ?? null) : topOf(post) }
    path[depth] = writer
  }
}

const topOf = ({ parentId }: StoredPost) => (parentId === null ? 'opening' : 'missing')

export const isMember = (one: Writer | 'missing' | 'opening'): one is StoredAuthor =>
  typeof one === 'object' && one !== null
