import { type Bytes, FileBytes } from './bytes.js'
import { isGzip } from './gzip-member.js'
import { Inflated } from './inflated.js'
import { type Fields, field, fieldsOf, headerEnd, type Lost, provenBlock, type WarcRecord } from './record.js'
import { nextRecord } from './resync.js'

/** Reads the records of a WARC file of any compression, and names each part that holds none. Never throws because of its content. */
export async function* readRecords(file: FileBytes): AsyncGenerator<WarcRecord | Lost> {
  for (let at = 0; at < file.size; ) {
    if (!isGzip(await file.peek(at, 3))) {
      at = yield* recordsIn(file, at)
      continue
    }
    const run = new Inflated(file, at)
    yield* recordsIn(run, 0)
    at = run.next
    if (run.damage === null) continue
    const next = await nextRecord(file, at + 1)
    yield { place: { offset: at, within: 0 }, why: run.damage, isRest: next >= file.size }
    at = next
  }
}

/** The record that begins at a position; null: there is none, or it is damaged. */
export async function recordIn(bytes: Bytes, at: number): Promise<WarcRecord | null> {
  const header = await headerAt(bytes, at)
  return header && (await isWhole(bytes, header)) ? recordOf(bytes, at, header) : null
}

/** Records of one run of bytes. Returns where it stopped: at the end, or at a gzip member of a file. */
async function* recordsIn(bytes: Bytes, from: number): AsyncGenerator<WarcRecord | Lost, number> {
  for (let at = from; ; ) {
    at = await behindPadding(bytes, at)
    bytes.release(at)
    const first = await bytes.peek(at, 3)
    if (first.length === 0 || beginsMember(bytes, first)) return at
    const header = await headerAt(bytes, at)
    if (header && (await isWhole(bytes, header))) {
      if (await isSure(bytes, header)) yield recordOf(bytes, at, header)
      at = header.block + header.size
    } else at = yield* damaged(bytes, at, header)
  }
}

const beginsMember = (bytes: Bytes, first: Buffer): boolean => bytes instanceof FileBytes && isGzip(first)

/** Line ends between records, and zeros behind the last one. */
async function behindPadding(bytes: Bytes, from: number): Promise<number> {
  for (let at = from; ; ) {
    const found = await bytes.peek(at, 1)
    const padding = found.findIndex(byte => byte !== 0x0d && byte !== 0x0a && byte !== 0)
    if (padding >= 0 || found.length === 0) return at + Math.max(0, padding)
    at += found.length
  }
}

interface Header {
  fields: Fields
  /** Where the block begins. */
  block: number
  /** Size of the block as the header gives it; NaN: it gives none. */
  size: number
}

const LONGEST_HEADER = 65_536

/** Null: no header of a record begins here. */
async function headerAt(bytes: Bytes, at: number): Promise<Header | null> {
  for (let least = 16; least <= LONGEST_HEADER; ) {
    const found = await bytes.peek(at, least)
    if (!/^WARC\/\d/.test(found.toString('latin1', 0, 6))) return null
    const end = headerEnd(found.subarray(0, LONGEST_HEADER))
    if (end !== null) return headerOf(found.toString('utf8', 0, end), at + end)
    if (found.length < least) return null
    least = found.length + 1
  }
  return null
}

function headerOf(text: string, block: number): Header {
  const fields = fieldsOf(text)
  const size = field(fields, 'content-length') ?? ''
  return { fields, block, size: /^\d{1,15}$/.test(size) ? Number(size) : Number.NaN }
}

/** Whether the block has the size that the header gives, as what is behind it shows. */
async function isWhole(bytes: Bytes, { block, size }: Header): Promise<boolean> {
  const end = block + size
  if (Number.isNaN(size) || (size > 0 && (await bytes.peek(end - 1, 1)).length === 0)) return false
  if (bytes.boundary(block, end) !== null) return false
  // This also reads a gzip member to its end, so that its checksum is known.
  const next = (await bytes.peek(end, LOOK)).subarray(0, LOOK)
  return BEHIND_BLOCK.test(next.toString('latin1')) || beginsMember(bytes, next)
}

const LOOK = 64
/** Two line ends, and sometimes none or more; then another record, or the end. */
const BEHIND_BLOCK = /^(?:\r\n\r\n|\n\n|[\r\n\0]*(?:WARC\/|$))/

/** In damaged gzip data, only a digest can show that a record is intact. */
async function isSure(bytes: Bytes, { fields, block, size }: Header): Promise<boolean> {
  if (block + size <= bytes.doubtfulFrom) return true
  return size <= MOST_PROVEN && provenBlock(fields, await slice(bytes, block, size)) === true
}

const MOST_PROVEN = 32 * 1024 * 1024

const slice = async (bytes: Bytes, from: number, size: number): Promise<Buffer> =>
  (await bytes.peek(from, size)).subarray(0, size)

const recordOf = (bytes: Bytes, at: number, { fields, block, size }: Header): WarcRecord => ({
  place: bytes.placeOf(at),
  fields,
  size,
  start: async least => (await bytes.peek(block, Math.min(least, size))).subarray(0, size),
  block: () => slice(bytes, block, size),
})

/** Looks for the next record. What is before it may be this record with another size than its header gives, if its digest says so. */
async function* damaged(bytes: Bytes, at: number, header: Header | null): AsyncGenerator<WarcRecord | Lost, number> {
  const next = await nextRecord(bytes, header?.block ?? at + 1)
  const isAtEnd = (await bytes.peek(next, 1)).length === 0
  const size = header && (await provenSize(bytes, header, next))
  if (header && size !== null) yield recordOf(bytes, at, { ...header, size })
  // The run of gzip members has ended with damage, which is named once, for all that it has cost.
  else if (!isAtEnd || bytes.doubtfulFrom === Number.POSITIVE_INFINITY)
    yield { place: bytes.placeOf(at), why: reason(header, isAtEnd), isRest: isAtEnd && bytes instanceof FileBytes }
  return next
}

function reason(header: Header | null, isAtEnd: boolean): string {
  if (!header) return 'it is no record'
  return isAtEnd ? 'it is cut off' : 'it has not the size that its Content-Length gives'
}

/** Size of the block if it ends before the next record, with or without line ends; null: no digest proves it. */
async function provenSize(bytes: Bytes, { fields, block }: Header, next: number): Promise<number | null> {
  if (next - block > MOST_PROVEN || block < bytes.first) return null
  const whole = await slice(bytes, block, next - block)
  const ends = [/\r?\n\r?\n$/, /$/].map(
    end => whole.length - (end.exec(whole.toString('latin1', whole.length - 4))?.[0].length ?? 0),
  )
  return ends.find(end => provenBlock(fields, whole.subarray(0, end)) === true) ?? null
}
