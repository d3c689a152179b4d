import { imageSize } from 'image-size'
import type { ConversionFile } from '../../model/conversion.js'
import { extensionOf, fileTypeOf, isInlineImage } from '../../model/media/file-type.js'
import type { ExportContext, LocalFile, MediaLookup } from '../exporter.js'

/** Pictures that word processors and e-readers show; those that browsers show are in `isInlineImage`. */
export const isPlainPicture = (type: string): boolean => /^image\/(?:jpeg|png|gif)$/.test(type)

/** Most pictures of one document, their bytes together and each, and the pixels of each: programs unpack them in memory. */
const MOST = { pictures: 500, totalBytes: 50_000_000, bytes: 10_000_000, pixels: 40_000_000 }

/** Largest size on a page of A4 beside replies, in pixels of CSS. */
const [WIDTH, HEIGHT] = [510, 640]

/**
 * The pictures that one document holds: each once, bounded in number and size, of a kind that its content shows, and under a name that no
 * member has given. A picture that cannot be held is a link in words, as without `--media`.
 */
export class Pictures {
  private readonly known = new Map<string, LocalFile | null>()
  private readonly held: ConversionFile[] = []
  private bytes = 0

  constructor(
    private readonly media: ExportContext['media'],
    private readonly isShown: (type: string) => boolean = isInlineImage,
  ) {}

  /** Takes the picture of this address into the document. No file is linked: on another machine the link would lead nowhere. */
  readonly lookup: MediaLookup = (url, use) => {
    const file = use === 'link' ? null : (this.media?.(url) ?? null)
    if (!file) return null
    const known = this.known.get(file.file)
    if (known !== undefined) return known
    const taken = this.taken(file)
    this.known.set(file.file, taken)
    return taken
  };

  /** The pictures that the document needs. Ask for them once it is rendered. */
  *files(): Generator<ConversionFile> {
    yield* this.held
  }

  private taken(file: LocalFile): LocalFile | null {
    if (!file.isImage || !this.isShown(file.type) || file.size > MOST.bytes) return null
    if (this.held.length === MOST.pictures || this.bytes + file.size > MOST.totalBytes) return null
    const size = sizeOf(file)
    if (!size) return null
    this.bytes += file.size
    const name = `picture-${this.held.length + 1}-${size.width}x${size.height}.${extensionOf(file.type)}`
    this.held.push({ name, body: file.read() })
    return { ...file, path: name }
  }
}

/** Width and height on a page, in pixels of CSS; null: the content is no picture of this kind, or has too many pixels. */
function sizeOf({ type, read }: LocalFile): { width: number; height: number } | null {
  const bytes = Buffer.concat([...read()])
  if (fileTypeOf(bytes).type !== type) return null
  try {
    const { width, height } = imageSize(bytes)
    if (!(width > 0 && height > 0 && width * height <= MOST.pixels)) return null
    const scale = Math.min(1, WIDTH / width, HEIGHT / height)
    return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  } catch {
    return null
  }
}

/** The files of a document, and behind them the pictures that it needs. */
export function* withPictures(files: readonly ConversionFile[], pictures: Pictures): Generator<ConversionFile> {
  yield* files
  yield* pictures.files()
}
