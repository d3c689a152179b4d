import type { Capture } from '../../model/capture.js'
import { asError, errorMessage } from '../../model/thrown.js'
import type { Door, LeftFile, Passed, Unread } from './door.js'
import { FileBytes } from './warc/bytes.js'
import { CaptureReader } from './warc/capture-reader.js'
import type { WarcFile } from './warc/messages.js'
import { Spool } from './warc/spool.js'
import { isZip, type ZipEntry, zipEntries } from './warc/zip-entries.js'
import { orNothing } from './warc.js'

/** WACZ files (specs.webrecorder.net/wacz/1.1.1): a zip file with WARC files in it, or with other WACZ files. */
export const wacz: Door = {
  name: 'wacz',
  summary: 'WACZ files of Browsertrix, ArchiveWeb.page, HTTrack and others (.wacz)',
  recognises: isZip,
  read: (file, _, signal) => readWacz(file, signal),
}

async function* readWacz(file: LeftFile, signal: AbortSignal): AsyncGenerator<Capture | Unread | Passed> {
  const bytes = await FileBytes.open(file.path, file.size, signal)
  const spool = new Spool(signal)
  try {
    const found = new WarcFiles(spool)
    yield* found.collect(file.name, bytes)
    if (signal.aborted) return
    const files = found.damage && found.files.length === 0 ? [{ name: file.name, bytes }] : found.files
    const reader = new CaptureReader(files, file.modifiedAt)
    if (files.length > 0) yield* orNothing(file.name, reader.captures(signal), signal)
    else if (!found.isNamed) yield strangeZip(file.name)
  } finally {
    await spool.remove()
    await bytes.close()
  }
}

const strangeZip = (name: string): Unread => ({
  name,
  why: `${name} is a zip file without WARC files, so it is no WACZ. Unpack it, and import its folder.`,
})

const IS_WARC = /\.warc(?:\.gz)?$/i
const IS_WACZ = /\.wacz$/i
/** WACZ in WACZ in WACZ is no archive, but an attack. */
const DEEPEST = 2
/** Recorded pages are compressed to a hundredth at most. */
const BOMB = { bytes: 64 * 1024 * 1024, ratio: 400 }

/** The WARC files in a WACZ file. Compressed ones are spooled, because records are read at any position. */
class WarcFiles {
  readonly files: WarcFile[] = []
  /** Set if a directory is damaged, so that more files may be there. */
  damage = false
  /** Set if anything was named. */
  isNamed = false

  constructor(private readonly spool: Spool) {}

  async *collect(name: string, zip: FileBytes, depth = 0): AsyncGenerator<Unread> {
    try {
      for await (const entry of zipEntries(zip)) {
        const isNested = IS_WACZ.test(entry.name)
        if (isNested || IS_WARC.test(entry.name)) yield* this.add(`${name}, ${entry.name}`, entry, isNested, depth)
      }
    } catch (error) {
      this.damage = true
      const rest = this.files.length === 0 ? 'Records are looked for in all of its bytes.' : 'The others are read.'
      yield this.unread(
        name,
        `the zip file is damaged (${errorMessage(error)}), so that files in it may be missing. ${rest}`,
      )
    }
  }

  private async *add(name: string, entry: ZipEntry, isNested: boolean, depth: number): AsyncGenerator<Unread> {
    const obstacle = entry.obstacle ?? (isNested && depth === DEEPEST ? 'it is nested too deep' : null) ?? bombIn(entry)
    if (obstacle !== null) return yield this.unread(name, `this file was left out, because ${obstacle}.`)
    const { bytes, failure } = await this.contentOf(entry)
    if (failure)
      yield this.unread(name, `this file is damaged (${failure.message}). Records before the damage are read.`)
    if (!bytes) return
    if (isNested) yield* this.collect(name, bytes, depth + 1)
    else this.files.push({ name, bytes })
  }

  private async contentOf(entry: ZipEntry): Promise<{ bytes: FileBytes | null; failure: Error | null }> {
    try {
      const stored = await entry.stored()
      if (stored) return { bytes: stored, failure: null }
    } catch (failure) {
      return { bytes: null, failure: asError(failure) }
    }
    return this.spool.add(entry.content())
  }

  private unread(name: string, message: string): Unread {
    this.isNamed = true
    return { name, why: `${name}: ${message}` }
  }
}

const bombIn = ({ size, packed }: ZipEntry): string | null =>
  size > BOMB.bytes && size > BOMB.ratio * packed ? 'it expands to far more than pages do' : null
