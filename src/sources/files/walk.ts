import { opendir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { errorCode, errorMessage } from '../../model/thrown.js'
import type { LeftFile, Unread } from './door.js'

/** What the user named: a file or a folder. `name`: as messages show it. */
export interface NamedPath {
  path: string
  name: string
}

/** A file, and whether it was found in a folder: then it may be a picture or a script that belongs to a page. */
export interface FoundFile extends LeftFile {
  inFolder: boolean
}

/**
 * The files below a path, in the order of their names, folder by folder; and what cannot be opened. Follows links, but reads no folder
 * twice. Names that begin with a dot are left out in folders.
 */
export async function* filesAt(named: NamedPath, signal: AbortSignal): AsyncGenerator<FoundFile | Unread> {
  yield* new Walk(signal).at(named.path, named.name, false)
}

class Walk {
  /** Real paths of the folders that were read. */
  private readonly folders = new Set<string>()

  constructor(private readonly signal: AbortSignal) {}

  async *at(path: string, name: string, inFolder: boolean): AsyncGenerator<FoundFile | Unread> {
    if (this.signal.aborted) return
    try {
      const about = await stat(path)
      if (about.isDirectory()) yield* this.folder(path, name)
      else if (about.isFile()) yield { ...fileOf(path, name, about), inFolder }
      else yield { name, why: `${name} is neither a file nor a folder.` }
    } catch (error) {
      yield { name, why: whyUnopened(name, error) }
    }
  }

  private async *folder(path: string, name: string): AsyncGenerator<FoundFile | Unread> {
    const real = await realpath(path)
    if (this.folders.has(real)) {
      yield { name, why: `${name} leads to a folder that was read already.` }
      return
    }
    this.folders.add(real)
    for (const entry of await namesIn(path)) yield* this.at(join(path, entry), `${name}/${entry}`, true)
  }
}

const fileOf = (path: string, name: string, { size, mtime }: { size: number; mtime: Date }): LeftFile => ({
  ...{ path, name, size },
  modifiedAt: `${mtime.toISOString().slice(0, 19)}Z`,
})

/** Sorted by code units, so that the order is the same on every machine. */
async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of await opendir(folder)) if (!name.startsWith('.')) names.push(name)
  return names.sort()
}

const REASONS: Record<string, string> = {
  ENOENT: 'There is no file or folder of the name',
  EACCES: 'There is no permission to read',
  ELOOP: 'These links lead in a circle:',
  ENAMETOOLONG: 'The name is too long:',
}

function whyUnopened(name: string, error: unknown): string {
  const reason = REASONS[errorCode(error)]
  return reason ? `${reason} ${name}.` : `${name} cannot be opened: ${errorMessage(error).split(',')[0]}.`
}

/** The name of a file without folders, which the archive stores. */
export const bareName = (name: string): string => basename(name)
