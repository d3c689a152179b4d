import type { DoctorReport, Engine, GroupFinding } from '../../model/reports/doctor.js'
import type { Paint } from '../text/paint.js'
import { count, groupName, selfTestWords } from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'

/** The findings of `doctor`, for people. Empty sections are left out. */
export function* doctorLines(report: DoctorReport, paint: Paint): Generator<string> {
  yield paint.bold(`${terminalLine(report.url)}${report.site.name ? `  ${terminalLine(report.site.name)}` : ''}`)
  yield `  runs on  ${engineWords(report.engine)}`
  for (const sign of report.engine.evidence) yield paint.dim(`           - ${terminalLine(sign)}`)
  yield `  read as  a ${report.reader}`
  for (const { route, open, why } of report.routes) {
    const state = open ? paint.green('open  ') : paint.magenta('closed')
    yield `  ${route.padEnd(4)}     ${state}  ${terminalLine(why)}`
  }
  if (report.robots) yield `  robots   ${robotsWords(report.robots)}`
  for (const group of report.groups) yield `  group    ${groupWords(group, paint)}`
  if (report.selfTest) yield `  theme    ${selfTestWords(report.selfTest, paint)}`
  for (const sentence of report.locked) yield `  locked   ${paint.magenta(terminalLine(sentence))}`
  for (const note of report.notes) yield `  note     ${terminalLine(note)}`
  if (report.expected) yield `  takes    ${takes(report.expected, report.recommended ?? '')}`
  if (report.recommended && !report.expected) yield `  takes    ${UNKNOWN}`
  for (const { message, advice } of report.problems) {
    yield `  ${paint.red('problem')}  ${terminalLine(message)}`
    if (advice) yield `           ${terminalLines(advice)}`
  }
}

const UNKNOWN = 'not known in advance: only REST reports how many threads a site has'

function engineWords({ software, version, pack, theme, forums }: Engine): string {
  if (software === null) return 'nothing that threadkeep knows'
  const parts = [version, pack && `${pack} templates`, theme && `theme ${theme}`, forums && 'with bbPress forums']
  return [software, ...parts.filter(part => typeof part === 'string')].map(terminalLine).join(', ')
}

function robotsWords(robots: NonNullable<DoctorReport['robots']>): string {
  const delay = robots.crawlDelaySeconds > 0 ? `; one request in ${count(robots.crawlDelaySeconds, 'second')}` : ''
  if (!robots.found) return 'no robots.txt: everything may be read'
  return (robots.allowed ? 'robots.txt allows it' : 'robots.txt asks programs to stay away') + delay
}

const groupWords = (group: GroupFinding, paint: Paint): string =>
  [
    paint.bold(groupName(group)),
    group.status ? terminalLine(group.status) : '',
    group.threads === null ? '' : count(group.threads, 'thread'),
  ]
    .filter(Boolean)
    .join('  ')

function takes({ requests, seconds, basis }: NonNullable<DoctorReport['expected']>, route: string): string {
  const time = seconds < 120 ? count(seconds, 'second') : `${count(Math.ceil(seconds / 60), 'minute')}`
  return `about ${count(requests, 'request')} and ${time} by ${route} (${terminalLine(basis)})`
}
