import type { BrowsedThread } from '../../archive/index.js'
import type { ThreadPage } from './page.js'

export function threadPage(thread: BrowsedThread, past: ThreadPage['past']): ThreadPage {
  const parents = parentsOf(thread.posts.places)
  const visible = visiblePlaces(thread.posts.places, new Set())
  return { kind: 'thread', thread, parents, folded: new Set(), visible, at: 0, top: 0, skip: 0, past }
}

type Places = BrowsedThread['posts']['places']

/** In pre-order, the parent of a post is the last one before it that is a level higher. */
function parentsOf(places: Places): Int32Array {
  const path: number[] = []
  return Int32Array.from(places, ({ depth }, place) => {
    path[depth] = place
    return path[depth - 1] ?? -1
  })
}

function visiblePlaces(places: Places, folded: ReadonlySet<number>): number[] {
  const visible: number[] = []
  let hiddenBelow = Number.POSITIVE_INFINITY
  for (const [place, { depth }] of places.entries()) {
    if (depth > hiddenBelow) continue
    hiddenBelow = folded.has(place) ? depth : Number.POSITIVE_INFINITY
    visible.push(place)
  }
  return visible
}

/** Place in the thread of the selected post. */
export const selectedPlace = ({ visible, at }: ThreadPage): number => visible[at] ?? 0

const hasReplies = ({ thread }: ThreadPage, place: number): boolean => (thread.posts.places[place]?.replies ?? 0) > 0

/** Folds the replies of the selected post away, or shows them again. */
export function toggleFold(page: ThreadPage): ThreadPage {
  const place = selectedPlace(page)
  if (!hasReplies(page, place)) return page
  const folded = new Set(page.folded)
  if (!folded.delete(place)) folded.add(place)
  return refolded(page, folded, place)
}

/** Folds all replies to the opening post and to posts without a parent; again: shows everything. */
export function toggleAll(page: ThreadPage): ThreadPage {
  const { places } = page.thread.posts
  const upper = places.flatMap(({ depth, replies }, place) => (depth === 1 && replies > 0 ? [place] : []))
  if (page.folded.size > 0 || upper.length === 0) return refolded(page, new Set(), selectedPlace(page))
  let place = selectedPlace(page)
  while ((places[place]?.depth ?? 0) > 1) place = page.parents[place] ?? 0
  return refolded(page, new Set(upper), place)
}

/** Left: folds; where nothing is left to fold, goes to the parent. Right: unfolds, or goes to the first reply. */
export function goLeft(page: ThreadPage): ThreadPage {
  const place = selectedPlace(page)
  return hasReplies(page, place) && !page.folded.has(place) ? toggleFold(page) : goToParent(page)
}

export function goRight(page: ThreadPage): ThreadPage {
  const place = selectedPlace(page)
  if (page.folded.has(place)) return toggleFold(page)
  return hasReplies(page, place) ? { ...page, at: page.at + 1 } : page
}

export function goToParent(page: ThreadPage): ThreadPage {
  const parent = page.parents[selectedPlace(page)] ?? -1
  return parent < 0 ? page : goTo(page, parent)
}

/** The next (1) or previous (-1) post that answers the same post. */
export function goToSibling(page: ThreadPage, step: 1 | -1): ThreadPage {
  const place = selectedPlace(page)
  const { places } = page.thread.posts
  const depth = places[place]?.depth ?? 0
  let next = place + step
  while ((places[next]?.depth ?? -1) > depth) next += step
  return places[next]?.depth === depth ? goTo(page, next) : page
}

/** Selects the post at a place, and unfolds what it is folded into. */
export function goTo(page: ThreadPage, place: number): ThreadPage {
  const folded = new Set(page.folded)
  for (let above = page.parents[place] ?? -1; above >= 0; above = page.parents[above] ?? -1) folded.delete(above)
  if (folded.size === page.folded.size) return { ...page, at: indexOf(page.visible, place) }
  return refolded(page, folded, place)
}

function refolded(page: ThreadPage, folded: ReadonlySet<number>, place: number): ThreadPage {
  const visible = visiblePlaces(page.thread.posts.places, folded)
  const top = Math.min(indexOf(visible, page.visible[page.top] ?? 0), visible.length - 1)
  return { ...page, folded, visible, at: indexOf(visible, place), top, skip: 0 }
}

/** Index of the place, or of the last one before it: `visible` is in ascending order. */
function indexOf(visible: readonly number[], place: number): number {
  let [low, high] = [0, visible.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((visible[middle] ?? 0) <= place) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}
