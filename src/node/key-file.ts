import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import * as z from 'zod'
import { EXIT, KnownError, UsageError } from '../model/errors.js'
import type { KeyStore, PseudonymKey } from '../model/people/pseudonyms.js'
import { errorCode } from '../model/thrown.js'
import { CLOCK, THIS_MACHINE } from './process.js'

const SCHEMA = 'threadkeep.pseudonyms/1'
const MEMBER = z.object({ number: z.int().positive(), keys: z.array(z.string()) })
const CONTENT = z.object({
  schema: z.literal(SCHEMA),
  secret: z.base64().min(40),
  sites: z.array(z.string()),
  members: z.array(MEMBER),
})

interface KeyFileOptions {
  /** Where exports go: the key must be in none of them. */
  outputs?: readonly string[]
  /** True: archives of other sites than those that it was used for may use it, too. */
  isShared?: boolean
  /** Called once the file was made. */
  made?(path: string): void
}

/**
 * The key in this file, which is made when it is first used, for its owner alone.
 * @throws UsageError if others can read it, if it is no key file, if it is within an output.
 */
export function keyFile(
  path: string,
  { outputs = [], isShared = false, made = () => {} }: KeyFileOptions = {},
): KeyStore {
  const file = resolve(path)
  for (const output of outputs) refuseWithin(file, output)
  // What is wrong with it is reported before anything is read of the archive.
  if (existsSync(file)) readKey(file)
  else if (!existsSync(dirname(file)))
    throw new UsageError(
      `There is no folder ${dirname(file)} for the key file.`,
      'Make the folder, or name another file.',
    )
  return {
    name: file,
    isShared,
    update: change => locked(file, () => updated(file, change, made)),
  }
}

function updated(
  file: string,
  change: (key: PseudonymKey) => PseudonymKey,
  made: (path: string) => void,
): PseudonymKey {
  const isNew = !existsSync(file)
  const before = isNew ? { secret: randomBytes(32).toString('base64'), sites: [], members: [] } : readKey(file)
  const after = change(before)
  const text = textOf(after)
  if (isNew || text !== textOf(before)) writePrivately(file, text)
  if (isNew) made(file)
  return after
}

/** A copy of the key beside the data would undo the pseudonyms. @throws UsageError */
function refuseWithin(file: string, output: string): void {
  const way = relative(real(output), real(file))
  if (way !== '' && (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))) return
  throw new UsageError(
    `The key file ${file} would be within the export ${output}.`,
    'Keep it elsewhere: who has both can tell who is who.',
  )
}

/** Without links in those of its folders that exist. */
function real(path: string): string {
  const whole = resolve(path)
  if (existsSync(whole)) return realpathSync(whole)
  return dirname(whole) === whole ? whole : join(real(dirname(whole)), basename(whole))
}

function readKey(file: string): PseudonymKey {
  const stat = statSync(file)
  if (!stat.isFile()) throw new UsageError(`${file} is no file.`, 'Name a file: it is made where there is none.')
  if (THIS_MACHINE.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new UsageError(
      `Other users can read the key file ${file}, and so find out who is who.`,
      `Protect it: chmod 600 '${file}'`,
    )
  try {
    const { schema: _, ...key } = CONTENT.parse(JSON.parse(readFileSync(file, 'utf8')))
    return key
  } catch (cause) {
    const advice = 'Name another file: a new key is made where there is none. It gives other pseudonyms.'
    throw new KnownError(EXIT.usage, `${file} is no key file of threadkeep.`, advice, { cause })
  }
}

/** A line a member, so that a comparison shows who was added. */
function textOf({ secret, sites, members }: PseudonymKey): string {
  const head = JSON.stringify({ schema: SCHEMA, secret, sites }).slice(0, -1)
  return `${head}, "members": [\n${members.map(one => JSON.stringify(one)).join(',\n')}\n]}\n`
}

function writePrivately(file: string, text: string): void {
  const temporary = `${file}.new`
  rmSync(temporary, { force: true })
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(handle, text)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
}

/** Another export must not give the same numbers to others meanwhile. A folder is made or not, on every file system. */
function locked<Result>(file: string, work: () => Result): Result {
  const lock = `${file}.lock`
  for (let tries = 0; !isMade(lock); tries++) {
    if (tries >= TRIES || isStale(lock)) rmSync(lock, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS)
  }
  try {
    return work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

const WAIT_MS = 100
/** An export holds the key for less than a second: what is older was left by a killed one. */
const STALE_MS = 20_000
const TRIES = STALE_MS / WAIT_MS

function isMade(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw new KnownError(EXIT.usage, `The key file ${lock.slice(0, -5)} can't be written.`, 'Check its folder.', {
      cause: error,
    })
  }
}

const isStale = (lock: string): boolean =>
  CLOCK.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? CLOCK.now()) > STALE_MS
