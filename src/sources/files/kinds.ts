import { TEXT_NEEDS } from '../../model/imports.js'
import { beginsWith } from './warc/page-kind.js'

/** A kind of file that no door reads. `seen`: what it is, as a noun phrase. */
interface Kind {
  seen: string
  /** What else can be done; absent: nothing. */
  advice?: string
  /** Set if a folder of saved pages holds such files, which belong to the pages. */
  isPart?: true
  begins(head: Uint8Array, start: string): boolean
}

const bytes =
  (...of: number[]) =>
  (head: Uint8Array): boolean =>
    of.every((byte, at) => head[at] === byte)
const text =
  (...of: string[]) =>
  (_: Uint8Array, start: string): boolean =>
    of.some(begin => start.startsWith(begin))

/** Most specific first. */
const KINDS: readonly Kind[] = [
  { seen: 'an empty file', begins: head => head.length === 0 },
  {
    seen: 'an SQLite database',
    advice: 'Archives of threadkeep are joined by threadkeep merge.',
    begins: text('SQLite format 3'),
  },
  { seen: 'a PNG picture', isPart: true, begins: bytes(0x89, 0x50, 0x4e, 0x47) },
  { seen: 'a JPEG picture', isPart: true, begins: bytes(0xff, 0xd8, 0xff) },
  { seen: 'an icon', isPart: true, begins: bytes(0, 0, 1, 0) },
  { seen: 'a film', isPart: true, begins: bytes(0x1a, 0x45, 0xdf, 0xa3) },
  { seen: 'a GIF picture', isPart: true, begins: text('GIF8') },
  {
    seen: 'a picture',
    isPart: true,
    begins: (_, start) => /^(?:RIFF....WEBP|BM|....ftypavif)/s.test(start),
  },
  {
    seen: 'an SVG picture',
    isPart: true,
    begins: (_, start) => SVG.test(start),
  },
  { seen: 'a font', isPart: true, begins: text('wOFF', 'wOF2', 'OTTO', '\0\x01\0\0') },
  {
    seen: 'a film or a sound',
    isPart: true,
    begins: (_, start) => /^(?:....ftyp|ID3|OggS|RIFF)/s.test(start),
  },
  {
    seen: 'a PDF',
    advice: 'Save its text, and import that: pdftotext -layout FILE.pdf FILE.txt.',
    begins: text('%PDF'),
  },
  { seen: 'a zip archive', advice: 'Unpack it, and import its folder.', begins: text('PK\x03\x04', 'PK\x05\x06') },
  {
    seen: 'a compressed file',
    advice: 'Unpack it, and import what it holds.',
    begins: head =>
      bytes(0x1f, 0x8b)(head) ||
      bytes(0x42, 0x5a, 0x68)(head) ||
      bytes(0xfd, 0x37, 0x7a)(head) ||
      bytes(0x28, 0xb5, 0x2f, 0xfd)(head),
  },
  {
    seen: 'a tar archive',
    advice: 'Unpack it, and import its folder.',
    begins: (_, start) => start.slice(257, 262) === 'ustar',
  },
  {
    seen: 'an index of a crawl',
    advice: 'Import the WARC or WACZ files that it belongs to.',
    isPart: true,
    begins: (_, start) => INDEX.test(start),
  },
  { seen: 'a program', begins: (head, start) => text('\x7fELF', 'MZ')(head, start) },
  { seen: 'binary data', begins: (_, start) => start.includes('\0') },
]

const SVG = beginsWith('svg')

/** CDX of wget and others, CDXJ of pywb; the lists of pages, the manifest and the log of a WACZ file that was unpacked. */
const INDEX =
  /^(?: CDX [a-zA-Z]( [a-zA-Z])*\s|!meta|[^\s)]+\)\/\S* \d{14} |\{"format": ?"json-pages|\{\s*"profile": ?"data-package|\{\s*"path": ?"datapackage\.json)/

/** Extensions of text files that belong to a page. */
const PARTS = /\.(?:css|js|mjs|map|download)$/i

/** What wget and HTTrack keep beside a mirror. Their zip file would be taken for a WACZ. */
const OF_PROGRAMS =
  /(?:^|\/)(?:robots\.txt|wget-log|hts-log\.txt|hts-cache\/(?:(?:new|old)\.(?:zip|lst|txt|dat|ndx)|doit\.log|readme\.txt|winprofile\.ini))$/i

/** True for a file that a program which makes mirrors has written for itself. */
export const isOfProgram = (name: string): boolean => OF_PROGRAMS.test(name)

/** What a file is that no door recognises. `isPart`: in a folder, it belongs to a page and needs no message. */
export function kindOfFile(head: Uint8Array, name: string): { seen: string; advice: string | null; isPart: boolean } {
  const start = Buffer.from(head.subarray(0, 4096)).toString('latin1')
  const kind = KINDS.find(candidate => candidate.begins(head, start))
  const isPart = kind?.isPart || PARTS.test(name)
  if (kind) return { seen: kind.seen, advice: kind.advice ?? null, isPart }
  return { seen: 'a text without a thread in it', advice: TEXT_NEEDS, isPart }
}
