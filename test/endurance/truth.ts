import type { StoredPost } from '../../src/model/archive.js'
import { desk } from '../run/outside.js'

/** What an archive holds, beside what is true. */

export type Held = Pick<
  StoredPost,
  'id' | 'threadId' | 'parentId' | 'status' | 'text' | 'html' | 'truncated' | 'revisions'
>

export const heldIn = (file: string): Map<number, Held> =>
  new Map(
    desk(file)
      .threads()
      .flatMap(({ posts }) => posts.map(({ post }) => [Number(post.id), post] as const)),
  )

/** Ids that lead to themselves, parent by parent. */
export function circlesIn(held: ReadonlyMap<number, Held>): number[] {
  return [...held.keys()].filter(id => {
    let above = held.get(id)?.parentId ?? null
    for (let steps = 0; above !== null && steps <= held.size; steps++) {
      if (Number(above) === id) return true
      above = held.get(Number(above))?.parentId ?? null
    }
    return false
  })
}
