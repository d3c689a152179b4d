import type { Paint } from '../text/paint.js'
import { letters } from '../text/width.js'
import { lastTop } from './frame.js'
import { HELP_PAGE } from './keys.js'
import { openRow, select } from './list-page.js'
import {
  bodyHeight,
  type Library,
  type ListPage,
  type ScreenPage,
  type Size,
  type State,
  shownPage,
  type TextPage,
  type ThreadPage,
  within,
} from './page.js'
import { goLeft, goRight, goToParent, goToSibling, selectedPlace, toggleAll, toggleFold } from './thread-page.js'
import { goDown, goHome, goToEnd, goUp, pageDown, pageUp, shown } from './thread-scroll.js'

/** What a key may use. */
interface Surroundings {
  size: Size
  paint: Paint
  library: Library
}

/** The state after a key; null: the reader is done. */
export function press(state: State, key: string, around: Surroundings): State | null {
  if (state.prompt !== null) return typed(state, state.prompt, key, around.library)
  const quiet = { ...state, message: '' }
  if (key === 'Q') return null
  if (key === 'q' || key === 'escape' || key === 'backspace') return back(quiet)
  if (key === '/') return { ...quiet, prompt: '' }
  if (key === '?') return shownPage(state) === HELP_PAGE ? back(quiet) : pushed(quiet, HELP_PAGE)
  const page = shownPage(state)
  if (page.kind === 'list') return onList(quiet, page, key, around.size)
  return page.kind === 'text' ? replaced(quiet, onText(page, key, around.size)) : onThread(quiet, page, key, around)
}

/** In a window of another size, each page shows what is selected. */
export const resized = (state: State, { size, paint }: View): State => ({
  ...state,
  pages: state.pages.map(page => {
    if (page.kind === 'list') return select(page, page.at, size)
    return page.kind === 'thread' ? shown({ ...page, skip: 0 }, { size, paint }) : { ...page, top: 0 }
  }),
})

/** Escape leaves a page, but not the program. */
const back = (state: State): State | null =>
  state.pages.length > 1 ? { ...state, pages: state.pages.slice(0, -1) } : null

const pushed = (state: State, page: ScreenPage): State => ({ ...state, pages: [...state.pages, page] })

const replaced = (state: State, page: ScreenPage): State => ({ ...state, pages: [...state.pages.slice(0, -1), page] })

/** A character that is typed, or a key that ends the typing. */
function typed(state: State, prompt: string, key: string, library: Library): State {
  if (key === 'escape') return { ...state, prompt: null }
  if (key === 'backspace') return { ...state, prompt: prompt === '' ? null : [...prompt].slice(0, -1).join('') }
  if (key === 'clear') return { ...state, prompt: '' }
  if (key === 'return') return found({ ...state, prompt: null }, prompt, library)
  // Names of keys, such as `pagedown`, are longer than any character.
  return [...letters(key)].length === 1 ? { ...state, prompt: prompt + key } : state
}

function found(state: State, query: string, library: Library): State {
  if (query.trim() === '') return state
  const result = library.search(query)
  return typeof result === 'string' ? { ...state, message: result } : pushed({ ...state, message: '' }, result)
}

/** Rows that a key moves by, in lists and in texts; undefined: it moves nothing. */
function stepOf(key: string, size: Size): number | undefined {
  const height = bodyHeight(size)
  const steps: Record<string, number> = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -height,
    b: -height,
    pagedown: height,
    ' ': height,
  }
  return steps[key]
}

function onList(state: State, page: ListPage, key: string, size: Size): State {
  const step = stepOf(key, size)
  if (step !== undefined) return replaced(state, select(page, page.at + step, size))
  if (key === 'home' || key === 'g') return replaced(state, select(page, 0, size))
  if (key === 'end' || key === 'G') return replaced(state, select(page, page.rows.length - 1, size))
  if (key !== 'return' && key !== 'right' && key !== 'l')
    return key === 'left' || key === 'h' ? (back(state) ?? state) : state
  const opened = openRow(page)
  return opened
    ? pushed(state, opened)
    : { ...state, message: page.rows.length > 0 ? 'It is not in the archive any more.' : '' }
}

function onText(page: TextPage, key: string, size: Size): TextPage {
  const ends: Record<string, number> = { home: 0, g: 0, end: Number.MAX_SAFE_INTEGER, G: Number.MAX_SAFE_INTEGER }
  return { ...page, top: within(ends[key] ?? page.top + (stepOf(key, size) ?? 0), 0, lastTop(page, size)) }
}

function onThread(state: State, page: ThreadPage, key: string, { size, paint }: Surroundings): State {
  const view = { size, paint }
  const move = MOVES[key]
  if (move) return replaced(state, move(page, view))
  const turn = TURNS[key]
  if (turn) {
    const turned = turn(page)
    if (turned === page && key === 'p') return { ...state, message: 'This post has no parent here.' }
    return replaced(state, shown(turned, view))
  }
  const [node] = key === 'e' ? page.thread.posts.slice(selectedPlace(page), selectedPlace(page) + 1) : []
  return node ? pushed(state, page.past(node)) : state
}

type View = Pick<Surroundings, 'size' | 'paint'>

/** Keys that scroll. */
const MOVES: Record<string, (page: ThreadPage, view: View) => ThreadPage> = {
  down: goDown,
  j: goDown,
  up: goUp,
  k: goUp,
  pagedown: pageDown,
  ' ': pageDown,
  pageup: pageUp,
  b: pageUp,
  home: goHome,
  g: goHome,
  end: goToEnd,
  G: goToEnd,
}

/** Keys that select or fold: then the window follows. */
const TURNS: Record<string, (page: ThreadPage) => ThreadPage> = {
  left: goLeft,
  h: goLeft,
  right: goRight,
  l: goRight,
  return: toggleFold,
  z: toggleAll,
  p: goToParent,
  n: page => goToSibling(page, 1),
  N: page => goToSibling(page, -1),
}
