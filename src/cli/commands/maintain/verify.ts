import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { CheckResult, Mended, VerifyReport } from '../../../model/reports/verify.js'
import type { Step } from '../../../model/steps.js'
import { waitLock } from '../../options/flag-values.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { checkLines, checkRows, lastLine } from '../../render/verify-lines.js'
import { paintFor } from '../../terminal/colour.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'
import { stepByStep } from '../../terminal/steps.js'
import type { Paint } from '../../text/paint.js'
import { count } from '../../text/phrases.js'
import { terminalJson } from '../../text/terminal-text.js'
import { readingsCheck } from './verify-readings.js'

export interface Options extends Globals {
  quick?: boolean
  mend?: boolean
  /** The path of a package, or of an archive. */
  word?: string
}

export const examples = [
  'verify',
  'verify --quick --db bees.db',
  'verify --mend',
  'verify --json > findings.json',
  'verify deposit.zip',
]

export function add(command: Command): void {
  command
    .description(
      'Checks the archive: the file itself, each captured body, the trees of replies,\n' +
        'the history, the full-text search. Changes nothing, unless --mend is given. If\n' +
        'something is wrong, the exit code is 6, and each finding names its repair.\n' +
        'With the path of a package: checks that it has all files of its lists, unchanged\n' +
        'and no others, and that the metadata and the numbers of rows are right.',
    )
    .argument('[path]', 'a package (folder or zip file) of "threadkeep package", or an archive')
    .option('--quick', 'skip the checks that read every body, word or response')
    .option('--mend', 'repair what can be repaired without loss: the search, indices, replies without a parent')
    .addOption(waitLock())
    .optionsGroup('Output:')
    .option(
      '--json',
      'print the findings as one JSON document (threadkeep.verify/1; of a package threadkeep.package-verify/1)',
    )
}

export async function run(given: Options, io: Io): Promise<ExitCode> {
  const { word, ...options } = given
  if (word === undefined) return withPause(io, pause => checkedAndMended(options, io, pause))
  const { packageAt, verifyPackage } = await import('./verify-package.js')
  const found = await packageAt(word, io)
  if (found) return verifyPackage(found, options, io)
  return withPause(io, pause => checkedAndMended({ ...options, db: word }, io, pause))
}

async function checkedAndMended(options: Options, io: Io, pause: Pause): Promise<ExitCode> {
  const how = { options, io, pause, paint: await paintFor(io.stdout, io, options) }
  let report = await verified(how, [])
  const wrong = report.checks.filter(({ findings }) => findings.length > 0).map(({ name }) => name)
  if (options.mend && wrong.length > 0) report = await repaired(wrong, how)
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  else if (!options.quiet) io.stderr.write(`${lastLine(report)}\n`)
  return report.sound ? EXIT.done : EXIT.archive
}

/** What the steps of this command share. */
interface How {
  options: Options
  io: Io
  pause: Pause
  paint: Paint
}

/** Opening the archive for writing already takes over the lock of a dead process, which is a repair of its own. */
async function repaired(wrong: string[], how: How): Promise<VerifyReport> {
  const { options, io, pause } = how
  const lock = wrong.includes('lock') ? [{ check: 'lock', what: 'Removed the lock of a process that has ended.' }] : []
  const done = await withArchive('change', options, io, async ({ verifier }) => [
    ...lock,
    ...(await stepByStep(verifier.mending(wrong), () => {}, repairsKept, pause)),
  ])
  if (!options.json) for (const { what } of done) io.stderr.write(`Repaired: ${what}\n`)
  return verified(how, done)
}

async function verified(how: How, mended: Mended[]): Promise<VerifyReport> {
  const { options, io, paint } = how
  const linesOf = (result: CheckResult) => (io.stdout.isTTY ? checkLines(result, paint) : checkRows(result))
  return withArchive('check', options, io, async archive => {
    const checks: CheckResult[] = []
    for await (const result of resultsOf(archive, how)) {
      checks.push(result)
      if (!options.json) for (const line of linesOf(result)) io.stdout.write(`${line}\n`)
    }
    const sound = checks.every(({ state }) => state !== 'wrong')
    const { version } = archive.verifier
    const head = { schema: 'threadkeep.verify/1', archive: archiveFile(options, io), version } as const
    return { ...head, quick: options.quick === true, sound, checks, mended }
  })
}

async function* resultsOf(archive: Archive, { options, io, pause }: How): AsyncGenerator<CheckResult> {
  const { isAlive, host, place } = io
  const line = await progressLine(io, options)
  const show = ({ what, done, total }: Step) => total > 1 && line.count(what, done, total)
  const how = { quick: options.quick === true, env: { isAlive, host, place } }
  let because = options.quick ? 'skipped by --quick' : null
  try {
    for (const check of archive.verifier.checks(how)) {
      const result = await stepByStep(check, show, () => UNCHECKED, pause)
      line.clear()
      yield result
      await io.stdout.drained()
      await pause(UNCHECKED)
      if (result.state === 'wrong') because = 'skipped, because another check failed'
    }
    const counted = (done: number, total: number) => show({ what: 'readings', done, total })
    const last = await readingsCheck(archive, because, io, counted)
    line.clear()
    yield last
  } finally {
    line.clear()
  }
}

const UNCHECKED = 'not all checks were made.'

const repairsKept = ({ done, total }: Step): string =>
  `${done} of ${count(total, 'repair')} made, each completely. Run the same command again.`
