import { type Bytes, FileBytes } from './bytes.js'
import { memberStart } from './gzip-member.js'

/** The version line of a record and the name of its first field: no line of a page looks like this. */
const START = /WARC\/\d\.\d{1,3}\r?\n[\w-]{1,40}:/
const LONGEST_START = 64
const WINDOW = 65_536
const PROBE = 8192

/** Position of the next record at or after `from`, plain or in a gzip member; where there is none, the end. */
export async function nextRecord(bytes: Bytes, from: number): Promise<number> {
  for (let at = Math.max(from, bytes.first); ; ) {
    const window = await bytes.peek(at, WINDOW)
    const found = startIn(window)
    const limit = found ?? window.length
    const member = bytes instanceof FileBytes ? await memberIn(bytes, at, window.subarray(0, limit)) : null
    if (member !== null || found !== null) return at + (member ?? limit)
    if (window.length < WINDOW) return at + window.length
    at += window.length - LONGEST_START
  }
}

function startIn(window: Buffer): number | null {
  for (let at = window.indexOf('WARC/'); at >= 0; at = window.indexOf('WARC/', at + 1))
    if (window.toString('latin1', at, at + LONGEST_START).search(START) === 0) return at
  return null
}

const MAGIC = Buffer.from([0x1f, 0x8b, 8])

/** The three bytes also occur by chance, and in compressed pages: the member must hold a record. */
async function memberIn(file: FileBytes, from: number, window: Buffer): Promise<number | null> {
  for (let at = window.indexOf(MAGIC); at >= 0; at = window.indexOf(MAGIC, at + 1))
    if (START.test(memberStart(await file.peek(from + at, PROBE))?.toString('latin1') ?? '')) return at
  return null
}

/** Whether a file that begins with these bytes is a WARC file, perhaps with a damaged beginning. */
export function holdsRecords(head: Buffer): boolean {
  const isStart = (bytes: Buffer | null) => bytes !== null && startIn(bytes) !== null
  for (let at = head.indexOf(MAGIC); at >= 0; at = head.indexOf(MAGIC, at + 1))
    if (isStart(memberStart(head.subarray(at)))) return true
  return /^[\r\n\0\ufeff]*$/.test(head.toString('latin1', 0, startIn(head) ?? 0)) && isStart(head)
}
