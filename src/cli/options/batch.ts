import { readTextFile } from '../files/text-file.js'
import type { Io } from '../terminal/io.js'

/** One target a line. `#` starts a comment at the start of a line or after a space: inside a URL it is a fragment. */
export function targetsIn(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
}

/** Reads a batch file; `-` is standard input. */
export const readBatch = async (file: string, io: Io): Promise<string[]> =>
  targetsIn(await readTextFile(file, 'batch file', 'Give the path of a text file with one target a line.', io))
