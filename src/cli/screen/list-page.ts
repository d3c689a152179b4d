import type { Pages } from '../../archive/index.js'
import type { Paint } from '../text/paint.js'
import { bodyHeight, type ListPage, type ListRow, type ScreenPage, type Size, within } from './page.js'

export const listPage = (title: string, rows: Pages<ListRow>, empty: string): ListPage => ({
  kind: 'list',
  title,
  rows,
  empty,
  at: 0,
  top: 0,
})

/** Selects another row, and scrolls only as far as it takes to show it. */
export function select(page: ListPage, to: number, size: Size): ListPage {
  const at = within(to, 0, page.rows.length - 1)
  const height = bodyHeight(size)
  return { ...page, at, top: within(page.top, at - height + 1, at) }
}

/** The page behind the selected row. */
export const openRow = ({ rows, at }: ListPage): ScreenPage | null => rows.slice(at, at + 1)[0]?.open() ?? null

/** The selected row has a mark before it, so that no colour is needed to see it. */
export function listLines(page: ListPage, size: Size, paint: Paint): string[] {
  if (page.rows.length === 0) return [page.empty]
  const rows = page.rows.slice(page.top, page.top + bodyHeight(size))
  return rows.map((row, index) => {
    const text = row.text(size.width - 2, paint)
    return page.top + index === page.at ? `${paint.bold('>')} ${text}` : `  ${text}`
  })
}

/** The last pages of rows, so that a step of one row reads nothing. */
export function cachedPages<Row>({ length, slice }: Pages<Row>): Pages<Row> {
  const pages = new Map<number, Row[]>()
  const pageAt = (number: number): Row[] => {
    const found = pages.get(number) ?? slice(number * PAGE, (number + 1) * PAGE)
    if (pages.size >= MOST) pages.clear()
    pages.set(number, found)
    return found
  }
  const rows = function* (from: number, to: number) {
    for (let number = Math.floor(from / PAGE); number * PAGE < to; number++)
      yield* pageAt(number).slice(Math.max(0, from - number * PAGE), to - number * PAGE)
  }
  return { length, slice: (from, to) => [...rows(Math.max(0, from), Math.min(to, length))] }
}

const PAGE = 50
const MOST = 8
