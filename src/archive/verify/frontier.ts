import type { Database } from 'better-sqlite3'
import type { Holder } from '../database/lock.js'
import { isStored, OPTIONS, TASK } from '../schema/stored-json.js'
import { type Check, type CheckContext, finding, MEND } from './check.js'

export const FRONTIER: Check = {
  name: 'frontier',
  what: 'pending tasks and the options of targets can be read',
  run: ({ db }) => [
    ...finding('An entry of the frontier is not a valid task.', DELETE_TASK, wrongTasks(db)),
    ...finding('The options of a target cannot be read.', DELETE_TASK, wrongTargets(db)),
  ],
}

const DELETE_TASK =
  "sqlite3 FILE 'DELETE FROM frontier WHERE id = …', then threadkeep sync: the target is read from its beginning."

function* wrongTasks(db: Database): Generator<string> {
  const rows = db.prepare('SELECT id, task, state FROM main.frontier').iterate()
  for (const { id, task, state } of rows as Iterable<{ id: number; task: string; state: string }>)
    if (!isStored(TASK, task) || !['pending', 'done', 'failed', 'past'].includes(state)) yield `frontier ${id}`
}

function* wrongTargets(db: Database): Generator<string> {
  const rows = db.prepare('SELECT url, options FROM main.targets').iterate()
  for (const { url, options } of rows as Iterable<{ url: string; options: string }>)
    if (!isStored(OPTIONS, options)) yield `target ${url}`
}

export const LOCK: Check = {
  name: 'lock',
  what: 'no run that ended has left the archive locked',
  harmless: true,
  run: checked =>
    finding('A run that was killed has left its lock. The next run removes it.', MEND, abandonedLocks(checked)),
}

/** Opening the archive for writing removes such a lock. */
function* abandonedLocks({ db, isRunning }: CheckContext): Generator<string> {
  for (const holder of db.prepare('SELECT * FROM main.locks').all() as Holder[])
    if (isRunning(holder) === false) yield `process ${holder.pid}, since ${holder.started_at}`
}
