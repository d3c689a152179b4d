import type { AnnotationRow } from '../../model/coding/annotation.js'
import { UsageError } from '../../model/errors.js'
import { foldCase } from '../names.js'
import { type AnnotationFile, annotationRecords } from './records.js'

/**
 * The rows of these files, without those that say nothing of a coder. A row without codes and without a note says that its coder has looked
 * at the post. Codes and coders that differ only in case are one, in the first spelling.
 * @throws UsageError that names the first faults of all files: missing columns, rows without a post, rows that come again.
 */
export function readAnnotations(files: readonly AnnotationFile[]): AnnotationRow[] {
  const faults: string[] = []
  const spelled = new Spellings()
  const rows = files.flatMap(file => rowsOf(file, faults, spelled))
  const all = [...faults, ...repetitions(rows)]
  if (all.length > 0) throw faulty(all)
  return rows
}

/** As many faults as a message can hold. */
const MOST_FAULTS = 5

export function faulty(faults: readonly string[]): UsageError {
  const [first = '', ...others] = faults
  const shown = others.slice(0, MOST_FAULTS - 1)
  const more = others.length > shown.length ? [`and ${others.length - shown.length} more`] : []
  return new UsageError(
    first,
    others.length === 0 ? 'Correct the file; nothing was written.' : ['Further:', ...shown, ...more].join('\n'),
  )
}

/** The first spelling of each word. */
class Spellings {
  private readonly known = new Map<string, string>()

  of(word: string): string {
    const key = foldCase(word)
    const known = this.known.get(key) ?? word
    this.known.set(key, known)
    return known
  }
}

function rowsOf(file: AnnotationFile, faults: string[], spelled: Spellings): AnnotationRow[] {
  // A file of one coder needs no column for the name.
  const owner = file.name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')
  const rows: AnnotationRow[] = []
  for (const { place, cells } of annotationRecords(file)) {
    const codes = [
      ...new Set(
        (cells.code ?? '')
          .split(';')
          .map(code => code.trim())
          .filter(Boolean)
          .map(code => spelled.of(code)),
      ),
    ]
    const note = cells.note || null
    const says = codes.length > 0 || note !== null
    const coder = cells.coder === undefined ? owner : cells.coder
    const names = { site: cells.site || null, post: cells.post || null, url: cells.url || null }
    if (!says && (coder === '' || (names.post === null && names.url === null))) continue
    if (names.post === null && names.url === null) faults.push(`${place}: no post is named.`)
    else if (coder === '') faults.push(`${place}: no coder is named.`)
    else if (/\ufffd/.test(`${codes.join()}${note}${coder}`))
      faults.push(`${place}: this is no UTF-8. Save the file as "CSV UTF-8".`)
    else rows.push({ place, ...names, coder: spelled.of(coder), codes, note })
  }
  return rows
}

/** A coder who gives a post the same code twice has made a mistake: in the post, or in the code. */
function repetitions(rows: readonly AnnotationRow[]): string[] {
  const seen = new Map<string, string>()
  return rows.flatMap(row => {
    const said =
      row.codes.length > 0
        ? row.codes.map(code => `the code "${code}"`)
        : [row.note === null ? 'no code' : 'the same note']
    return said.flatMap(what => {
      const note = row.codes.length === 0 ? row.note : null
      const key = JSON.stringify([row.site, row.post ?? row.url, row.coder, what, note])
      const earlier = seen.get(key)
      seen.set(key, earlier ?? row.place)
      return earlier === undefined ? [] : [`${row.place}: ${row.coder} gives the post ${what} again, as in ${earlier}.`]
    })
  })
}
