import type { Bytes, FileBytes } from './bytes.js'
import { isGzip } from './gzip-member.js'
import { Inflated } from './inflated.js'
import type { FilePlace } from './place-index.js'
import type { WarcRecord } from './record.js'
import { recordIn } from './records.js'

/** Further inside a gzip member, a record is not read again at once, because all before it must be decompressed again. */
const NEAR = 4 * 1024 * 1024
const STEP = 1024 * 1024

export const isNear = ({ within }: FilePlace): boolean => within < NEAR

/** Order in which a second look at several records decompresses each member once. */
export const byPlace = (a: FilePlace, b: FilePlace): number =>
  a.file - b.file || a.offset - b.offset || a.within - b.within

/** Reads single records again. */
export class SecondLook {
  private member: { file: number; offset: number; bytes: Inflated } | null = null

  constructor(private readonly files: readonly FileBytes[]) {}

  /** Null: there is no record at this place. */
  async recordAt({ file, offset, within }: FilePlace): Promise<WarcRecord | null> {
    const whole = this.files[file]
    if (!whole) return null
    if (!isGzip(await whole.peek(offset, 3))) return recordIn(whole, offset)
    const bytes = this.inflated(whole, { file, offset, within })
    await skipTo(bytes, within)
    return recordIn(bytes, within)
  }

  /** The member that was read last is read on, if the place is behind. */
  private inflated(whole: FileBytes, { file, offset, within }: FilePlace): Inflated {
    const { member } = this
    if (member && member.file === file && member.offset === offset && member.bytes.first <= within) return member.bytes
    const bytes = new Inflated(whole, offset)
    this.member = { file, offset, bytes }
    return bytes
  }
}

async function skipTo(bytes: Bytes, position: number): Promise<void> {
  for (let at = bytes.first; at < position; ) {
    at = Math.min(at + STEP, position)
    await bytes.peek(at, 1)
    bytes.release(at)
  }
}
