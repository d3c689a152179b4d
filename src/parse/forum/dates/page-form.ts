import { every } from '../../document/dom.js'
import { find, type Survey } from '../../document/survey.js'
import { type DateForm, orderOfFormat } from './local-date.js'

/** The language of a page, and its format of dates, which WordPress prints for the script of BuddyPress that writes dates. */
export function dateFormOf(page: Survey): DateForm {
  const language = find(page, 'html')?.attribs['lang'] ?? ''
  return { language, order: orderOfFormat(formatIn(page) ?? '') }
}

/** `moment.updateLocale( 'en_US', {…"longDateFormat":{"LT":"g:i a",…,"LL":"F j, Y",…}} )`: LL is the format of dates, as PHP has it. */
function formatIn(page: Survey): string | null {
  for (const { children } of every(page.outside, 'script')) {
    const [text] = children
    const found =
      text && 'data' in text ? /"longDateFormat":\{[^}]*"LL":"((?:[^"\\]|\\.)*)"/.exec(text.data)?.[1] : null
    if (found) return found.replace(/\\(.)/g, '$1')
  }
  return null
}
