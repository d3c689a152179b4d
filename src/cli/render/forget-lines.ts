import type { Erasure, ForgetReport, MemberSummary } from '../../model/reports/forget.js'
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

export function* mentionLines(mentions: readonly string[], redact: boolean): Generator<string> {
  if (mentions.length === 0) return
  const where = `in ${count(mentions.length, 'post')} of others`
  const what = redact ? `Name redacted ${where}` : `Name kept ${where} (--mentions redact removes it)`
  const rest = mentions.length > MOST_MENTIONS ? ` and ${mentions.length - MOST_MENTIONS} more` : ''
  yield `  ${what}: ${mentions.slice(0, MOST_MENTIONS).map(terminalLine).join(' ')}${rest}`
}

export function* doneLines(report: ForgetReport): Generator<string> {
  const { posts, revisions, captures, files, mentions, mentionsAre, untouched } = report
  yield `Erased: ${count(posts, 'post')}, ${count(revisions, 'earlier text')}, ${count(captures, 'captured response')}${files > 0 ? `, ${count(files, 'file')}` : ''}.`
  yield* mentionLines(mentions, mentionsAre === 'redacted')
  yield* untouchedLines(untouched)
}

/** Files that this command does not change. */
export function* untouchedLines(files: readonly string[]): Generator<string> {
  yield '  This command does not change backups and exports: erase the member there, too.'
  for (const file of files) yield `  Not changed: ${terminalLine(file)}`
}
