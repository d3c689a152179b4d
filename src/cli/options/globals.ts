import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Archive } from '../../archive/index.js'
import type { ReadableArchive } from '../../archive/reading.js'
import { BusyError, EXIT, KnownError } from '../../model/errors.js'
import { interruptible } from '../terminal/interruptible.js'
import type { Io } from '../terminal/io.js'
import type { OutputFlags } from '../terminal/progress.js'
import { terminalLine } from '../text/terminal-text.js'
import type { AppliedSettings } from './settings.js'

/** Options that every command takes, before or after its name. */
export interface Globals extends OutputFlags {
  db?: string
  /** False: never ask the user. */
  input?: boolean
  waitLock?: number
  logJson?: string
  /** What came from the environment and from files; absent: nothing was looked for. */
  settings?: AppliedSettings
}

export function addGlobals(program: Command): void {
  program
    .optionsGroup('Global options:')
    .option('--db <file>', `the archive (default: $THREADKEEP_DB, else ${DEFAULT_ARCHIVE})`)
    .option('-q, --quiet', 'print only results, warnings and errors')
    .option('-v, --verbose', 'print a line for each response that is read')
    .option('--no-input', 'never ask for anything, even at a terminal')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .option('--no-pager', 'no pager for long output (else $PAGER)')
    .option('--plain', 'words and lines, for screen readers')
}

/** In the folder in which the command runs. */
export const DEFAULT_ARCHIVE = 'threadkeep.db'

/** The absolute path of the archive. White space after its name comes from a line that was copied. */
export function archiveFile(options: Globals, io: Io): string {
  return resolve(io.cwd, (options.db ?? (io.env['THREADKEEP_DB'] || DEFAULT_ARCHIVE)).trimEnd())
}

/** `read` sees one state of the archive; `check` makes transactions of its own; `change` writes to an archive that must exist. */
type Mode = 'read' | 'check' | 'write' | 'change'

/** Opens the archive, calls `work` with it, and closes it in any case. @throws ArchiveError, BusyError */
export const withArchive = <T>(
  mode: Mode,
  options: Globals,
  io: Io,
  work: (archive: Archive) => Promise<T>,
): Promise<T> => withOpened(() => opened(mode, options, io), mode === 'read', archiveFile(options, io), io, work)

/** The same for a command that only reads: what writes is not loaded. @throws ArchiveError */
export function readArchive<T>(options: Globals, io: Io, work: (archive: ReadableArchive) => Promise<T>): Promise<T> {
  const file = archiveFile(options, io)
  return withOpened(async () => (await import('../../archive/reading.js')).openToRead(file), true, file, io, work)
}

async function withOpened<Opened extends ReadableArchive, T>(
  open: () => Promise<Opened>,
  inSnapshot: boolean,
  file: string,
  io: Io,
  work: (archive: Opened) => Promise<T>,
): Promise<T> {
  let archive: Opened | null = null
  try {
    archive = await open()
    if (inSnapshot) archive.holdSnapshot()
    return await work(archive)
  } catch (error) {
    throw error instanceof KnownError ? error : (await import('../../archive/index.js')).failureOf(error, file)
  } finally {
    const left = archive?.close()
    if (left) io.stderr.write(`Warning: ${terminalLine(left.message)}\n${left.advice}\n`)
  }
}

/** While another run or another program holds the archive, tries again once a second until --wait-lock is over. */
async function opened(mode: Mode, options: Globals, io: Io): Promise<Archive> {
  const { now, pid, host, place, isAlive } = io
  const lockWait = (options.waitLock ?? 0) * 1000
  const env = { now, pid, host, place, isAlive, lockWait, command: commandLine(io) }
  const { openArchive } = await import('../../archive/index.js')
  const file = archiveFile(options, io)
  const until = io.now() + lockWait
  for (let isFirst = true; ; isFirst = false) {
    try {
      // Opening to write would create a missing archive; opening to read reports it.
      if (mode === 'change') openArchive(file, 'read', env).close()
      return openArchive(file, mode === 'read' || mode === 'check' ? 'read' : 'write', env)
    } catch (error) {
      if (!(error instanceof BusyError) || io.now() >= until) throw error
      if (isFirst && !options.quiet) io.stderr.write(`${terminalLine(error.message)} Waiting for it to end.\n`)
      await interruptible(io, async signal => {
        await io.sleep(1000, signal)
        if (signal.aborted) throw new KnownError(EXIT.interrupted, 'Interrupted: nothing was changed.')
      })
    }
  }
}

/** The command line for the run log, without passwords in URLs. */
export const commandLine = ({ argv }: Io): string =>
  argv.map(word => word.replace(/(^|\/\/)[^/\s@]*:[^/\s]*@/, '$1')).join(' ')
