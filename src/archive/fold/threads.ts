import type { ThreadStateRow } from '../schema/tables/posts.js'
import { better, later, pickKnown } from './precedence.js'

/** The last whole view of a thread, with the capture that showed it. */
export type WholeView = Pick<ThreadStateRow, 'claimed' | 'whole_view_at' | 'whole_view_in' | 'view_capture_id'>

/** The last whole view. A view in a stream wins: a page of the thread also shows posts that do not belong to it. */
export function foldViews(a: WholeView, b: WholeView): WholeView {
  const { claimed, whole_view_at, whole_view_in, view_capture_id } = better(a, b, row => [
    row.whole_view_in,
    row.whole_view_at,
    row.claimed,
  ])
  return { claimed, whole_view_at, whole_view_in, view_capture_id }
}

/** What becomes of the state of a thread in two archives. */
export const foldThreads = (a: ThreadStateRow, b: ThreadStateRow): ThreadStateRow => ({
  ...a,
  ...foldViews(a, b),
  checked_at: pickKnown(later, a.checked_at, b.checked_at),
})
