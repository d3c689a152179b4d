import { inChunks } from './chunks.js'

/** A stream of Node that can be written to: standard output, a file, a response, a compressor. */
export interface Sink {
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** Writes to a stream, no quicker than it takes. It is not ended. `pause` is awaited between pieces. @throws its errors. */
export async function writeTo(
  sink: Sink,
  pieces: Iterable<string | Uint8Array>,
  pause: () => Promise<void>,
): Promise<void> {
  // The callback of `write` gets the error. The event comes later, and ends the process where nobody listens.
  const heard = () => {}
  sink.on('error', heard)
  for (const chunk of inChunks(pieces)) {
    await written(sink, chunk)
    await pause()
  }
  sink.off('error', heard)
}

const written = (sink: Sink, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    sink.write(chunk, error => (error ? reject(error) : resolve()))
  })
