import { chunksOf, type Pieces } from './chunks.js'

/** A stream of Node that can be written to: standard output, a file, a response, a compressor. */
export interface Sink {
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): unknown
  on(event: 'error' | 'close', listener: (error?: Error) => void): unknown
  off(event: 'error' | 'close', listener: (error?: Error) => void): unknown
}

/**
 * Writes to a stream, no quicker than it takes. It is not ended. `pause` is awaited between pieces.
 * @throws its errors, and an Error if it closes before everything is written; the reason of `signal` once that is aborted.
 */
export async function writeTo(
  sink: Sink,
  pieces: Pieces,
  pause: () => Promise<void>,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  let fail: (error: Error) => void = () => {}
  // A stream whose reader has gone may never call back.
  const ended = new Promise<never>((_, reject) => {
    fail = reject
  })
  ended.catch(() => {})
  const closed = (error?: Error) => fail(error ?? new Error('The stream was closed before everything was written.'))
  const aborted = () => fail(signal.reason)
  sink.on('error', closed)
  sink.on('close', closed)
  signal.addEventListener('abort', aborted)
  try {
    for await (const chunk of chunksOf(pieces)) {
      await Promise.race([written(sink, chunk), ended])
      await pause()
    }
  } finally {
    sink.off('error', closed)
    sink.off('close', closed)
    signal.removeEventListener('abort', aborted)
  }
}

const written = (sink: Sink, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    sink.write(chunk, error => (error ? reject(error) : resolve()))
  })
