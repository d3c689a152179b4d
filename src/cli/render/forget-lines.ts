import type { Erasure, ForgetReport, MemberSummary } from '../../model/reports/forget.js'
import { authorName, count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** What would go, for the person who is asked. */
export function* planLines(member: MemberSummary, plan: Erasure, redact: boolean): Generator<string> {
  yield `${authorName(member)} (${terminalLine(member.url ?? `number ${member.id} of ${member.site}`)})`
  yield `  ${count(plan.posts, 'post')} and ${count(plan.revisions, 'earlier text')} lose their words; their places in the threads stay.`
  yield `  Names, addresses and pictures of the profile go.`
  if (plan.captures > 0)
    yield `  ${count(plan.captures, 'captured answer')} with their words or name lose the body: reparse can't read these pages again.`
  if (plan.traces > 0)
    yield `  ${count(plan.traces, 'address or log line')} that name them lose the name.`.replace('lines', 'lines')
  if (plan.targets > 0) yield `  ${count(plan.targets, 'target')} of theirs will not be synced any more.`
  yield* mentionLines(plan.mentions, redact)
}

const MOST = 20

export function* mentionLines(mentions: readonly string[], redact: boolean): Generator<string> {
  if (mentions.length === 0) return
  const what = redact
    ? 'that name them lose the name'
    : 'name them, and stay as they are (--mentions redact takes the name out)'
  const more = mentions.length > MOST ? ` and ${mentions.length - MOST} more` : ''
  yield `  ${count(mentions.length, 'post')} of others ${what}: ${mentions.slice(0, MOST).map(terminalLine).join(' ')}${more}`
}

export function* doneLines(report: ForgetReport): Generator<string> {
  const { posts, revisions, captures, mentions, mentionsAre, untouched } = report
  yield `Forgotten: ${count(posts, 'post')}, ${count(revisions, 'earlier text')}, ${count(captures, 'captured answer')}.`
  yield* mentionLines(mentions, mentionsAre === 'redacted')
  yield* untouchedLines(untouched)
}

/** What lies elsewhere is the user's to erase. */
export function* untouchedLines(files: readonly string[]): Generator<string> {
  yield '  Backups and exports were not touched: erase the member there, too.'
  for (const file of files) yield `  Not touched: ${terminalLine(file)}`
}
