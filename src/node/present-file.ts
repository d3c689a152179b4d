import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** A file that is there already, read while another one is written: whether both hold the same bytes. Null: none is there to compare with. */
export class PresentFile {
  private file: number | null

  constructor(path: string) {
    this.file = opened(path)
  }

  /** Compares the bytes that follow. From the first difference on, nothing is read. */
  compare(bytes: Uint8Array): void {
    if (this.file === null) return
    const own = Buffer.allocUnsafe(bytes.length)
    if (readAll(this.file, own) < bytes.length || own.compare(bytes) !== 0) this.close()
  }

  /** Whether all bytes were the same, and none follow. */
  isSame(): boolean {
    return this.file !== null && readAll(this.file, Buffer.alloc(1)) === 0
  }

  close(): void {
    if (this.file !== null) closeSync(this.file)
    this.file = null
  }
}

/** Null: there is no such file, or it cannot be read. A pipe would be waited for. */
function opened(path: string): number | null {
  try {
    return statSync(path).isFile() ? openSync(path, 'r') : null
  } catch {
    return null
  }
}

/** A read may give less than was asked for. */
function readAll(file: number, into: Buffer): number {
  let at = 0
  for (let size = -1; size !== 0 && at < into.length; at += size)
    size = readSync(file, into, at, into.length - at, null)
  return at
}
