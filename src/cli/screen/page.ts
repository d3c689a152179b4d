import type { BrowsedThread, Pages } from '../../archive/index.js'
import type { PostNode } from '../../model/archive.js'
import type { Paint } from '../text/paint.js'

/** The window, in columns and rows. */
export interface Size {
  width: number
  height: number
}

/** A line of a list; `open` makes the page that it leads to, null if that is gone. */
export interface ListRow {
  text(width: number, paint: Paint): string
  open(): ScreenPage | null
}

export interface ListPage {
  kind: 'list'
  title: string
  rows: Pages<ListRow>
  /** Said instead of rows where there are none. */
  empty: string
  /** The selected row, and the first one that is shown. */
  at: number
  top: number
}

export interface ThreadPage {
  kind: 'thread'
  thread: BrowsedThread
  /** For each post the place of the post that it answers; -1: none. */
  parents: Int32Array
  /** Places of the posts whose replies are folded away. */
  folded: ReadonlySet<number>
  /** Places of the posts that are not folded away. */
  visible: readonly number[]
  /** Index in `visible` of the selected post. */
  at: number
  /** Index in `visible` of the first post that is shown, and how many of its lines are above the window. */
  top: number
  skip: number
  /** What happened to a post, as a page. */
  past(node: PostNode): TextPage
}

export interface TextPage {
  kind: 'text'
  title: string
  lines(width: number, paint: Paint): readonly string[]
  top: number
}

export type ScreenPage = ListPage | ThreadPage | TextPage

/** All that is on the screen. */
export interface State {
  /** The pages that led here; the last one is shown. */
  pages: readonly ScreenPage[]
  /** One sentence about the last key; empty: none. */
  message: string
  /** The query that is being typed; null: none is. */
  prompt: string | null
}

/** Makes pages. `search` returns a sentence if it finds nothing. */
export interface Library {
  search(query: string): ScreenPage | string
}

export const shownPage = ({ pages }: State): ScreenPage => {
  const page = pages.at(-1)
  if (!page) throw new Error('The screen shows no page.')
  return page
}

/** Rows for the page between the two lines of its head and the line at the foot. */
export const bodyHeight = ({ height }: Size): number => Math.max(1, height - 3)

/** A number within limits; the lower one wins. */
export const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most))
