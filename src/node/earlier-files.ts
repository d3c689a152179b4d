import { closeSync, type Dirent, openSync, readdirSync, readSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFiles } from './atomic-write.js'
import type { Pieces } from './chunks.js'

/** Files of a folder, each perhaps of one thread, and how to find those of an earlier export. */
export interface FolderOfThreads {
  folder: string
  files: Iterable<{ name: string; body: Pieces; thread?: string }>
  /** Number of folders and file in a name, such as 2 for `group/thread.md`. */
  depth: number
  /** File name extension, without the dot. */
  extension: string
  /** Which thread the file with this beginning is of, as in `files`; null: the file is not ours. */
  threadIn(head: string): string | null
}

/** Bytes of a file that tell of which thread it is. */
const HEAD = 4096

/**
 * Writes the files, each complete or absent. Then removes files of the same threads that an earlier export wrote under another name,
 * because a title, a date or a group has changed since. Returns the names of the removed files. `pause` is awaited between pieces.
 */
export async function writeFolder(target: FolderOfThreads, pause: () => Promise<void>): Promise<string[]> {
  const earlier = earlierFiles(target)
  const written = new Map<string, string>()
  const files = function* () {
    for (const file of target.files) {
      yield file
      if (file.thread !== undefined) written.set(file.thread, file.name)
    }
  }
  await writeFiles(target.folder, files(), pause)
  const names = new Set(written.values())
  const stale = earlier.filter(({ name, thread }) => written.has(thread) && !names.has(name))
  return stale
    .filter(({ name, thread }) => removed(target.folder, name, written.get(thread) ?? name))
    .map(one => one.name)
}

function earlierFiles({ folder, depth, extension, threadIn }: FolderOfThreads): { name: string; thread: string }[] {
  return namesIn(folder, depth)
    .filter(name => name.endsWith(`.${extension}`))
    .flatMap(name => {
      const thread = threadIn(headOf(join(folder, name)))
      return thread === null ? [] : [{ name, thread }]
    })
}

/** Names of files at this depth, with `/` between folders. Hidden folders and links are not followed. */
function namesIn(folder: string, depth: number): string[] {
  return entriesOf(folder).flatMap(entry => {
    if (depth === 1) return entry.isFile() ? [entry.name] : []
    if (!entry.isDirectory() || entry.name.startsWith('.')) return []
    return namesIn(join(folder, entry.name), depth - 1).map(name => `${entry.name}/${name}`)
  })
}

/** None for a folder that does not exist or cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Empty for a file that cannot be read. */
function headOf(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(HEAD)
      return head.subarray(0, readSync(file, head, 0, HEAD, 0)).toString('utf8')
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}

/** False if both names lead to one file, as on file systems that ignore case, or if the file cannot be removed. */
function removed(folder: string, old: string, current: string): boolean {
  try {
    const [before, now] = [statSync(join(folder, old)), statSync(join(folder, current))]
    if (before.ino !== 0 && before.ino === now.ino && before.dev === now.dev) return false
    rmSync(join(folder, old))
  } catch {
    return false
  }
  removeIfEmpty(dirname(join(folder, old)))
  return true
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It holds other files.
  }
}
