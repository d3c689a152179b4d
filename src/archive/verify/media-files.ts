import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'
import { errorMessage } from '../../model/thrown.js'
import { MediaFolder, mediaFolderOf, mediaPath } from '../media/media-folder.js'
import { type Check, type CheckContext, type Counted, finding, MEND } from './check.js'

const GET_AGAIN = `${MEND}, then threadkeep media fetch. Or copy the folder beside the archive from a backup.`

interface KeptFile {
  sha256: string
  type: string
  size: number
}

/** Each distinct file that is kept; none in an archive of an earlier schema. */
function keptFiles(db: Database): KeptFile[] {
  const exists = db.prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'media'").get()
  const sql = "SELECT DISTINCT sha256, type, size FROM main.media WHERE state = 'kept' ORDER BY sha256"
  return exists === undefined ? [] : (db.prepare(sql).all() as KeptFile[])
}

const folderOf = (db: Database): MediaFolder => new MediaFolder(mediaFolderOf(db.name))

/** What is wrong with a file; null: nothing. */
function absence(folder: MediaFolder, { sha256, type, size }: KeptFile): string | null {
  const found = folder.sizeOf(mediaPath(sha256, type))
  if (found === size) return null
  return found === null ? 'it is not there' : `it has ${found} bytes instead of ${size}`
}

function damage(folder: MediaFolder, file: KeptFile): string | null {
  const path = mediaPath(file.sha256, file.type)
  if (absence(folder, file) !== null) return null
  try {
    const hash = createHash('sha256')
    for (const piece of folder.read(path)) hash.update(piece)
    return hash.digest('hex') === file.sha256 ? null : 'its SHA-256 differs'
  } catch (error) {
    return `it cannot be read (${errorMessage(error)})`
  }
}

function absentFiles({ db }: Pick<CheckContext, 'db'>): Finding[] {
  const folder = folderOf(db)
  return finding(
    'A file that was fetched is not in its place.',
    GET_AGAIN,
    places(keptFiles(db), file => absence(folder, file)),
  )
}

function* places(files: readonly KeptFile[], wrong: (file: KeptFile) => string | null): Generator<string> {
  for (const file of files) {
    const what = wrong(file)
    if (what !== null) yield `${mediaPath(file.sha256, file.type)}: ${what}`
  }
}

function* damagedFiles({ db }: CheckContext): Counted<Finding[]> {
  const [folder, files] = [folderOf(db), keptFiles(db)]
  const damaged: string[] = []
  for (const [done, file] of files.entries()) {
    if (done % 20 === 19) yield { done, total: files.length }
    damaged.push(...places([file], one => damage(folder, one)))
  }
  return finding('A file that was fetched is damaged.', GET_AGAIN, damaged)
}

/** Forgets files that are absent or damaged, and removes the damaged ones, so that the next run fetches them. */
function fetchAgain(db: Database): string | null {
  const folder = folderOf(db)
  const wrong = keptFiles(db).filter(file => (absence(folder, file) ?? damage(folder, file)) !== null)
  for (const { sha256, type } of wrong) {
    folder.remove(mediaPath(sha256, type))
    db.prepare(WANTED).run(sha256)
  }
  return wrong.length === 0 ? null : `Files to fetch again: ${wrong.length}.`
}

const WANTED = `UPDATE main.media SET state = 'wanted', sha256 = NULL, type = NULL, size = NULL, fetched_at = NULL WHERE sha256 = ?`

/** The files beside the archive. */
export const MEDIA_FILES: Check = {
  name: 'files',
  what: 'each file that was fetched is in its place',
  run: absentFiles,
  mend: fetchAgain,
}

export const MEDIA_CONTENTS: Check = {
  name: 'contents',
  what: 'each file that was fetched matches its SHA-256',
  slow: true,
  run: damagedFiles,
  mend: fetchAgain,
}
