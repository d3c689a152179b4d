import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { FileSink } from '../source.js'

/** Where a body goes that is not kept in memory. */
export interface FileBody {
  sink: FileSink
  /** Bytes; a larger body is an error. */
  maxBytes: number
}

/** A file over the limit. */
export class FileTooLarge extends Error {
  readonly code = 'TOO_LARGE'

  constructor(readonly size: number) {
    super('the file is larger than the limit')
  }
}

/** The sink could not write: the disk is full, or the like. */
export class Unwritable extends Error {
  readonly code = 'UNWRITABLE'

  constructor(cause: unknown) {
    super('the file cannot be written', { cause })
  }
}

/** Least number of bytes a second. */
const LEAST_PACE = 10_000

const DECODERS: Record<string, () => Transform> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
}

/**
 * Writes the body of a response into the file. Returns its size. A body that brings less than 10 kB a second over `window` (milliseconds)
 * is given up: a server that sends a few bytes at a time exceeds no other limit.
 * @throws FileTooLarge, Unwritable, and errors of the network or of the decoding.
 */
export async function saveBody(
  body: Dispatcher.ResponseData['body'],
  headers: Readonly<Record<string, string>>,
  file: FileBody,
  window: number,
): Promise<number> {
  refuseDeclaredSize(body, headers, file)
  const pace = new LeastPace(body, window)
  const decoder = DECODERS[(headers['content-encoding'] ?? '').toLowerCase().trim()]
  let failure: unknown = null
  const into = (source: AsyncIterable<Buffer>) =>
    written(source, file, pace).catch((error: unknown) => {
      failure = error
      throw error
    })
  try {
    return await (decoder ? pipeline(body, decoder(), into) : pipeline(body, into))
  } catch (error) {
    // With a decoder, the error of a pipeline is only that it was aborted.
    throw failure ?? error
  } finally {
    pace.end()
  }
}

function refuseDeclaredSize(
  body: Dispatcher.ResponseData['body'],
  headers: Readonly<Record<string, string>>,
  { maxBytes }: FileBody,
): void {
  const declared = Number(headers['content-length'] ?? 0)
  if (!(declared > maxBytes)) return
  // Without a listener, the end of the connection would be an error that nobody handles.
  body.on('error', () => {}).destroy()
  throw new FileTooLarge(declared)
}

async function written(source: AsyncIterable<Buffer>, { sink, maxBytes }: FileBody, pace: LeastPace): Promise<number> {
  let size = 0
  into(() => sink.begin())
  for await (const chunk of source) {
    size += chunk.length
    if (size > maxBytes) throw new FileTooLarge(size)
    into(() => sink.write(chunk))
    pace.received(chunk.length)
  }
  return size
}

function into(write: () => void): void {
  try {
    write()
  } catch (error) {
    throw new Unwritable(error)
  }
}

/** Ends a body that comes too slowly. */
class LeastPace {
  private bytes = 0
  private readonly timer: NodeJS.Timeout

  constructor(body: Dispatcher.ResponseData['body'], window: number) {
    const least = (LEAST_PACE * window) / 1000
    this.timer = setInterval(() => {
      if (this.bytes < least) body.destroy(TOO_SLOW())
      this.bytes = 0
    }, window).unref()
  }

  received(bytes: number): void {
    this.bytes += bytes
  }

  end(): void {
    clearInterval(this.timer)
  }
}

const TOO_SLOW = () => Object.assign(new Error('the file came too slowly'), { code: 'TOO_SLOW' })
