import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atExit } from './process.js'

/** A folder for temporary files that only this user can read, until it is removed. */
interface PrivateFolder {
  path: string
  remove(): void
}

/** Makes a private folder. It is removed with this process at the latest. `prefix`: how its name begins. */
export function privateFolder(prefix: string): PrivateFolder {
  const path = mkdtempSync(join(tmpdir(), prefix))
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  const forget = atExit(remove)
  return {
    path,
    remove: () => {
      forget()
      remove()
    },
  }
}

/** Calls `work` with a private folder, and removes it afterwards. */
export async function withPrivateFolder<Result>(
  prefix: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = privateFolder(prefix)
  try {
    return await work(folder.path)
  } finally {
    folder.remove()
  }
}
