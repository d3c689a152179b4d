import { lineOf } from './dom.js'
import { find, type Survey } from './survey.js'

/**
 * "Viewing 1 - 20 of 45 groups": in every language the last number is the total, and the number before it is the last row
 * shown. Digits may be grouped ("1,045"). Without these numbers, a link to the next page decides.
 */
export function hasNextPage(page: Survey): boolean {
  const numbers =
    lineOf(find(page, '.pag-count'))
      .match(/\d[\d.,\u00a0]*/g)
      ?.map(text => Number(text.replace(/\D/g, ''))) ?? []
  const [shown, total] = numbers.slice(-2)
  if (numbers.length >= 3 && shown !== undefined && total !== undefined) return shown < total
  return find(page, '.pagination-links a.next, .bp-pagination-links a.next') !== undefined
}
