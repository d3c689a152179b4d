import type { Erasure, ExportedFile, ForgetReport, MemberSummary } from '../../model/reports/forget.js'
import { authorName, count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** What would be erased, for the person who confirms it. */
export function* planLines(member: MemberSummary, plan: Erasure, redact: boolean): Generator<string> {
  yield `${authorName(member)} (${terminalLine(member.url ?? `number ${member.id} of ${member.site}`)})`
  yield `  ${count(plan.posts, 'post')} and ${count(plan.revisions, 'earlier text')} lose their words, and keep their places in the threads.`
  yield '  Names, URLs and pictures of the profile are erased.'
  if (plan.captures > 0)
    yield `  Bodies of ${count(plan.captures, 'captured response')} with their words or name are erased: reparse can't read these pages again.`
  if (plan.files > 0) yield `  ${count(plan.files, 'file')} that only they show are erased.`
  if (plan.traces > 0) yield `  Their name is removed from ${count(plan.traces, 'URL or log line')}.`
  if (plan.targets > 0) yield `  ${count(plan.targets, 'target')} in their profile will not be synced any more.`
  yield* mentionLines(plan.mentions, redact)
}

const MOST_MENTIONS = 20

function* mentionLines(mentions: readonly string[], redact: boolean): Generator<string> {
  if (mentions.length === 0) return
  const where = `in ${count(mentions.length, 'post')} of others`
  const what = redact ? `Name redacted ${where}` : `Name kept ${where} (--mentions redact removes it)`
  const rest = mentions.length > MOST_MENTIONS ? ` and ${mentions.length - MOST_MENTIONS} more (--json lists all)` : ''
  yield `  ${what}: ${mentions.slice(0, MOST_MENTIONS).map(terminalLine).join(' ')}${rest}`
}

export function* doneLines(report: ForgetReport): Generator<string> {
  const { posts, revisions, captures, files, mentions, mentionsAre } = report
  yield `Erased: ${count(posts, 'post')}, ${count(revisions, 'earlier text')}, ${count(captures, 'captured response')}${files > 0 ? `, ${count(files, 'file')}` : ''}.`
  yield* mentionLines(mentions, mentionsAre === 'redacted')
  yield* untouchedLines(report)
}

/** Files that this command does not change. */
export function* untouchedLines({
  untouched,
  exports,
}: Pick<ForgetReport, 'untouched' | 'exports'>): Generator<string> {
  yield '  This command does not change backups and exports: erase the member there, too.'
  for (const file of untouched) yield `  Not changed: ${terminalLine(file)}`
  yield* exportLines(exports)
  yield SINGLE
}

const SINGLE =
  '  Searched: folders of exports and packages. Not searched: single files (-o posts.csv), and copies elsewhere (--exports PATH).'

function reasonOf({ because, named }: ExportedFile): string {
  if (because === 'words') return named ? 'has the name' : 'has words of the member, not the name'
  return {
    thread: 'is of a thread with the member',
    picture: 'is a file of the member',
    unread: 'may have any thread',
  }[because]
}

const MOST_FILES = 20

function* exportLines(exports: readonly ExportedFile[]): Generator<string> {
  if (exports.length === 0) return
  yield `  ${count(exports.length, 'exported file')} hold${exports.length === 1 ? 's' : ''} or may hold the member:`
  const folders = new Set(exports.map(({ folder }) => folder))
  for (const folder of folders)
    yield* folderLines(
      folder,
      exports.filter(one => one.folder === folder),
    )
  if (exports.some(({ format }) => format !== PACKAGE))
    yield '  Export again into the same folder with the same format and selection: these files are then replaced, or removed.'
  if (exports.some(({ format }) => format === PACKAGE))
    yield '  Make packages again with threadkeep package: a package is never changed. Tell whoever has the old one.'
}

const PACKAGE = 'package'

function* folderLines(folder: string, files: readonly ExportedFile[]): Generator<string> {
  const isPackage = files.every(isOfPackage)
  const what = isPackage ? '; package: make it again' : ''
  yield `    ${terminalLine(folder)} (${count(files.length, 'file')}${what})`
  for (const one of files.slice(0, MOST_FILES))
    yield `      ${terminalLine(one.file)}: ${reasonOf(one)}${isPackage ? '' : adviceFor(one)}`
  if (files.length > MOST_FILES) yield `      and ${files.length - MOST_FILES} more: --json lists all`
}

/** Not of a package as a zip file, whose folder holds other files, too. */
const isOfPackage = ({ format, file }: ExportedFile): boolean => format === PACKAGE && !/^[^/]*\.zip$/i.test(file)

function adviceFor({ format, changed }: ExportedFile): string {
  if (changed) return '; it was changed since, so edit it by hand'
  return format === PACKAGE ? '; package: make it again' : ''
}
