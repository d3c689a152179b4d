import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { CheckProgress, CheckResult, Mended, VerifyReport } from '../../../model/reports/verify.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { checkLines, checkRows, lastLine } from '../../render/verify-lines.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'
import type { Paint } from '../../text/paint.js'
import { terminalJson } from '../../text/terminal-text.js'
import { readingsCheck } from './verify-readings.js'

export interface Options extends Globals {
  quick?: boolean
  mend?: boolean
}

export function add(command: Command): void {
  command
    .description(
      'Checks the archive: the file itself, each captured body, the trees of replies,\n' +
        'the history, the full-text search. Changes nothing, unless --mend is given. If\n' +
        'something is wrong, the exit code is 6, and each finding names its repair.',
    )
    .option('--quick', 'skip the checks that read every body, word or response')
    .option('--mend', 'repair what can be repaired without loss: the search, indices, replies without a parent')
    .optionsGroup('Output:')
    .option('--json', 'print the findings as one JSON document (threadkeep.verify/1)')
    .addHelpText(
      'after',
      examples('verify', 'verify --quick --db bees.db', 'verify --mend', 'verify --json > findings.json'),
    )
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const paint = await paintFor(io.stdout, io, options.color)
  let report = await verified(options, io, paint, [])
  const wrong = report.checks.filter(({ findings }) => findings.length > 0).map(({ name }) => name)
  if (options.mend && wrong.length > 0) report = await repaired(wrong, options, io, paint)
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  else if (!options.quiet) io.stderr.write(`${lastLine(report)}\n`)
  return report.sound ? EXIT.done : EXIT.archive
}

/** Opening the archive for writing already takes over the lock of a dead process, which is a repair of its own. */
async function repaired(wrong: string[], options: Options, io: Io, paint: Paint): Promise<VerifyReport> {
  const lock = wrong.includes('lock') ? [{ check: 'lock', what: 'Removed the lock of a process that has ended.' }] : []
  const done = await withArchive('change', options, io, async ({ verifier }) => [...lock, ...verifier.mend(wrong)])
  if (!options.json) for (const { what } of done) io.stderr.write(`Repaired: ${what}\n`)
  return verified(options, io, paint, done)
}

async function verified(options: Options, io: Io, paint: Paint, mended: Mended[]): Promise<VerifyReport> {
  const linesOf = (result: CheckResult) => (io.stdout.isTTY ? checkLines(result, paint) : checkRows(result))
  return withArchive('check', options, io, async archive => {
    const checks: CheckResult[] = []
    for await (const result of resultsOf(archive, options, io)) {
      checks.push(result)
      if (!options.json) for (const line of linesOf(result)) io.stdout.write(`${line}\n`)
    }
    const sound = checks.every(({ state }) => state !== 'wrong')
    const { version } = archive.verifier
    const head = { schema: 'threadkeep.verify/1', archive: archiveFile(options, io), version } as const
    return { ...head, quick: options.quick === true, sound, checks, mended }
  })
}

async function* resultsOf(archive: Archive, options: Options, io: Io): AsyncGenerator<CheckResult> {
  const { isAlive, host, place } = io
  const line = await progressLine(io, options)
  const progress = ({ check, done, total }: CheckProgress) => line.count(check, done, total)
  const how = { quick: options.quick === true, env: { isAlive, host, place }, progress }
  let because = options.quick ? 'skipped by --quick' : null
  try {
    for (const result of archive.verifier.results(how)) {
      line.clear()
      yield result
      await io.stdout.drained()
      if (result.state === 'wrong') because = 'skipped, because another check failed'
    }
    const counted = (done: number, total: number) => progress({ check: 'readings', done, total })
    const last = await readingsCheck(archive, because, io, counted)
    line.clear()
    yield last
  } finally {
    line.clear()
  }
}
