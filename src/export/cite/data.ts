import type { Citation } from './citation.js'
import { citedDate, edtf, partsOf } from './dates.js'

/** A citation as CSL-JSON 1.0.2, which Zotero, pandoc and citeproc read. */
export function cslItem(citation: Citation): object {
  const { kind, key, author, title, within, container, issued, accessed, url } = citation
  return {
    id: key,
    type: kind === 'archive' ? 'dataset' : 'post',
    title,
    ...(author !== null && { author: [{ literal: author }] }),
    ...(kind !== 'archive' && { genre: kind === 'reply' ? 'Comment in an online forum' : 'Online forum post' }),
    'container-title': container,
    ...cslDate(citation),
    ...(accessed !== null && { accessed: { 'date-parts': [Object.values(partsOf(accessed))] } }),
    ...(url !== null && { URL: url }),
    ...(within !== null && { 'reviewed-title': within }),
    note: noteOf(citation, edtf(issued)),
  }
}

/** An interval has both ends, and is marked where it leads over the end of a year. */
function cslDate({ issued: { from, to } }: Citation): object {
  const parts = [from, to].flatMap(at => (at === null ? [] : [Object.values(partsOf(at))]))
  if (parts.length === 0) return {}
  const date = citedDate({ from, to })
  if (date.kind === 'day') return { issued: { 'date-parts': parts.slice(0, 1) } }
  return { issued: { 'date-parts': parts, ...(date.kind !== 'month' && date.kind !== 'year' && { circa: true }) } }
}

/** What no field of these formats has. */
function noteOf({ within, fixity, capture }: Citation, date: string | null): string {
  const facts = [
    within === null ? '' : `Reply in: ${within}`,
    date?.includes('/') ? `Date known as ${date}` : '',
    `Archived copy: threadkeep; fixity ${fixity}`,
    capture === null ? '' : `response SHA-256 ${capture.sha256}, read ${capture.at}`,
  ]
  return facts.filter(fact => fact !== '').join('; ')
}

/** One entry of BibTeX; biblatex reads `date` and `urldate`. */
export function bibtex(citation: Citation): string {
  const { kind, key, author, title, container, issued, accessed, url } = citation
  const [date, known] = [citedDate(issued), edtf(issued)]
  const fields: [string, string | null][] = [
    // The inner braces keep a name as it is: "and" in it begins no second author.
    ['author', author === null ? null : `{${tex(author)}}`],
    ['title', `{${tex(title)}}`],
    ['howpublished', tex(`${kind === 'archive' ? 'Data set' : 'Online forum post'}, ${container}`)],
    ['year', date.kind === 'none' ? null : yearField(date)],
    ['month', 'month' in date ? String(date.month) : null],
    ['date', known],
    ['url', url === null ? null : verbatim(url)],
    ['urldate', accessed?.slice(0, 10) ?? null],
    ['note', tex(noteOf(citation, known))],
  ]
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}},\n`]))
  return `@misc{${key},\n${lines.join('')}}\n`
}

const yearField = (date: Exclude<ReturnType<typeof citedDate>, { kind: 'none' }>): string =>
  date.kind === 'circa'
    ? `ca. ${date.year}`
    : date.kind === 'before' || date.kind === 'after'
      ? `${date.kind} ${date.year}`
      : String(date.year)

const TEX: Record<string, string> = {
  '\\': '{\\textbackslash}',
  // BibTeX counts braces, also escaped ones: a name must not have any.
  '{': '{\\textbraceleft}',
  '}': '{\\textbraceright}',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
}

const tex = (text: string): string =>
  text.replace(/[\\{}~^]/g, character => TEX[character] ?? '').replace(/[$&#%_]/g, '\\$&')

/** An address in a field that TeX reads verbatim: whatever could end it is percent-encoded. */
const verbatim = (url: string): string =>
  url.replace(/[\s{}\\^"<>|`]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

/** One record of RIS, with CRLF as the format wants it. No value can begin a line of its own. */
export function ris(citation: Citation): string {
  const { kind, key, author, title, within, container, issued, accessed, url, fixity } = citation
  const date = citedDate(issued)
  const fields: [string, string | null][] = [
    ['TY', kind === 'archive' ? 'DATA' : 'ELEC'],
    ['ID', key],
    ['AU', author],
    ['TI', title],
    ['T2', container],
    ['M3', kind === 'archive' ? 'Data set' : kind === 'reply' ? 'Comment in an online forum' : 'Online forum post'],
    ['PY', 'year' in date ? String(date.year) : null],
    ['DA', date.kind === 'day' ? [date.year, two(date.month), two(date.day)].join('/') : null],
    ['Y2', accessed === null ? null : accessed.slice(0, 10).replaceAll('-', '/')],
    ['UR', url],
    ['N1', noteOf({ ...citation, within }, edtf(issued))],
    ['AN', fixity],
    ['ER', ''],
  ]
  return fields.flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${value}\r\n`])).join('')
}

const two = (value: number): string => String(value).padStart(2, '0')
