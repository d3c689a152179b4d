import { type FileHandle, open } from 'node:fs/promises'

/** Bytes that are read forwards: those of a file, or what gzip members hold. Positions count from the first byte. */
export interface Bytes {
  /** Bytes from `position` on: at least `least`, and fewer only where the bytes end. */
  peek(position: number, least: number): Promise<Buffer>
  /** Nothing before `position` is read any more. */
  release(position: number): void
  /** First position after `from` and before `to` at which a gzip member with a record of its own begins; null: none is known. */
  boundary(from: number, to: number): number | null
  /** Where in the file a position is. */
  placeOf(position: number): BytePlace
  /** The first position that can still be read. */
  readonly first: number
  /** From this position on, what was read may be wrong; Infinity: nothing is. */
  readonly doubtfulFrom: number
}

/** A position in a file: offset of a gzip member, or of bytes that are not compressed, and the position within what the member holds. */
export interface BytePlace {
  offset: number
  within: number
}

const WINDOW = 1024 * 1024

/** A file, or a part of it such as a stored entry of a zip file. It can be read at any position. */
export class FileBytes implements Bytes {
  readonly first = 0
  readonly doubtfulFrom = Number.POSITIVE_INFINITY
  private window: Buffer = Buffer.alloc(0)
  private windowAt = 0

  private constructor(
    private readonly file: FileHandle,
    private readonly start: number,
    readonly size: number,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws errors of the file system; while it is read, also the reason of the signal once that is aborted. */
  static async open(path: string, size: number, signal: AbortSignal): Promise<FileBytes> {
    return new FileBytes(await open(path, 'r'), 0, size, signal)
  }

  /** A part of it, with positions of its own. It needs not be closed. */
  part(start: number, size: number): FileBytes {
    return new FileBytes(this.file, this.start + start, Math.max(0, Math.min(size, this.size - start)), this.signal)
  }

  async peek(position: number, least: number): Promise<Buffer> {
    const from = position - this.windowAt
    const isHeld = from >= 0 && from + least <= this.window.length
    if (isHeld) return this.window.subarray(from)
    this.window = await this.bytesAt(position, Math.max(least, WINDOW))
    this.windowAt = position
    return this.window
  }

  /** A new buffer each time, because parts of the last one may still be in use. */
  private async bytesAt(position: number, most: number): Promise<Buffer> {
    this.signal.throwIfAborted()
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(most, this.size - position)))
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await this.file.read(bytes, at, bytes.length - at, this.start + position + at)
      if (bytesRead === 0) return bytes.subarray(0, at)
      at += bytesRead
    }
    return bytes
  }

  release(): void {}

  boundary(): null {
    return null
  }

  placeOf(position: number): BytePlace {
    return { offset: position, within: 0 }
  }

  close(): Promise<void> {
    return this.file.close()
  }
}
