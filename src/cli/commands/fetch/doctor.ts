import type { Command } from 'commander'
import type { ExitCode } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import { addFetchFlags, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import type { Globals } from '../../options/globals.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { terminalJson } from '../../text/terminal-text.js'
import { withProgress } from './run-command.js'

type Options = Globals & FetchFlags & { word: string }

export const examples = [
  'doctor https://community.example/',
  'doctor https://community.example/groups/gardeners/ --cookies cookies.txt',
  'doctor https://community.example/ --json > findings.json',
]

export function add(command: Command): void {
  command
    .description(
      'Makes a few requests to a site, and reports what it runs on, which routes are\n' +
        'open to you, which groups it has, what is locked, and how many requests and\n' +
        'how much time archiving it would take. It changes nothing.',
    )
    .argument('<url>', 'the URL of a community, a group or a thread')
  addFetchFlags(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print the findings as one JSON document (threadkeep.doctor/1)')
    .addHelpText('after', notes(THEME))
}

const THEME = `
The line "theme" compares the opening posts that the pages show with the feed of
their group, which no theme changes: "20 of 20 posts agree with the feed" means
the same authors and texts. Fewer: threadkeep may misread this theme.
`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { examine, targetOf } = await import('../../../run/run.js')
  const target = targetOf(options.word)
  const how = await fetchOptions([target], options, io)
  const report = await withProgress(options, io, deps => examine(target, how, deps))
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  else {
    const { doctorLines } = await import('../../render/doctor-lines.js')
    writeLines(doctorLines(report, await paintFor(io.stdout, io, options)), io.stdout)
  }
  return report.exitCode
}
