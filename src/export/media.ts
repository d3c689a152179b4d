import { dirname, relative, resolve, sep } from 'node:path'
import type { ArchiveReader, StoredFile } from '../model/archive.js'
import { originalImage } from '../model/markup/original-url.js'
import { copyName } from '../model/media/file-name.js'
import { isInlineImage } from '../model/media/file-type.js'
import type { OutputPlan } from './destination.js'
import type { ExportContext, Exporter, ExportFile, LocalFile, MediaLookup, MediaMode } from './exporter.js'

/** What `--media` takes. */
export const MEDIA_MODES: readonly MediaMode[] = ['link', 'copy', 'none']

/** Folder of the copies, beside the documents. */
const FOLDER = 'media'

/** The files of posts for the documents of one export. */
export interface LocalMedia {
  /** Where the export goes. */
  folder: string
  /** As `ExportContext.media`, for documents in the folder itself. */
  lookup: MediaLookup
  /** The copies that the documents need. Ask for them once all documents are rendered. */
  copies(): Generator<ExportFile>
}

/** Remembers which files are to be copied. */
class FoundMedia implements LocalMedia {
  private readonly found = new Map<string, LocalFile | null>()
  private readonly copied = new Map<string, ExportFile>()

  constructor(
    private readonly archive: ArchiveReader,
    private readonly mode: MediaMode,
    readonly folder: string,
  ) {}

  readonly lookup: MediaLookup = url => {
    const known = this.found.get(url)
    if (known !== undefined) return known
    const file = this.mode === 'none' ? null : this.localFile(url)
    this.found.set(url, file)
    return file
  };

  *copies(): Generator<ExportFile> {
    yield* this.copied.values()
  }

  private localFile(url: string): LocalFile | null {
    const stored = storedFileOf(url, this.archive)
    if (!stored) return null
    const { file, type, size, name } = stored
    const about = { file, type, size, name, isImage: isInlineImage(type), read: () => stored.read() }
    if (this.mode === 'link') return { ...about, path: reference(relative(this.folder, file)) }
    const copy = `${FOLDER}/${copyName(stored)}`
    this.copied.set(copy, { name: copy, body: stored.read() })
    return { ...about, path: reference(copy) }
  }
}

/** The stored file of an address; null: there is none. Attachments have the address of the original where a service has wrapped it. */
export const storedFileOf = (url: string, archive: Pick<ArchiveReader, 'storedFile'>): StoredFile | null =>
  archive.storedFile?.(url) ?? archive.storedFile?.(originalImage(url)) ?? null

/**
 * The files for an export of this format to this place. Without a wish, a folder gets copies, a file leads to the archive's, and a stream
 * to none. A document that holds its pictures needs no copies.
 */
export function mediaFor(
  plan: OutputPlan,
  archive: ArchiveReader,
  mode: MediaMode | undefined,
  { embeds }: Pick<Exporter, 'embeds'>,
  cwd = '.',
): LocalMedia {
  const folder = plan.kind === 'folder' ? plan.folder : plan.kind === 'file' ? dirname(plan.path) : cwd
  const wanted = mode ?? (embeds ? 'link' : DEFAULTS[plan.kind])
  return new FoundMedia(archive, embeds && wanted === 'copy' ? 'link' : wanted, resolve(folder))
}

const DEFAULTS = { folder: 'copy', file: 'link', stdout: 'none' } as const

/** A path as it belongs into a link. */
const reference = (path: string): string => path.split(sep).join('/').split('/').map(encodeURIComponent).join('/')

/** The same context for a document of this name: it may be in a folder below the one that the export goes to. */
export function besideDocument<About extends Pick<ExportContext, 'media'>>(about: About, name: string): About {
  const up = '../'.repeat(name.split('/').length - 1)
  const { media } = about
  if (!media || up === '') return about
  return {
    ...about,
    media: (url, use) => {
      const file = media(url, use)
      return file && { ...file, path: `${up}${file.path}` }
    },
  }
}
