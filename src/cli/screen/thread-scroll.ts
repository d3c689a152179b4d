import type { Paint } from '../text/paint.js'
import { bodyHeight, type Size, type ThreadPage, within } from './page.js'
import { postBlock } from './post-block.js'

/** A window on the posts of a thread: only those that it shows are read and wrapped. */
interface View {
  size: Size
  paint: Paint
}

/** The mark of the selected post and a blank. */
const MARGIN = 2

const block = (page: ThreadPage, index: number, { size, paint }: View): readonly string[] =>
  postBlock(page, index, size.width - MARGIN, paint)

export function threadBody(page: ThreadPage, size: Size, paint: Paint): string[] {
  const lines: string[] = []
  const height = bodyHeight(size)
  for (let index = page.top; index < page.visible.length && lines.length < height; index++) {
    const own = block(page, index, { size, paint }).slice(index === page.top ? page.skip : 0)
    lines.push(
      ...own.slice(0, height).map((line, at) => (at === 0 && index === page.at ? `${paint.bold('>')} ` : '  ') + line),
    )
  }
  return lines.slice(0, height).map(line => line.trimEnd())
}

/** The next post; of one that is longer than the window, the next lines first. */
export function goDown(page: ThreadPage, view: View): ThreadPage {
  const height = bodyHeight(view.size)
  const below = endOf(page, view) - height
  if (page.at === page.top && below > 0) return scrollDown(page, Math.min(below, step(view)), view)
  return page.at >= page.visible.length - 1 ? page : shown({ ...page, at: page.at + 1 }, view)
}

export function goUp(page: ThreadPage, view: View): ThreadPage {
  if (page.at === page.top && page.skip > 0) return scrollUp(page, step(view), view)
  if (page.at === 0) return page
  const at = page.at - 1
  // Its end is in the window already.
  if (at === page.top && page.skip > 0) return { ...page, at }
  if (at >= page.top) return shown({ ...page, at }, view)
  // Of a long post, the end comes first.
  return { ...page, at, top: at, skip: Math.max(0, block(page, at, view).length - bodyHeight(view.size)) }
}

/** A long post moves by half a window. */
const step = ({ size }: View): number => Math.max(1, Math.floor(bodyHeight(size) / 2))

/** A window further; the selected post is then the first that begins in it, else the one that fills it. */
export function pageDown(page: ThreadPage, view: View): ThreadPage {
  const moved = scrollDown(page, Math.max(1, bodyHeight(view.size) - 1), view)
  const isSame = moved.top === page.top && moved.skip === page.skip
  return isSame ? { ...page, at: page.visible.length - 1 } : { ...moved, at: firstHead(moved, view) }
}

export function pageUp(page: ThreadPage, view: View): ThreadPage {
  const moved = scrollUp(page, Math.max(1, bodyHeight(view.size) - 1), view)
  return { ...moved, at: moved.top === 0 && moved.skip === 0 ? 0 : firstHead(moved, view) }
}

function firstHead(page: ThreadPage, view: View): number {
  if (page.skip === 0 || page.top === page.visible.length - 1) return page.top
  return block(page, page.top, view).length - page.skip < bodyHeight(view.size) ? page.top + 1 : page.top
}

export const goHome = (page: ThreadPage): ThreadPage => ({ ...page, at: 0, top: 0, skip: 0 })

export function goToEnd(page: ThreadPage, view: View): ThreadPage {
  const last = page.visible.length - 1
  return fromBottom({ ...page, at: last }, view)
}

/** The same page, scrolled so that the selected post is in the window: as a whole if it fits, else from its beginning. */
export function shown(page: ThreadPage, view: View): ThreadPage {
  if (page.at < page.top || (page.at === page.top && page.skip > 0)) return { ...page, top: page.at, skip: 0 }
  const height = bodyHeight(view.size)
  if (page.at - page.top > height) return fromBottom(page, view)
  return endOf(page, view) > height ? fromBottom(page, view) : page
}

/** Lines from the top of the window to the end of the selected post, without the empty line behind it. */
function endOf(page: ThreadPage, view: View): number {
  let lines = -page.skip - 1
  for (let index = page.top; index <= page.at; index++) lines += block(page, index, view).length
  return lines
}

/** The selected post is at the bottom of the window; at its top if it is longer. */
function fromBottom(page: ThreadPage, view: View): ThreadPage {
  const free = bodyHeight(view.size) - (block(page, page.at, view).length - 1)
  const from = { ...page, top: page.at, skip: 0 }
  return free <= 0 ? from : scrollUp(from, free, view)
}

function scrollDown(page: ThreadPage, by: number, view: View): ThreadPage {
  const last = page.visible.length - 1
  let { top, skip } = page
  skip += by
  for (
    let height = block(page, top, view).length;
    skip >= height && top < last;
    height = block(page, top, view).length
  ) {
    skip -= height
    top++
  }
  const most = Math.max(0, block(page, last, view).length - bodyHeight(view.size))
  return { ...page, top, skip: top === last ? within(skip, 0, most) : skip }
}

function scrollUp(page: ThreadPage, by: number, view: View): ThreadPage {
  let { top, skip } = page
  skip -= by
  while (skip < 0 && top > 0) skip += block(page, --top, view).length
  return { ...page, top, skip: Math.max(0, skip) }
}
