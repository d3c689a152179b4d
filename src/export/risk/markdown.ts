import type { PrivacyRequest } from '../pseudonyms/request.js'
import { closed } from '../text.js'
import type { RiskFinding, RiskReport } from './risk-report.js'
import type { Counted, PostKey } from './tally.js'

/** The report for people. `used`: what the export withholds already, which is no advice. Words of strangers are within code spans, where markdown and HTML mean nothing. */
export function* riskMarkdown(
  { threads, posts, pseudonyms, findings }: RiskReport,
  used: PrivacyRequest,
): Generator<string> {
  yield `# Residual risk of an export\n\n${WARNING}\n\n`
  yield pseudonyms
    ? 'Names of members have been replaced by pseudonyms. **This makes nobody anonymous**: '
    : 'Names of members have **not** been replaced. '
  yield `what is listed here still leads to people, and this list is not complete: what a program does not know as a name, a place or a story, it does not find.\n\n`
  yield `${threads} threads, ${posts} posts. *Found* counts each time that a word, an address or a file is there.\n\n| what | found | in posts |\n| --- | ---: | ---: |\n`
  for (const { about, count, posts: inPosts } of findings) yield `| ${about} | ${count} | ${inPosts} |\n`
  for (const finding of findings) if (finding.count > 0) yield* section(finding)
  yield `\n## What can be done\n\n${adviceOf(used)}\n`
}

const WARNING = '*For those who made the export. Do not publish this report with the data: it shows where to look.*'

const adviceOf = ({ pseudonyms, noVerbatim, dropLinks, dates }: PrivacyRequest): string =>
  [
    pseudonyms === undefined && 'Names of members: `--pseudonyms KEYFILE`.',
    pseudonyms !== undefined &&
      'Names and nicknames that are left: write them into a list, and export again with `--names FILE`.',
    !noVerbatim &&
      'Sentences that can be searched: `--no-verbatim`, or publish no quotations, or only paraphrased ones.',
    !dropLinks && 'Addresses and links: `--drop-links`.',
    dates !== 'month' && 'Days and times: `--dates month`.',
    'Columns of tables: `--columns`.',
    'All else: change it by hand in the posts named here, or leave these posts out.',
  ]
    .flatMap(advice => (advice === false ? [] : [`- ${advice}`]))
    .join('\n')

function* section({ about, count, found }: RiskFinding): Generator<string> {
  yield `\n## ${about}\n\n`
  for (const one of found)
    yield `- ${code(one.value)}: ${one.count}, in ${one.places.map(placeWords).join(', ')}${moreOf(one)}\n`
  const shown = found.reduce((sum, one) => sum + one.count, 0)
  if (shown < count) yield `- … and ${count - shown} more\n`
}

/** Thread, and post if it is another one. */
const placeWords = ({ thread, post }: PostKey): string => (thread === post ? thread : `${thread}/${post}`)

const moreOf = ({ count, places }: Counted): string => (count > places.length ? ', …' : '')

function code(value: string): string {
  const line = closed(value.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')).trim()
  const shown = line.length > 80 ? `${line.slice(0, 79).replace(/[\ud800-\udbff]$/, '')}…` : line
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  return runs.length > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`
}
