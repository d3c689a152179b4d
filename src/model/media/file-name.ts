import { extensionOf } from './file-type.js'

/** Longest name that is kept, in bytes. */
const MAX_NAME = 255
/** Longest name of a copy, in bytes: file systems, zip files and synchronised folders take it. */
const MAX_COPY = 80

/** The name of an uploaded file: of the header Content-Disposition, else the last part of the address. Null: neither has one. */
export function uploadedName(url: string, disposition: string | undefined): string | null {
  return cleanName(dispositionName(disposition ?? '') ?? '') ?? cleanName(lastPart(url))
}

function lastPart(url: string): string {
  return URL.canParse(url) ? decoded(new URL(url).pathname.split('/').at(-1) ?? '') : ''
}

/** RFC 6266: `filename*` comes before `filename`. */
function dispositionName(header: string): string | null {
  const encoded = /filename\*\s*=\s*(?:UTF-8|ISO-8859-1)'[^']*'([^;\s]+)/i.exec(header)?.[1]
  if (encoded !== undefined) return decoded(encoded)
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? bare ?? null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** One name without folders, control characters and marks of direction; null: nothing is left. */
function cleanName(name: string): string | null {
  const last =
    name
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? ''
  return /^\.*$/.test(last) ? null : cut(last, MAX_NAME)
}

/** The text, shortened to so many bytes of UTF-8, without half a character at its end. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/(?<!\ufffd)\ufffd+$/, '')
}

/** Types that several kinds of files have: the uploaded name says which. */
const CONTAINERS = /^(?:application\/(?:zip|x-ole-storage|octet-stream|xml|gzip)|text\/plain)$/

/** Extensions of files that a program opens without running them. */
const HARMLESS = new Set(
  'doc xls ppt docx xlsx pptx odt ods odp txt md csv tsv log ics vcf json yaml yml bib tex gpx kml zip psd ai dwg dxf pages key numbers'.split(
    ' ',
  ),
)

/**
 * The name of a copy of a file: letters, digits and `-` of the uploaded name, a part of its hash, so that no two are equal, and an extension
 * by its content. It is safe on every file system and in an address.
 */
export function copyName({ name, sha256, type }: { name: string | null; sha256: string; type: string }): string {
  const [, stem = name ?? '', last = ''] = /^(.*)\.([^.]*)$/s.exec(name ?? '') ?? []
  const own = last.toLowerCase()
  const extension = CONTAINERS.test(type) && HARMLESS.has(own) ? own : extensionOf(type)
  const words = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  const start = cut(words, MAX_COPY - extension.length - 10)
    .replace(/^-+|(?<!-)-+$/g, '')
    .normalize('NFC')
  return `${start === '' ? '' : `${start}-`}${sha256.slice(0, 8)}.${extension}`
}
