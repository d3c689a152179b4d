import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ArchiveError } from '../../model/errors.js'
import { extensionOf, HEAD_BYTES } from '../../model/media/file-type.js'
import { asError, errorCode } from '../../model/thrown.js'

/** The folder of an archive: `NAME.media` beside `NAME.db`, or behind the whole name of a file that is called otherwise. */
export const mediaFolderOf = (file: string): string => `${file.replace(/\.db$/, '')}.media`

/** Where a file is below the folder. */
export const mediaPath = (sha256: string, type: string): string =>
  `${sha256.slice(0, 2)}/${sha256}.${extensionOf(type)}`

/** Bytes that are read at once. */
const PIECE = 65_536

const OWN_FILE = /^([0-9a-f]{64})\.[a-z0-9]{1,5}$/
const REST = /^\..*\.part$/

/** The files of an archive. Each is named by its content, and complete or absent. */
export class MediaFolder {
  constructor(readonly path: string) {}

  /** A new file, under another name until `keep`. @throws ArchiveError if it can't be written. */
  begin(): NewFile {
    return this.guarded(() => {
      makeFolder(this.path)
      return new NewFile(this)
    })
  }

  at(path: string): string {
    return join(this.path, path)
  }

  /** Size of a file in bytes; null: it is not there. */
  sizeOf(path: string): number | null {
    const stat = statSync(this.at(path), { throwIfNoEntry: false })
    return stat?.isFile() ? stat.size : null
  }

  /** The bytes of a file, piece by piece. */
  *read(path: string): Generator<Uint8Array> {
    const file = openSync(this.at(path), 'r')
    try {
      for (;;) {
        const piece = Buffer.alloc(PIECE)
        const bytes = readSync(file, piece)
        if (bytes === 0) return
        yield piece.subarray(0, bytes)
      }
    } finally {
      closeSync(file)
    }
  }

  /** Copies a file of another folder. False: that folder does not have it. @throws ArchiveError if it can't be written. */
  copyFrom(other: MediaFolder, path: string): boolean {
    if (other.sizeOf(path) === null) return false
    this.guarded(() => {
      this.makeFolderOf(path)
      const part = join(this.path, `.${basename(path)}.part`)
      copyFileSync(other.at(path), part)
      renameSync(part, this.at(path))
    })
    return true
  }

  /** The folder that a file of this path is in. */
  makeFolderOf(path: string): void {
    makeFolder(this.path)
    makeFolder(dirname(this.at(path)))
  }

  /** Hashes of the files that are there, with their paths. */
  *files(): Generator<{ sha256: string; path: string }> {
    for (const folder of namesIn(this.path).filter(name => /^[0-9a-f]{2}$/.test(name)))
      for (const name of namesIn(this.at(folder))) {
        const sha256 = OWN_FILE.exec(name)?.[1]
        if (sha256?.startsWith(folder)) yield { sha256, path: `${folder}/${name}` }
      }
  }

  /** Removes what killed runs left half-way. */
  removeRests(): void {
    for (const name of namesIn(this.path)) if (REST.test(name)) rmSync(this.at(name), { force: true })
  }

  /** Removes a file, and folders that are empty then. */
  remove(path: string): void {
    rmSync(this.at(path), { force: true })
    for (const folder of [dirname(this.at(path)), this.path]) if (!removedEmpty(folder)) return
  }

  /** Turns errors of the file system into sentences. */
  guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error
      const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error))
      throw new ArchiveError(
        `The folder ${this.path} can't be written${isFull ? ': the disk is full' : ''}.`,
        isFull ? 'Make room on the disk, then run the same command again.' : 'Check the folder and its permissions.',
        { cause: error },
      )
    }
  }
}

/** One level: with `recursive`, Node never returns where a file system answers ENOENT. */
function makeFolder(path: string): void {
  try {
    if (!existsSync(path)) mkdirSync(path)
  } catch (error) {
    // Another run may have made it just now.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

function removedEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** A file that is being written. */
export class NewFile {
  private readonly part: string
  private readonly file: number
  private hash = createHash('sha256')
  private head = Buffer.alloc(0)
  /** Bytes so far. */
  size = 0
  /** The error that ended the writing. */
  failure: Error | null = null
  private isOpen = true

  constructor(private readonly folder: MediaFolder) {
    this.part = folder.at(`.${randomUUID()}.part`)
    rmSync(this.part, { force: true })
    this.file = openSync(this.part, 'wx')
  }

  /** Begins anew, for another attempt. */
  begin(): void {
    ftruncateSync(this.file, 0)
    Object.assign(this, { hash: createHash('sha256'), head: Buffer.alloc(0), size: 0 })
  }

  /** @throws ArchiveError if the disk is full or the like; `failure` has it then, too. */
  write(bytes: Uint8Array): void {
    try {
      this.folder.guarded(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at, bytes.length - at, this.size + at)
      })
    } catch (error) {
      this.failure = asError(error)
      throw error
    }
    this.hash.update(bytes)
    if (this.head.length < HEAD_BYTES)
      this.head = Buffer.concat([this.head, bytes.subarray(0, HEAD_BYTES - this.head.length)])
    this.size += bytes.length
  }

  /** The first bytes, which tell what it is. */
  get start(): Uint8Array {
    return this.head
  }

  /** Gives the file its name, unless a file with this content is there. Returns the hash of the content. */
  keep(type: string): string {
    const sha256 = this.hash.digest('hex')
    const path = mediaPath(sha256, type)
    this.folder.guarded(() => {
      fsyncSync(this.file)
      this.close()
      if (this.folder.sizeOf(path) === this.size) return rmSync(this.part, { force: true })
      this.folder.makeFolderOf(path)
      renameSync(this.part, this.folder.at(path))
    })
    return sha256
  }

  /** Leaves nothing, unless the file was kept. */
  abandon(): void {
    this.close()
    rmSync(this.part, { force: true })
    removedEmpty(this.folder.path)
  }

  private close(): void {
    if (this.isOpen) closeSync(this.file)
    this.isOpen = false
  }
}
