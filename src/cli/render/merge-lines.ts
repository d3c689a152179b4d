import type { MergedArchive, MergeReport, TextSource } from '../../model/reports/merge.js'
import { count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** The result of a merge, for people: a line for each archive, the readers, and posts whose texts differ. */
export function* mergeLines(report: MergeReport): Generator<string> {
  for (const archive of report.archives) yield archiveLine(archive)
  if (report.readers.length > 0) yield `Seen by ${report.readers.map(readerWords).join(', ')}`
  yield* conflictLines(report)
  const { count: all, first } = report.contradictions
  for (const sentence of first) yield terminalLine(sentence)
  if (all > first.length) yield `  and ${count(all - first.length, 'other')}`
  if (report.files) yield* fileLines(report.files)
}

function* fileLines({ copied, missing }: NonNullable<MergeReport['files']>): Generator<string> {
  if (copied > 0) yield `${count(copied, 'file')} of posts copied`
  if (missing > 0)
    yield `${count(missing, 'file')} of posts not found beside the archives. To fetch them again: threadkeep verify --mend, then threadkeep media fetch`
}

function* conflictLines(report: MergeReport): Generator<string> {
  const { count: all, first } = report.conflicts
  if (all === 0) return
  yield `${count(all, 'post')} with two texts: the newer reading is kept, the other becomes an earlier text`
  for (const { url, kept, other } of first) yield `  ${terminalLine(url)}  kept: ${from(kept)}; other: ${from(other)}`
  if (all > first.length) yield `  and ${count(all - first.length, 'other')}`
}

function archiveLine({ file, posts, newPosts, updatedPosts, samePosts }: MergedArchive): string {
  const parts = [`${newPosts} new`, `${updatedPosts} updated`, `${samePosts} the same`]
  return `${terminalLine(file)}  ${count(posts, 'post')}: ${parts.join(', ')}`
}

const readerWords = ({ reader, posts }: MergeReport['readers'][number]) =>
  `${terminalLine(reader)} (${count(posts, 'post')})`

const from = ({ archive, readAt }: TextSource): string =>
  [archive === null ? '' : `${terminalLine(archive)}, `, readAt ?? 'time not known'].join('')

export const totalLine = ({ posts, changed }: MergeReport, output: string): string =>
  changed
    ? `${count(posts, 'post')} in ${terminalLine(output)}`
    : `Nothing new: ${terminalLine(output)} was not changed.`
