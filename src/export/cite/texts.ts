import type { Citation } from './citation.js'
import { americanDay, citedDate, monthName, shortDay, shortMonth, yearWords } from './dates.js'

/** Plain text, without italics. Names are not inverted: which part of a name is the family name, no site says. */

/** APA, 7th edition, 10.15: online forum post; 10.9: data set. */
export function apa(citation: Citation): string {
  const { author, kind, container, accessed, url } = citation
  const what =
    kind === 'archive' ? '[Data set]' : kind === 'reply' ? '[Comment in an online forum]' : '[Online forum post]'
  const head =
    author === null
      ? `${titleIn(citation)} ${what}. (${apaDate(citation)}).`
      : `${ended(author)} (${apaDate(citation)}). ${titleIn(citation)} ${what}.`
  const from = url === null ? '' : accessed === null ? ` ${url}` : ` Retrieved ${americanDay(accessed)}, from ${url}`
  return `${head} ${ended(container)}${from}${copyWords(citation)}`
}

const titleIn = ({ title, within, kind }: Citation): string =>
  kind === 'reply' && within !== null ? `${title} [reply in “${within}”]` : title

function apaDate({ issued }: Citation): string {
  const date = citedDate(issued)
  if (date.kind === 'day') return `${date.year}, ${monthName(date.month)} ${date.day}`
  return date.kind === 'month' ? `${date.year}, ${monthName(date.month)}` : yearWords(date)
}

/** MLA, 9th edition, 5.22 and appendix 2: posts and comments of a website. */
export function mla(citation: Citation): string {
  const { author, container, accessed, url } = citation
  const who = author === null ? '' : `${ended(author)} `
  const where = [container, mlaDate(citation), url ?? ''].filter(part => part !== '').join(', ')
  const when = accessed === null ? '' : ` Accessed ${shortDay(accessed)}.`
  return `${who}${quotedTitle(citation)} ${ended(where)}${when}${copyWords(citation)}`
}

function mlaDate({ issued }: Citation): string {
  const date = citedDate(issued)
  if (date.kind === 'none') return ''
  if (date.kind === 'day') return `${date.day} ${shortMonth(date.month)} ${date.year}`
  return date.kind === 'month' ? `${shortMonth(date.month)} ${date.year}` : yearWords(date)
}

/** The Chicago Manual of Style, 17th edition, 14.208–14.210, as an entry of a bibliography. */
export function chicago(citation: Citation): string {
  const { author, container, accessed, url } = citation
  const who = author === null ? '' : `${ended(author)} `
  const when = accessed === null ? '' : ` Accessed ${americanDay(accessed)}.`
  return `${who}${quotedTitle(citation)} ${ended(container)} ${ended(chicagoDate(citation))}${when}${url === null ? '' : ` ${url}.`}${copyWords(citation)}`
}

function chicagoDate({ issued }: Citation): string {
  const date = citedDate(issued)
  if (date.kind === 'day') return `${monthName(date.month)} ${date.day}, ${date.year}`
  return date.kind === 'month' ? `${monthName(date.month)} ${date.year}` : yearWords(date)
}

/** `“Title.”`, and of a reply the thread. Quotation marks within become single ones. */
function quotedTitle({ title, within, kind }: Citation): string {
  const inner = (text: string) => ended(text.replace(/[“”"]/g, '’'))
  const own = `“${inner(title)}”`
  return kind === 'reply' && within !== null ? `${own} Reply in “${inner(within)}”` : own
}

/** With a full stop, unless it ends with a mark of its own. */
const ended = (text: string): string => (/[.!?…。！？]["”’)]*$/u.test(text) ? text : `${text}.`)

/** Every style ends with the archived copy: the address may change, the copy does not. */
function copyWords({ fixity, capture }: Citation): string {
  const response = capture === null ? '' : `; response SHA-256 ${capture.sha256}`
  return ` (Archived copy: threadkeep, fixity ${fixity}${response})`
}
