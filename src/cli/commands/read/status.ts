import type { Command } from 'commander'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { statusLines, statusReport } from '../../render/status.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { terminalJson } from '../../text/terminal-text.js'

export function add(command: Command): void {
  command
    .description(
      'Shows each target: when it was last read, which gaps it has and why, how the\n' +
        'next sync reads it, and the login that is kept for it; then the last runs, the\n' +
        'size and content of the archive, and the run that holds it, if there is one.\n' +
        'The next "threadkeep archive" or "threadkeep sync" tries to fill the gaps.',
    )
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.status/1)')
    .addHelpText('after', examples('status', 'status --json', 'status --db bees.db'))
}

export async function run(options: Globals, io: Io): Promise<void> {
  await withArchive('read', options, io, async ({ reader }) => {
    const report = await statusReport(reader.status(), io)
    const document = { schema: 'threadkeep.status/1', archive: archiveFile(options, io), ...report }
    if (options.json) return io.stdout.write(`${terminalJson(document)}\n`)
    const width = io.stdout.isTTY ? io.stdout.width : Number.POSITIVE_INFINITY
    writeLines(statusLines(report, width, await paintFor(io.stdout, io, options.color)), io.stdout)
  })
}
