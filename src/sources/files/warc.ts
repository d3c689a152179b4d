import type { Capture } from '../../model/capture.js'
import { type Door, isPassed, type LeftFile, type Passed, type Unread } from './door.js'
import { FileBytes } from './warc/bytes.js'
import { CaptureReader } from './warc/capture-reader.js'
import { holdsRecords } from './warc/resync.js'

/** WARC files (ISO 28500; versions 0.18, 1.0 and 1.1), compressed or not. */
export const warc: Door = {
  name: 'warc',
  summary: 'WARC files of wget, Browsertrix, Heritrix and others (.warc, .warc.gz)',
  recognises: head => holdsRecords(Buffer.from(head.buffer, head.byteOffset, head.byteLength)),
  read: (file, _, signal) => readWarc(file, signal),
}

async function* readWarc(file: LeftFile, signal: AbortSignal): AsyncGenerator<Capture | Unread | Passed> {
  const bytes = await FileBytes.open(file.path, file.size, signal)
  try {
    const reader = new CaptureReader([{ name: file.name, bytes }], file.modifiedAt)
    yield* orNothing(file.name, reader.captures(signal), signal)
  } finally {
    await bytes.close()
  }
}

/** A file without a page is named, so that no import ends without a word. Ends without an error once the signal is aborted. */
export async function* orNothing(
  name: string,
  captures: AsyncIterable<Capture | Unread | Passed>,
  signal: AbortSignal,
): AsyncGenerator<Capture | Unread | Passed> {
  let isEmpty = true
  try {
    for await (const found of captures) {
      if (!isPassed(found)) isEmpty = false
      yield found
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  if (isEmpty && !signal.aborted) yield { name, why: `${name} holds no pages, only other records.` }
}
