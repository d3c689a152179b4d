import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.js'
import type { Io } from '../terminal/io.js'

/**
 * The text of a file that an option names; `-` is standard input.
 * @throws UsageError that names the file as `what` and ends with `advice`, if it can't be read.
 */
export async function readTextFile(file: string, what: string, advice: string, io: Io): Promise<string> {
  if (file === '-') return io.readStdin()
  const path = resolve(io.cwd, file)
  try {
    return await io.readFile(path)
  } catch (cause) {
    const reason = cause instanceof Error ? ` (${cause.message})` : ''
    throw new UsageError(`The ${what} ${path} can't be read${reason}.`, advice)
  }
}
