import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Archive } from '../../archive/index.js'
import { BusyError } from '../../model/errors.js'
import type { Io } from '../terminal/io.js'
import type { OutputFlags } from '../terminal/progress.js'
import { terminalLine } from '../text/terminal-text.js'

/** Options that every command takes, before or after its name. */
export interface Globals extends OutputFlags {
  db?: string
  /** False: ask for nothing. */
  input?: boolean
  waitLock?: number
  logJson?: string
}

export function addGlobals(program: Command): void {
  program
    .optionsGroup('Global options:')
    .option('--db <file>', 'the archive (default: $THREADKEEP_DB, else threadkeep.db)')
    .option('-q, --quiet', 'say nothing but results, warnings and errors')
    .option('-v, --verbose', 'say more: one line for each answer that is read')
    .option('--no-input', 'never ask for anything, also at a terminal')
    .option('--no-color', 'no colours; NO_COLOR does the same')
}

/** The file of the archive as an absolute path, so that messages name it in full. */
export function archiveFile(options: Globals, io: Io): string {
  return resolve(io.cwd, options.db ?? (io.env['THREADKEEP_DB'] || 'threadkeep.db'))
}

/** `change`: to write to an archive that has to be there. */
type Mode = 'read' | 'write' | 'change'

/** Opens the archive, hands it to `work` and closes it, whatever happens. */
export async function withArchive<T>(
  mode: Mode,
  options: Globals,
  io: Io,
  work: (archive: Archive) => Promise<T>,
): Promise<T> {
  const archive = await opened(mode, options, io)
  try {
    return await work(archive)
  } finally {
    archive.close()
  }
}

/** Another run may hold it: then we wait, if we are told to, and ask once a second. */
async function opened(mode: Mode, options: Globals, io: Io): Promise<Archive> {
  const { now, pid, host, isAlive } = io
  const env = { now, pid, host, isAlive, command: commandLine(io) }
  // Only reading says that there is none; writing would make one.
  const { openArchive } = await import('../../archive/index.js')
  const file = archiveFile(options, io)
  if (mode === 'change') openArchive(file, 'read', env).close()
  const until = io.now() + (options.waitLock ?? 0) * 1000
  for (let told = false; ; told = true) {
    try {
      return openArchive(file, mode === 'read' ? mode : 'write', env)
    } catch (error) {
      if (!(error instanceof BusyError) || io.now() >= until) throw error
      if (!told && !options.quiet) io.stderr.write(`${terminalLine(error.message)} Waiting for it.\n`)
      await io.sleep(1000, new AbortController().signal)
    }
  }
}

/** The command line as the archive may keep it: a password in a URL, mistaken as it is there, must not get in. */
export const commandLine = ({ argv }: Io): string =>
  argv.map(word => word.replace(/(^|\/\/)[^/\s@]*:[^/\s]*@/, '$1')).join(' ')
