import { resolve } from 'node:path'
import { UsageError } from '../model/errors.js'
import type { Io } from './io.js'

/** One target a line. `#` starts a comment at the start of a line or after a space: inside a URL it is a fragment. */
export function targetsIn(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
}

/** Reads a batch file; `-` is standard input. */
export async function readBatch(file: string, io: Io): Promise<string[]> {
  if (file === '-') return targetsIn(await io.readStdin())
  const path = resolve(io.cwd, file)
  try {
    return targetsIn(await io.readFile(path))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): UsageError {
  const reason = cause instanceof Error ? ` (${cause.message})` : ''
  return new UsageError(
    `The batch file ${path} can't be read${reason}.`,
    'Give the path of a text file with one target a line.',
  )
}
