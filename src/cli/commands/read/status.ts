import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'

interface Options extends Globals {
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Shows each target with its last reading, the gaps in it and their reasons, how\n' +
        'it will be synced and the login that is kept for it; then the last runs, what\n' +
        'the archive holds, how big it is, and who is at work on it.\n' +
        'Gaps are tried again by the next "threadkeep archive" or "threadkeep sync".',
    )
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('status', 'status --json', 'status --db bees.db'))
    .action(async (_own, self: Command) => done(await run(self.optsWithGlobals(), io)))
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async ({ reader }) => {
    const [{ statusLines }, { statusReport }, { terminalJson }, { paintFor }, { writeLines }] = await Promise.all([
      import('../../render/status-lines.js'),
      import('../../render/status-report.js'),
      import('../../text/terminal-text.js'),
      import('../../terminal/colour.js'),
      import('../../terminal/print.js'),
    ])
    const report = await statusReport(reader.status(), io)
    const paint = await paintFor(io.stdout, io, options.color)
    const document = { schema: 'threadkeep.status/1', archive: archiveFile(options, io), ...report }
    if (options.json) return io.stdout.write(`${terminalJson(document)}\n`)
    const width = io.stdout.isTTY ? io.stdout.width : Number.POSITIVE_INFINITY
    writeLines(statusLines(report, width, paint), io.stdout)
  })
  return EXIT.done
}
