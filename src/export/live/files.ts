import type { ArchiveReader, StoredFile } from '../../model/archive.js'
import { copyName } from '../../model/media/file-name.js'
import { isInlineImage } from '../../model/media/file-type.js'
import type { MediaLookup } from '../exporter.js'
import { linkTo } from '../html/paths.js'
import { storedFileOf } from '../media.js'

/** A file of a post, from the folder of the archive. */
export interface LiveFile {
  kind: 'file'
  /** Media type, judged by the content; of what is no picture, one that no browser opens. */
  type: string
  policy: string
  /** The name under which a browser stores it; absent: a picture, which is shown. */
  download?: string
  body: Iterable<Uint8Array>
}

/** Folder of the files in the addresses of the pages. */
const FOLDER = 'media/'

/** The files as the page at `from` links to them: by name, and by the address on the site, which says which file it is. */
export const mediaOf =
  (from: string, archive: Pick<ArchiveReader, 'storedFile'>): MediaLookup =>
  url => {
    const stored = storedFileOf(url, archive)
    if (!stored) return null
    const path = `${linkTo(from, `${FOLDER}${copyName(stored)}`)}?${new URLSearchParams({ of: url })}`
    return { ...stored, path, isImage: isInlineImage(stored.type), read: () => stored.read() }
  }

/** Whether this is the address of a file: `name` is a path without its first slash. */
export const isFile = (name: string): boolean => name.startsWith(FOLDER)

/** The file that a query names; null: it is not kept. */
export function fileOf(query: URLSearchParams, archive: Pick<ArchiveReader, 'storedFile'>): LiveFile | null {
  const stored = storedFileOf(query.get('of') ?? '', archive)
  return stored && (isInlineImage(stored.type) ? picture(stored) : download(stored))
}

/** A picture that is opened by itself is a document, in which nothing may run. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"

const picture = (stored: StoredFile): LiveFile => ({
  ...{ kind: 'file', type: stored.type, policy: POLICY, body: stored.read() },
})

/** A drawing or a document might run something where a browser opens it. */
const download = (stored: StoredFile): LiveFile => ({
  ...{ kind: 'file', type: 'application/octet-stream', policy: POLICY, body: stored.read() },
  download: copyName(stored),
})
