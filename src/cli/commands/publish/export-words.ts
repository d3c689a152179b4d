import { extname } from 'node:path'
import type { SampleRequest } from '../../../export/coding/sample.js'
import type { OutputPlan } from '../../../export/destination.js'
import type { Exporter, ShownStatus } from '../../../export/exporter.js'
import type { Tally } from '../../../export/files.js'
import { asksForPosts, type WantedPosts } from '../../../export/matching.js'
import { fieldsOf, TEMPLATE_FIELDS } from '../../../export/names.js'
import { listed } from '../../../export/text.js'
import type { ArchiveReader, Selection, ThreadSummary } from '../../../model/archive.js'
import type { FilterOptions } from '../../options/filters.js'
import { EMPTY_ARCHIVE, type NamedSelection } from '../../options/selection.js'
import { count } from '../../text/phrases.js'
import { terminalLine } from '../../text/terminal-text.js'
import type { Delivered } from './export-delivery.js'

/** What was written where, and which files of earlier exports were removed, in lines for stderr. */
export function deliveredWords(
  done: Delivered,
  { scope, extension, delivery }: Exporter,
  plan: OutputPlan,
  output?: string,
): string {
  const written = `${doneWords(done)} written to ${done.where}\n`
  const isNamedFile = plan.kind === 'file' && output !== undefined && plan.path.endsWith(output)
  const name = done.where.replace(new RegExp(`\\.${extension}$`, 'i'), '')
  const isOneOfMany = isNamedFile && name !== '' && scope === 'thread' && done.threads > 1 && done.parts.length === 0
  const hint = isOneOfMany ? `All are in one file; -o ${terminalLine(name)}/ writes one file per thread.\n` : ''
  // Without an ending, a folder was meant: no program opens such a file.
  const isForFolder = isNamedFile && scope === 'archive' && delivery === 'folder' && extname(output) === ''
  const folderHint = isForFolder ? `This is one file. -o ${terminalLine(output)}/ writes a folder of pages.\n` : ''
  return written + hint + folderHint + partWords(done) + fileWords('removed', done)
}

/** What happened to files that somebody had changed: a warning, which --quiet does not silence. */
export const changedWords = (done: Delivered): string => fileWords('kept', done) + fileWords('overwritten', done)

/** Who looks for the posts of a member gets the threads around them, and has to know. */
export const wholeThreadsHint = ({ isFlat }: Exporter, filter: Selection, posts: WantedPosts | undefined): string =>
  isFlat && posts === undefined && asksForPosts(filter)
    ? 'These are whole threads; --posts matching leaves out posts that do not match.\n'
    : ''

/** Documents and tables of the same selection differ by these. Empty: nothing is left out. */
export function noticesWords({ name }: Exporter, selections: readonly Selection[], reader: ArchiveReader): string {
  let found = 0
  for (const { withoutTypes, ...selection } of selections)
    if (withoutTypes && withoutTypes.length > 0)
      for (const _ of reader.threadSummaries({ ...selection, types: withoutTypes })) found++
  if (found === 0) return ''
  return `${count(found, 'membership notice')} ${found === 1 ? 'is' : 'are'} left out of ${name}; --types all takes them.\n`
}

/** For who names a locale or a time zone on the command line; empty: it changes something. */
export function tellingWords(exporters: readonly Exporter[], argv: readonly string[]): string {
  if (exporters.some(({ tells }) => tells)) return ''
  const names = exporters.map(({ name }) => name).join(', ')
  const given = Object.entries(TELLING).filter(([flag]) => isGiven(flag, argv))
  return given.map(([flag, why]) => `${flag} changes nothing in ${names}: ${why}.\n`).join('')
}

const TELLING = {
  '--locale': 'data has the same dates and numbers in each locale',
  '--timezone': 'data has its times in UTC',
}

/** For who names flags of a fetch on the command line, where nothing is fetched; empty: there is none. `fetch`: the flags of a fetch. */
export function unfetchedWords(fetch: readonly string[], argv: readonly string[]): string {
  const given = fetch.filter(flag => isGiven(flag, argv))
  return given.length === 0
    ? ''
    : `Nothing is fetched for this export, so ${listed(given)} changed nothing. To read the site anew first: threadkeep sync\n`
}

const isGiven = (flag: string, argv: readonly string[]): boolean =>
  argv.some(word => word === flag || word.startsWith(`${flag}=`))

const doneWords = ({ threads, posts, captures }: Tally): string =>
  captures === undefined ? `${count(threads, 'thread')}, ${count(posts, 'post')}` : count(captures, 'capture')

const WHAT = {
  removed: 'of an earlier export removed, because the selection no longer has it under this name',
  kept: 'of an earlier export is out of date, but has been changed since and was left',
  overwritten: 'replaced that had been changed since, or that threadkeep had not written',
}

/** Who asked for one document has to know where the rest of it is. */
function partWords({ parts }: Delivered): string {
  if (parts.length === 0) return ''
  return `${count(parts.length, 'document')} are parts of what was too much for one: ${named(parts, MOST_PARTS)}\n`
}

const MOST_NAMED = 5
/** All of one document, as a rule. */
const MOST_PARTS = 30

/** A file that disappears is named: somebody may look for it, or have linked it. */
function fileWords(happened: keyof typeof WHAT, done: Delivered): string {
  const names = done[happened]
  if (names.length === 0) return ''
  return `${count(names.length, 'file')} ${WHAT[happened]}: ${named(names, MOST_NAMED)}\n`
}

function named(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map(terminalLine).join(', ')
  return `${shown}${names.length > most ? `, and ${names.length - most} more` : ''}`
}

/** No thread is no failure (a quiet week, say), but silence would look like one. */
export function nothing(reader: ArchiveReader, selections: readonly Selection[], status: ShownStatus = 'all'): string {
  for (const _ of reader.threadSummaries({}))
    return status === 'gone' ? 'No thread has a post that is gone.' : nothingSelected(reader, selections)
  return EMPTY_ARCHIVE
}

function nothingSelected(reader: ArchiveReader, selections: readonly Selection[]): string {
  if (selections.every(({ groups = [] }) => groups.length > 0 && holdsNothing(reader, { groups })))
    return 'The archive holds no thread of this group.'
  if (selections.some(({ matching }) => matching)) return 'No thread holds a post that matches the filter.'
  const dated = selections.some(({ after, before }) => after !== undefined || before !== undefined)
  return dated ? 'No thread has a post in this range of dates.' : 'No thread is of these types; see --types.'
}

function holdsNothing(reader: ArchiveReader, selection: Selection): boolean {
  for (const _ of reader.threadSummaries(selection)) return false
  return true
}

/** A line for each field of name templates: its name, its value for this thread, what it is. */
export function fieldLines(thread: ThreadSummary, extension: string): string {
  const fields = fieldsOf(thread, extension)
  const values = TEMPLATE_FIELDS.map(({ name }) => terminalLine(fields[name]))
  const width = Math.max(...values.map(value => value.length))
  return TEMPLATE_FIELDS.map(
    ({ name, about }, at) => `${`{${name}}`.padEnd(9)} ${(values[at] ?? '').padEnd(width)}  ${about}\n`,
  ).join('')
}

type Named = NamedSelection & FilterOptions & SampleRequest & { posts?: WantedPosts }

/** The selection as the user gave it, for the manifest of a folder and for a methods section: relative dates stay relative. */
export function namesOf({
  words = [],
  group = [],
  thread = [],
  member = [],
  after,
  before,
  types,
  filter,
  posts,
  ...drawn
}: Named): string {
  const { sample, seed, stratify } = drawn
  const flags = { group, thread, member, after, before, types, filter, posts, sample, seed, stratify }
  const given = Object.entries(flags).flatMap(([name, value]) => [value ?? []].flat().map(one => `--${name} ${one}`))
  return [...words, ...given].join(' ')
}
