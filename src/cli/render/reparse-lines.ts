import { EXIT } from '../../model/errors.js'
import type { FieldChange, PostChange, ReparseReport } from '../../model/reports/reparse.js'
import { tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { count, figure } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** The number of posts that are listed on a terminal. */
const MOST_POSTS = 20

const KINDS = { changed: 'magenta', added: 'green' } as const

/** The first changes, for people. */
export function* changeLines({ changes, notFound, posts }: ReparseReport, paint: Paint): Generator<string> {
  for (const change of changes.slice(0, MOST_POSTS)) {
    yield `${paint[KINDS[change.kind]](change.kind)}  ${paint.bold(terminalLine(change.id))}  ${paint.dim(terminalLine(change.url))}`
    for (const field of change.fields) yield `  ${fieldWords(field, paint)}`
  }
  yield* moreLine(posts.changed + posts.added, paint)
  for (const { id, url } of notFound.slice(0, MOST_POSTS))
    yield `${paint.red('not found')}  ${paint.bold(terminalLine(id))}  ${paint.dim(terminalLine(url))}`
  yield* moreLine(posts.notFound, paint)
}

function* moreLine(all: number, paint: Paint): Generator<string> {
  if (all > MOST_POSTS) yield paint.dim(`and ${count(all - MOST_POSTS, 'other')}; --json lists more`)
}

function fieldWords({ field, before, after }: FieldChange, paint: Paint): string {
  return `${field}: ${value(before)} ${paint.dim('now')} ${value(after)}`
}

const value = (text: string | null): string => (text === null ? 'none' : `"${terminalLine(text)}"`)

/** For scripts: kind, thread, id, field, before, after, URL; a line for each field that changed. */
export function* changeRows({ changes, notFound }: ReparseReport): Generator<string> {
  for (const change of changes) yield* rowsOf(change)
  for (const { thread, id, url } of notFound) yield tabRow(['not-found', thread, id, '', '', '', url])
}

function* rowsOf({ kind, thread, id, url, fields }: PostChange): Generator<string> {
  if (fields.length === 0) yield tabRow([kind, thread, id, '', '', '', url])
  for (const { field, before, after } of fields) yield tabRow([kind, thread, id, field, before, after, url])
}

/** How much was read and changed, for stderr. */
export function* totalLines(report: ReparseReport): Generator<string> {
  const { captures, posts, revisions, names, dryRun } = report
  if (report.exitCode === EXIT.interrupted) {
    yield 'Interrupted. Nothing was changed.'
    return
  }
  if (captures.read + captures.withoutBody === 0) {
    yield report.since === null
      ? 'There is nothing to read: the archive holds no captures yet.'
      : `There is nothing to read: no capture is from ${report.since} or later.`
    return
  }
  const notes = [
    captures.withoutBody > 0 && `${count(captures.withoutBody, 'capture')} without a body skipped`,
    captures.opened > 0 && `${count(captures.opened, 'capture')} can be read now that could not be read before`,
    captures.closed > 0 && `${count(captures.closed, 'capture')} can no longer be read`,
    revisions.changed > 0 && `${count(revisions.changed, 'earlier text')} changed`,
    revisions.dropped > 0 && `${count(revisions.dropped, 'edit')} dropped, as the text before and after is the same`,
    names > 0 && `${count(names, 'name')} changed`,
  ].filter(note => note !== false)
  const is = dryRun ? ' would be' : ''
  const untouched = posts.untouched > 0 ? `, ${figure(posts.untouched)} not changed` : ''
  const { same, changed, added, notFound } = posts
  yield `${count(captures.read, 'capture')} read again. Posts: ${figure(same)}${is} the same, ${changed} changed, ${added} new, ${notFound} not found again${untouched}.`
  if (notes.length > 0) yield `${notes.join('; ')}.`
  const isSame =
    changed + added + revisions.changed + revisions.dropped + names + captures.opened + captures.closed === 0
  if (isSame) yield `Nothing ${dryRun ? 'would change' : 'changed'}.`
  else if (dryRun) yield 'Nothing was changed, because of --dry-run.'
}
