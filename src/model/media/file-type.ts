import type { MediaKind } from './media.js'

/** What a file is by its content. */
export interface FileType {
  /** Media type. */
  type: string
  /** File name extension, without the dot. */
  extension: string
  /** `page`: a web page, which is never kept. */
  kind: MediaKind | 'page'
}

/** Bytes of the beginning of a file that tell what it is. */
export const HEAD_BYTES = 8192

interface Magic extends FileType {
  /** Called with the first bytes, each as one character. */
  matches(head: string): boolean
}

const made = (kind: FileType['kind'], type: string, extension: string, matches: Magic['matches']): Magic => ({
  ...{ kind, type, extension, matches },
})

const startsWith =
  (...starts: string[]) =>
  (head: string) =>
    starts.some(start => head.startsWith(start))

/** ISO base media (MP4, HEIF): the brand is behind `ftyp`. */
const brand = (pattern: RegExp) => (head: string) => head.slice(4, 8) === 'ftyp' && pattern.test(head.slice(8, 12))

const riff = (form: string) => (head: string) => head.startsWith('RIFF') && head.slice(8, 12) === form

/** Zip formats name themselves in their first entry, or by a folder of an early one. */
const zipWith = (pattern: RegExp) => (head: string) => head.startsWith('PK\x03\x04') && pattern.test(head)

/** The size of the second header is one of those that programs have written. */
const isBitmap = (head: string) =>
  head.startsWith('BM') &&
  [12, 40, 52, 56, 64, 108, 124].includes(head.charCodeAt(14)) &&
  head.slice(15, 18) === '\0\0\0'

/** Up to 64 pictures. */
const isIcon = (head: string) => {
  const pictures = head.charCodeAt(4)
  return head.startsWith('\0\0\x01\0') && pictures > 0 && pictures <= 64 && head[5] === '\0'
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument'
const EBML = '\x1aE\xdf\xa3'

/** The first that matches counts. */
const MAGICS: readonly Magic[] = [
  made('image', 'image/jpeg', 'jpg', startsWith('\xff\xd8\xff')),
  made('image', 'image/png', 'png', startsWith('\x89PNG\r\n\x1a\n')),
  made('image', 'image/gif', 'gif', startsWith('GIF87a', 'GIF89a')),
  made('image', 'image/webp', 'webp', riff('WEBP')),
  made('image', 'image/avif', 'avif', brand(/^avi[fs]$/)),
  made('image', 'image/heic', 'heic', brand(/^(?:hei[cxms]|hev[cx]|mif1|msf1)$/)),
  made('image', 'image/tiff', 'tif', startsWith('II*\0', 'MM\0*')),
  made('image', 'image/bmp', 'bmp', isBitmap),
  made('image', 'image/x-icon', 'ico', isIcon),
  made('audio', 'audio/mp4', 'm4a', brand(/^M4[AB] $/)),
  made('video', 'video/quicktime', 'mov', brand(/^qt {2}$/)),
  made('video', 'video/3gpp', '3gp', brand(/^3g/)),
  made('video', 'video/mp4', 'mp4', brand(/^(?:iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash|f4v |mmp4)$/)),
  made('video', 'video/webm', 'webm', head => head.startsWith(EBML) && head.slice(0, 80).includes('webm')),
  made('video', 'video/x-matroska', 'mkv', startsWith(EBML)),
  made(
    'audio',
    'audio/ogg',
    'ogg',
    head => head.startsWith('OggS') && /OpusHead|vorbis|Speex|FLAC/.test(head.slice(0, 80)),
  ),
  made('video', 'video/ogg', 'ogv', startsWith('OggS')),
  made('video', 'video/x-msvideo', 'avi', riff('AVI ')),
  made('video', 'video/mpeg', 'mpg', startsWith('\0\0\x01\xba', '\0\0\x01\xb3')),
  made('video', 'video/x-flv', 'flv', startsWith('FLV\x01')),
  made('video', 'video/x-ms-wmv', 'wmv', startsWith('\x30\x26\xb2\x75\x8e\x66\xcf\x11')),
  made('audio', 'audio/wav', 'wav', riff('WAVE')),
  made('audio', 'audio/flac', 'flac', startsWith('fLaC')),
  made('audio', 'audio/midi', 'mid', startsWith('MThd')),
  made('audio', 'audio/aac', 'aac', startsWith('\xff\xf1', '\xff\xf9')),
  made('audio', 'audio/mpeg', 'mp3', startsWith('ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2', '\xff\xfa')),
  made('document', 'application/pdf', 'pdf', head => /^\s{0,16}%PDF-/.test(head)),
  made('document', 'application/epub+zip', 'epub', zipWith(/mimetypeapplication\/epub\+zip/)),
  made('document', `${OPEN_DOCUMENT}.text`, 'odt', zipWith(/mimetypeapplication\/vnd\.oasis\.opendocument\.text/)),
  made(
    'document',
    `${OPEN_DOCUMENT}.spreadsheet`,
    'ods',
    zipWith(/mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/),
  ),
  made(
    'document',
    `${OPEN_DOCUMENT}.presentation`,
    'odp',
    zipWith(/mimetypeapplication\/vnd\.oasis\.opendocument\.presentation/),
  ),
  made('document', `${OFFICE}.wordprocessingml.document`, 'docx', zipWith(/(?:_rels|Content_Types)[\s\S]*word\//)),
  made('document', `${OFFICE}.spreadsheetml.sheet`, 'xlsx', zipWith(/(?:_rels|Content_Types)[\s\S]*xl\//)),
  made('document', `${OFFICE}.presentationml.presentation`, 'pptx', zipWith(/(?:_rels|Content_Types)[\s\S]*ppt\//)),
  made('document', 'application/zip', 'zip', startsWith('PK\x03\x04', 'PK\x05\x06')),
  made('document', 'application/x-ole-storage', 'ole', startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')),
  made('document', 'application/rtf', 'rtf', startsWith('{\\rtf')),
  made('document', 'application/x-7z-compressed', '7z', startsWith("7z\xbc\xaf'\x1c")),
  made('document', 'application/vnd.rar', 'rar', startsWith('Rar!\x1a\x07')),
  made('document', 'application/gzip', 'gz', startsWith('\x1f\x8b\x08')),
  made('document', 'application/x-bzip2', 'bz2', head => /^BZh[1-9]1AY&SY/.test(head)),
]

/** Judged as a text, after its byte order mark, declarations and comments. */
const MARKUP: readonly Magic[] = [
  made('page', 'text/html', 'html', head =>
    /^<(?:html|head|body|title|script|style|meta|link|div|p|h1|form|iframe|table)\b/i.test(head),
  ),
  made('image', 'image/svg+xml', 'svg', head => /^<(?:\w+:)?svg\b/i.test(head)),
]

const TEXT: FileType = { kind: 'document', type: 'text/plain', extension: 'txt' }
const XML: FileType = { kind: 'document', type: 'application/xml', extension: 'xml' }
const UNKNOWN: FileType = { kind: 'document', type: 'application/octet-stream', extension: 'bin' }
const HTML: FileType = { kind: 'page', type: 'text/html', extension: 'html' }

/** What a file is, by its first bytes (`HEAD_BYTES` at most) and by nothing else: neither its name nor what its host says counts. */
export function fileTypeOf(bytes: Uint8Array): FileType {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD_BYTES, bytes.byteLength)).toString('latin1')
  const magic = MAGICS.find(one => one.matches(head))
  if (magic) return plain(magic)
  const text = textIn(bytes.subarray(0, HEAD_BYTES))
  return text === null ? UNKNOWN : textTypeOf(text)
}

function textTypeOf(text: string): FileType {
  const start = text.replace(BEFORE_ROOT, '')
  if (/^<!doctype\s+html\b/i.test(start)) return HTML
  const root = start.replace(DOCTYPE, '').replace(BEFORE_ROOT, '')
  const markup = MARKUP.find(one => one.matches(root))
  if (markup) return plain(markup)
  return text.trimStart().startsWith('<?xml') ? XML : TEXT
}

const plain = ({ kind, type, extension }: Magic): FileType => ({ kind, type, extension })

/** White space, comments and `<?xml …?>`. */
const BEFORE_ROOT = /^(?:\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*/

const DOCTYPE = /^<!doctype(?:[^>[]|\[[^\]]*\])*>/i

/** The text, decoded by its byte order mark or as Latin-1; null: it has control characters that no text has. */
function textIn(head: Uint8Array): string | null {
  const [first, second, third] = head
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(head)
  const start = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0
  const text = Buffer.from(head.subarray(start)).toString('latin1')
  return isText(text) ? text : null
}

/** Tabs, ends of lines and pages, and the escape of terminals are the control characters of texts. */
const isText = (text: string): boolean =>
  [...text].every(character => character >= ' ' || '\t\n\v\f\r\x1b'.includes(character))

const BY_TYPE: ReadonlyMap<string, FileType> = new Map(
  [...MAGICS, ...MARKUP, TEXT, XML, UNKNOWN].map(one => [one.type, one] as const),
)

/** File name extension of a media type that `fileTypeOf` gives. */
export const extensionOf = (type: string): string => BY_TYPE.get(type)?.extension ?? UNKNOWN.extension

/** Pictures that a page or a document may show in its text. An SVG may hold scripts and requests: it is only ever linked. */
export const isInlineImage = (type: string): boolean => /^image\/(?:jpeg|png|gif|webp|avif|bmp)$/.test(type)
