import type { Command } from 'commander'
import type { ExitCode } from '../../../model/errors.js'
import { VERSION } from '../../../model/version.js'
import { addFetchFlags, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import type { Globals } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'

interface Options extends Globals, FetchFlags {
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Asks a site a handful of questions and says what it runs on, which routes are\n' +
        'open to you, which groups it has, what is locked, and how many requests and\n' +
        'how long archiving it would take. It changes nothing.',
    )
    .argument('<url>', 'the URL of a community, a group or a thread')
  addFetchFlags(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print the findings as one JSON document')
    .addHelpText('after', HELP)
    .action(async (url: string, _own, self: Command) => done(await run(url, self.optsWithGlobals(), io)))
}

const HELP = examples(
  'doctor https://community.example/',
  'doctor https://community.example/groups/gardeners/ --cookies cookies.txt',
  'doctor https://community.example/ --json > findings.json',
)

async function run(url: string, options: Options, io: Io): Promise<ExitCode> {
  const [{ runProgress }, { doctorLines }, { paintFor }, { terminalJson }, { writeLines }] = await Promise.all([
    import('../../terminal/run-progress.js'),
    import('../../render/doctor-lines.js'),
    import('../../terminal/colour.js'),
    import('../../text/terminal-text.js'),
    import('../../terminal/print.js'),
  ])
  const how = await fetchOptions(await io.parts.targetUrls([url]), options, io)
  const reporter = await runProgress(io, options)
  const stopping = new AbortController()
  const unlisten = io.onInterrupt(() => stopping.abort())
  try {
    const report = await io.parts.examine(url, how, { clock: io, signal: stopping.signal, version: VERSION, reporter })
    reporter.stop()
    const paint = await paintFor(io.stdout, io, options.color)
    if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
    else writeLines(doctorLines(report, paint), io.stdout)
    return report.exitCode
  } finally {
    unlisten()
    reporter.stop()
  }
}
