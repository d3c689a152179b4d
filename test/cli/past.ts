import type { Shelf } from '../archive/shelf.js'
import { running, testIo, testOut } from './test-io.js'

/** Runs a command on the file of a shelf, which is closed first. */
export async function onFile(file: string, line: string[], tty?: { width: number; colour?: boolean }) {
  const io = testIo(tty?.colour ? {} : { env: { NO_COLOR: '1' } })
  if (tty) io.stdout = testOut({ isTTY: true, width: tty.width })
  return running([...line, '--db', file], io)
}

export function closed(one: Shelf): string {
  one.close()
  return one.file
}
