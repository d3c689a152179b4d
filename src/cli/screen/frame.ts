import { coloured } from '../render/summary.js'
import { shortened } from '../text/columns.js'
import { joined, type Paint, PLAIN } from '../text/paint.js'
import { completenessWords, count, figure, goneWords, groupName } from '../text/phrases.js'
import { isolated, terminalLine } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { listLines } from './list-page.js'
import { bodyHeight, type ScreenPage, type Size, type State, shownPage, type TextPage } from './page.js'
import { selectedPlace } from './thread-page.js'
import { threadBody } from './thread-scroll.js'

/** What the window shows: a line a row, none wider than the window. */
export interface Frame {
  lines: string[]
  /** Column of the cursor in the last row; null: it is hidden. */
  cursor: number | null
}

const LEAST: Size = { width: 20, height: 5 }

/** Draws a state. The same state and size make the same lines. */
export function frame(state: State, size: Size, paint: Paint): Frame {
  if (size.width < LEAST.width || size.height < LEAST.height) return tooSmall(size)
  const page = shownPage(state)
  const body = bodyOf(page, size, paint).slice(0, bodyHeight(size))
  const blank = Array<string>(bodyHeight(size) - body.length).fill('')
  const title = paint.bold(shortened(titleOf(page), size.width))
  return {
    lines: [title, factsOf(page, size, paint), ...body, ...blank, footOf(state, size, paint)],
    cursor: cursorOf(state, size),
  }
}

const tooSmall = ({ width, height }: Size): Frame => ({
  lines: ['Window too small', ...Array<string>(Math.max(0, height - 1)).fill('')].map(line => line.slice(0, width)),
  cursor: null,
})

const titleOf = (page: ScreenPage): string =>
  page.kind === 'thread' ? isolated(terminalLine(page.thread.title)) : terminalLine(page.title)

function factsOf(page: ScreenPage, { width }: Size, paint: Paint): string {
  if (page.kind !== 'thread') return ''
  const { group, gonePosts, completeness, posts } = page.thread
  const said = `${count(posts.length, 'post')}${goneWords(gonePosts)}`
  const state = completenessWords(completeness)
  const facts = [said, coloured(completeness.state, state, paint)]
  const room = width - textWidth(joined([said, state], paint)) - 3
  if (room < -3) return shortened(said, width)
  return joined(group && room >= 8 ? [shortened(groupName(group), room), ...facts] : facts, paint)
}

function bodyOf(page: ScreenPage, size: Size, paint: Paint): string[] {
  if (page.kind === 'list') return listLines(page, size, paint)
  if (page.kind === 'thread') return threadBody(page, size, paint)
  return page.lines(size.width, paint).slice(page.top, page.top + bodyHeight(size))
}

/** What is typed, what happened, or where this is and which keys there are. */
function footOf(state: State, size: Size, paint: Paint): string {
  if (state.prompt !== null) return `${PROMPT}${endOf(state.prompt, size.width - PROMPT.length - 1)}`
  if (state.message !== '') return shortened(terminalLine(state.message), size.width)
  return paint.dim(shortened(`${placeOf(shownPage(state), size)}  ?:help  /:search  q:back`, size.width))
}

const PROMPT = 'Search: '

const cursorOf = ({ prompt }: State, { width }: Size): number | null =>
  prompt === null ? null : PROMPT.length + textWidth(endOf(prompt, width - PROMPT.length - 1))

/** The end of what is typed, as far as it fits. */
function endOf(text: string, width: number): string {
  let kept = terminalLine(text) + (/\s$/.test(text) ? ' ' : '')
  while (textWidth(kept) > width) kept = [...kept].slice(1).join('')
  return kept
}

function placeOf(page: ScreenPage, size: Size): string {
  const [at, of] =
    page.kind === 'list'
      ? [page.at + 1, page.rows.length]
      : page.kind === 'thread'
        ? [selectedPlace(page) + 1, page.thread.posts.length]
        : [page.top + 1, lastTop(page, size) + 1]
  return `${figure(Math.min(at, of))}/${figure(of)}`
}

/** The furthest that a text scrolls. */
export const lastTop = (page: TextPage, size: Size): number =>
  Math.max(0, page.lines(size.width, PLAIN).length - bodyHeight(size))
