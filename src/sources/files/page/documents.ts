import { MAX_BODY_BYTES } from '../../../model/capture.js'

/** A part of a file that is a document of its own. */
export interface SavedDocument {
  /** Where it begins in the file; 0 for the first. */
  offset: number
  body: Uint8Array
}

/** Where one page ends and the next begins, in a file into which several were copied. A page inside an attribute of another has no such place. */
const NEXT_PAGE = /<\/html\s*>\s*(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*){0,20}(?=<!doctype\s+html|<html[\s>])/gi

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

/** True if some markup holds the element of a post. */
export const hasPosts = (text: string): boolean => /\bid\s*=\s*["']?[\w-]*activity-\d/i.test(text)
