import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { ArchiveError } from '../../model/errors.js'
import { errorCode } from '../../model/thrown.js'

const here = createRequire(import.meta.url)

/** better-sqlite3, whose binary part is loaded when the first database is opened. */
export const Sqlite: typeof import('better-sqlite3') = loaded()

/** @throws ArchiveError if npm could not install it: it is an optional dependency, because it needs a compiler on some machines. */
function loaded(): typeof import('better-sqlite3') {
  try {
    return here('better-sqlite3')
  } catch (error) {
    throw errorCode(error) === 'MODULE_NOT_FOUND' ? absent() : error
  }
}

function absent(): ArchiveError {
  return new ArchiveError(
    'SQLite cannot be loaded: better-sqlite3 is not installed.',
    'npm leaves it out without a word if it cannot fetch it or, on Node 20, compile it, which takes Python 3, make and a C++ compiler. Install these, or Node 22.14 or newer, and then threadkeep again, where npm reaches its registry, without --omit=optional.',
  )
}

/** The binary part is for one version of Node, and a script of its installation fetches or compiles it. */
export const isUnbuilt = (error: unknown): error is Error =>
  error instanceof Error &&
  /bindings file|NODE_MODULE_VERSION|ERR_DLOPEN_FAILED|better_sqlite3\.node/.test(
    `${errorCode(error)} ${error.message}`,
  )

export function unbuilt(cause: Error): ArchiveError {
  const folder = dirname(dirname(dirname(here.resolve('better-sqlite3/package.json'))))
  return new ArchiveError(
    'SQLite cannot be loaded: better-sqlite3 was installed for another version of Node than this one, or without its installation script.',
    `Build it for this Node: cd '${folder}' && npm rebuild better-sqlite3 --ignore-scripts=false`,
    // What follows is a list of the places where it is not.
    { cause: new Error(cause.message.replace(/\s+/g, ' ').replace(/ Tried: .*/, '')) },
  )
}
