import { dirname, relative, resolve, sep } from 'node:path'
import type { ArchiveReader } from '../model/archive.js'
import { originalImage } from '../model/markup/original-url.js'
import { copyName } from '../model/media/file-name.js'
import { isInlineImage } from '../model/media/file-type.js'
import type { OutputPlan } from './destination.js'
import type { ExportContext, ExportFile, LocalFile, MediaMode } from './exporter.js'

/** What `--media` takes. */
export const MEDIA_MODES: readonly MediaMode[] = ['link', 'copy', 'none']

/** Folder of the copies, beside the documents. */
const FOLDER = 'media'

type Lookup = NonNullable<ExportContext['media']>

/** The files of posts for the documents of one export. */
export interface LocalMedia {
  /** Where the export goes. */
  folder: string
  /** As `ExportContext.media`, for documents in the folder itself. */
  lookup: Lookup
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

  readonly lookup: Lookup = url => {
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
    // Attachments have the address of the original where a service has wrapped it.
    const stored = this.archive.storedFile?.(url) ?? this.archive.storedFile?.(originalImage(url))
    if (!stored) return null
    const { file, type, size, name } = stored
    const about = { file, type, size, name, isImage: isInlineImage(type) }
    if (this.mode === 'link') return { ...about, path: reference(relative(this.folder, file)) }
    const copy = `${FOLDER}/${copyName(stored)}`
    this.copied.set(copy, { name: copy, body: stored.read() })
    return { ...about, path: reference(copy) }
  }
}

/** The files for an export to this place. Without a wish, a folder gets copies, a file leads to the archive's, and a stream to none. */
export function mediaFor(plan: OutputPlan, archive: ArchiveReader, mode: MediaMode | undefined, cwd = '.'): LocalMedia {
  const folder = plan.kind === 'folder' ? plan.folder : plan.kind === 'file' ? dirname(plan.path) : cwd
  return new FoundMedia(archive, mode ?? DEFAULTS[plan.kind], resolve(folder))
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
    media: (url: string) => {
      const file = media(url)
      return file && { ...file, path: `${up}${file.path}` }
    },
  }
}
