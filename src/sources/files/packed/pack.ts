import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { LeftFile } from '../door.js'
import type { FileBytes } from '../warc/bytes.js'
import { isGzip } from '../warc/gzip-member.js'
import { isZip, zipEntries } from '../warc/zip-entries.js'
import { gunzipped, gunzippedStart } from './gunzipped.js'
import type { PackedFile } from './packed-file.js'
import { isTar, tarFiles } from './tar.js'

/** An archive of files: zip, tar, or one compressed file. */
export interface Pack {
  /** What it is, as a noun phrase. */
  seen: string
  /** @throws behind the last file that can be read, if the archive is damaged. */
  files(bytes: FileBytes): AsyncIterable<PackedFile>
}

/** The archive that a file with this beginning is; null: it is none. */
export function packOf(file: LeftFile, head: Uint8Array): Pack | null {
  if (isTar(head)) return { seen: 'a tar archive', files: () => tarFiles(createReadStream(file.path)) }
  if (isZip(head)) return { seen: 'a zip archive', files: zipFiles }
  if (!isGzip(head)) return null
  if (isTar(gunzippedStart(head)))
    return { seen: 'a compressed tar archive', files: () => tarFiles(gunzipped(file.path)) }
  return { seen: 'a compressed file', files: () => onlyFile(file) }
}

async function* zipFiles(bytes: FileBytes): AsyncGenerator<PackedFile> {
  for await (const entry of zipEntries(bytes)) if (!entry.name.endsWith('/')) yield entry
}

/** `thread.txt.gz` holds `thread.txt`. */
async function* onlyFile({ path, size, modifiedAt }: LeftFile): AsyncGenerator<PackedFile> {
  const name = basename(path).replace(/\.gz$/i, '')
  const about = { size: null, packed: size, modifiedAt: new Date(modifiedAt), obstacle: null }
  yield { name, ...about, content: () => gunzipped(path) }
}

/** Names that a WACZ has (specs.webrecorder.net/wacz/1.1.1), or that hold a crawl: a door of its own reads these. */
const OF_CRAWL = /^(?:datapackage\.json|archive\/.*|indexes\/.*|pages\/.*|.*\.(?:warc|warc\.gz|wacz))$/i

/** True for a zip file with WARC files and nothing else but what belongs to them. @throws if its directory is damaged. */
export async function isCrawl(bytes: FileBytes): Promise<boolean> {
  let hasRecords = false
  for await (const { name } of zipEntries(bytes)) {
    if (name === 'datapackage.json') return true
    if (!OF_CRAWL.test(name) && !name.endsWith('/')) return false
    hasRecords ||= /\.(?:warc|warc\.gz|wacz)$/i.test(name)
  }
  return hasRecords
}
