import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PackageCheck } from '../../../export/package/checks.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import type { OpenPackage } from '../../../node/package/read-package.js'
import type { Globals } from '../../options/globals.js'
import { paintFor } from '../../terminal/colour.js'
import { withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'
import { tabRow } from '../../text/columns.js'
import type { Paint } from '../../text/paint.js'
import { count } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

interface Options extends Globals {
  json?: boolean
  quick?: boolean
  mend?: boolean
}

/** The path of a package, and its form; null: the word names an archive. @throws UsageError if it is neither. */
export async function packageAt(word: string, io: Io): Promise<{ path: string; form: 'folder' | 'zip' } | null> {
  const { kindAt } = await import('../../../node/package/read-package.js')
  const path = resolve(io.cwd, word)
  const form = kindAt(path)
  if (form === 'archive') return null
  if (form === null && !existsSync(path))
    throw new UsageError(`There is no ${path}.`, 'Name an archive, or a folder or zip file of threadkeep package.')
  if (form === null)
    throw new UsageError(
      `${path} is neither an archive nor a package.`,
      'Name a file that threadkeep archive has made, or a folder or zip file of threadkeep package.',
    )
  return { path, form }
}

/** Checks a package: prints a line a check and each damaged file, or one JSON document. Damage ends with 6. */
export async function verifyPackage(
  { path, form }: { path: string; form: 'folder' | 'zip' },
  options: Options,
  io: Io,
): Promise<ExitCode> {
  if (options.mend || options.quick)
    throw new UsageError('A package is checked as a whole, and never changed.', 'Leave out --mend and --quick.')
  const { isPackage, openPackage } = await import('../../../node/package/read-package.js')
  const opened = await openPackage(path, form)
  try {
    if (!isPackage(opened))
      throw new UsageError(`${path} is no package of threadkeep.`, 'A package has a file bagit.txt.')
    return await checked(opened, path, options, io)
  } finally {
    opened.close()
  }
}

async function checked(opened: OpenPackage, path: string, options: Options, io: Io): Promise<ExitCode> {
  const { packageChecks } = await import('../../../export/package/verify.js')
  const { AGAIN } = await import('../../../node/package/read-package.js')
  const paint = await paintFor(io.stdout, io, options)
  const line = await progressLine(io, options)
  const checks: PackageCheck[] = []
  await withPause(io, async pause => {
    const done = new Set<string>()
    const step = async (name: string) => {
      line.count('files', done.add(name).size, opened.files.length)
      await pause('Not all files were read.')
    }
    for await (const check of packageChecks(opened, step)) {
      line.clear()
      checks.push(check)
      if (!options.json)
        for (const row of io.stdout.isTTY ? checkLines(check, paint) : checkRows(check)) io.stdout.write(`${row}\n`)
    }
  })
  const sound = checks.every(({ findings }) => findings.length === 0)
  if (options.json) io.stdout.write(`${terminalJson(reportOf(opened, path, sound, checks))}\n`)
  else if (!options.quiet) io.stderr.write(`${lastLine(sound, checks, opened, AGAIN)}\n`)
  return sound ? EXIT.done : EXIT.archive
}

/** docs/schema/package-verify-1.json */
const reportOf = (
  { form, files }: OpenPackage,
  path: string,
  sound: boolean,
  checks: readonly PackageCheck[],
): object => ({
  ...{ schema: 'threadkeep.package-verify/1', package: path, form, files: files.length, sound },
  checks: checks.map(({ name, what, findings }) => ({
    name,
    what,
    state: findings.length > 0 ? 'wrong' : 'ok',
    findings,
  })),
})

function* checkLines({ name, what, findings }: PackageCheck, paint: Paint): Generator<string> {
  const mark = findings.length === 0 ? paint.green('ok   ') : paint.red('wrong')
  yield `${mark}  ${name.padEnd(11)} ${paint.dim(what)}`
  for (const found of findings) yield `       ${terminalLine(found.file || 'the package')}: ${terminalLine(found.what)}`
}

/** For scripts: state, check, file, finding; without findings state, check, description. */
function* checkRows({ name, what, findings }: PackageCheck): Generator<string> {
  if (findings.length === 0) yield tabRow(['ok', name, what])
  for (const found of findings) yield tabRow(['wrong', name, found.file, found.what])
}

function lastLine(sound: boolean, checks: readonly PackageCheck[], { files }: OpenPackage, again: string): string {
  // As `threadkeep package` counts them: the lists of BagIt beside `data/` are no data.
  const data = files.filter(({ name }) => name.startsWith('data/')).length
  if (sound)
    return `The package is sound: ${count(data, 'file')} in data/, ${count(files.length - data, 'file')} beside it.`
  const damaged = new Set(checks.flatMap(({ findings }) => findings.map(({ file }) => file)))
  return `The package is not sound: ${count(damaged.size, 'file')} damaged, missing or added. ${again}`
}
