import { every, lineOf } from './dom.js'
import { find, type Survey } from './survey.js'

/**
 * "Viewing 1 - 20 of 45 groups": in every language the last number is the total, and the number before it is the last row
 * shown. Digits may be grouped ("1,045"). Without these numbers, a link to the next page decides.
 */
export function hasNextPage(page: Survey): boolean {
  const counted = countedRows(page)
  if (counted) return counted.shown < counted.total
  return find(page, '.pagination-links a.next, .bp-pagination-links a.next') !== undefined
}

/** Number of the last row shown, and of all rows; null: the page does not count them. */
export function countedRows(page: Survey): { shown: number; total: number } | null {
  const numbers =
    lineOf(find(page, '.pag-count'))
      .match(/\d[\d.,\u00a0]*/g)
      ?.map(text => Number(text.replace(/\D/g, ''))) ?? []
  const [shown, total] = numbers.slice(-2)
  return numbers.length >= 3 && shown !== undefined && total !== undefined ? { shown, total } : null
}

/** A link to a later page of the stream (`?acpage=3` on page 2), in any element. */
export const linksToLaterPage = (page: Survey, current: number): boolean =>
  every(page.outside, 'a[href*="acpage="]').some(({ attribs }) => {
    const number = /[?&;]acpage=(\d+)/.exec(attribs['href'] ?? '')?.[1]
    return Number(number ?? 0) > current
  })
