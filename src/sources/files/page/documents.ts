import { readFile } from 'node:fs/promises'
import { MAX_BODY_BYTES } from '../../../model/capture.js'
import type { LeftFile } from '../door.js'

/** A part of a file that is a document of its own. */
export interface SavedDocument {
  /** Where it begins in the file; 0 for the first. */
  offset: number
  body: Uint8Array
}

/** Where one page ends and the next begins, in a file into which several were copied. A page inside an attribute of another has no such place. */
const NEXT_PAGE = /<\/html\s*>\s*(?:<!--(?:(?!-->)[\s\S]){0,300}-->\s*){0,5}(?=<!doctype\s+html|<html[\s>])/gi

/** The documents in a file, in order: usually one. Their bodies are parts of `bytes`, not copies. */
export function documentsIn(bytes: Uint8Array): SavedDocument[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const ends = [...text.matchAll(NEXT_PAGE)].map(({ index }) => index + text.slice(index).indexOf('>') + 1)
  return [0, ...ends].map((offset, at) => ({ offset, body: bytes.subarray(offset, ends[at] ?? bytes.length) }))
}

/** The text of a document, for its marks and addresses, which are ASCII in any charset. The parser decodes it as a browser does. */
export function roughText(body: Uint8Array): string {
  const [first, second] = body
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(label).decode(body)
}

export const isOverBound = (length: number): boolean => length > MAX_BODY_BYTES

/** The largest file that is read: a page may hold all of its pictures. */
const MAX_FILE_BYTES = 256 * 1024 * 1024

/** A picture, font or film within a page begins behind this: `data:image/png;base64,iVBORw0KGgo…`. */
const EMBEDDED = ';base64,'
const BASE64 = /[^\w+/=]/g

/** The text without what is embedded in it. A loop, because a pattern that matches megabytes overflows the stack. */
function withoutEmbedded(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf(EMBEDDED); at >= 0; at = text.indexOf(EMBEDDED, from)) {
    parts.push(text.slice(from, at + EMBEDDED.length))
    BASE64.lastIndex = at + EMBEDDED.length
    from = BASE64.exec(text)?.index ?? text.length
  }
  return parts.join('') + text.slice(from)
}

/** The bytes of a file. One that is larger than a page may be is read without the pictures in it; null: it is still larger. */
export async function bytesOf({ path, size }: LeftFile): Promise<Uint8Array | null> {
  if (size > MAX_FILE_BYTES) return null
  const bytes = await readFile(path)
  if (!isOverBound(bytes.length)) return bytes
  const text = withoutEmbedded(bytes.toString('latin1'))
  return isOverBound(text.length) ? null : Buffer.from(text, 'latin1')
}

/** True if some markup holds the element of a post. */
export const hasPosts = (text: string): boolean => /\bid\s*=\s*["']?[\w-]*activity-\d/i.test(text)
