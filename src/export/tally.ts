import type { StoredThread } from '../model/archive.js'
import { preOrder } from '../model/tree.js'

/** How much was exported. */
export interface Tally {
  threads: number
  posts: number
}

/** The same threads, counted as they pass. */
export function* counted(threads: Iterable<StoredThread>, tally: Tally): Generator<StoredThread> {
  for (const thread of threads) {
    tally.threads++
    for (const _ of preOrder(thread.roots)) tally.posts++
    yield thread
  }
}
