import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asError } from '../../../model/thrown.js'
import { FileBytes } from './bytes.js'

/** A private temporary file for what must be read at any position, and is compressed where it comes from. */
export class Spool {
  private folder: string | null = null
  private readonly files: FileBytes[] = []

  constructor(private readonly signal: AbortSignal) {}

  /** What comes before `pieces` fails is kept, too; then `failure` is set. @throws errors of the file system. */
  async add(pieces: AsyncIterable<Uint8Array>): Promise<{ bytes: FileBytes; failure: Error | null }> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'threadkeep-'))
    const path = join(this.folder, String(this.files.length))
    const failure = await written(path, pieces)
    const bytes = await FileBytes.open(path, (await stat(path)).size, this.signal)
    this.files.push(bytes)
    return { bytes, failure }
  }

  async remove(): Promise<void> {
    for (const file of this.files) await file.close()
    if (this.folder !== null) await rm(this.folder, { recursive: true })
  }
}

async function written(path: string, pieces: AsyncIterable<Uint8Array>): Promise<Error | null> {
  const file = await open(path, 'wx', 0o600)
  let isReading = true
  try {
    for await (const piece of pieces) {
      isReading = false
      await file.writeFile(piece)
      isReading = true
    }
    return null
  } catch (error) {
    if (!isReading) throw error
    return asError(error)
  } finally {
    await file.close()
  }
}
