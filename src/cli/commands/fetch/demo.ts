import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { PackName } from '../../../demo/replay.js'
import type { ThreadSummary } from '../../../model/archive.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { makeFolder } from '../../../node/atomic-write.js'
import { fileFailure } from '../../../node/file-failures.js'
import { type Globals, readArchive } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'
import * as exporting from '../publish/export.js'
import * as list from '../read/list.js'
import * as show from '../read/show.js'
import * as archive from './archive.js'

export interface Options extends Globals {
  pack: PackName
  dir: string
}

export const examples = ['demo', 'demo --pack legacy --dir my-demo']

export function add(command: Command): void {
  command
    .description(
      'Serves a small made-up community on this machine, archives it, lists it, shows a thread and exports it.\n' +
        'Nothing leaves the machine. Every step says the command that does the same.',
    )
    .optionsGroup('Demo:')
    .addOption(
      new Option('--pack <name>', 'the BuddyPress templates that the community uses')
        .choices(['nouveau', 'legacy'])
        .default('nouveau'),
    )
    .option('--dir <folder>', 'where the archive and the documents go', 'threadkeep-demo')
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, options.dir)
  // The tour runs through without a stop.
  const globals: Globals = { ...options, pager: false, db: join(folder, 'threadkeep.db') }
  const isNew = !existsSync(folder)
  prepare(folder, io)
  try {
    return await serveAndTour(options.pack, folder, globals, io)
  } finally {
    // A demo that could not begin, say without SQLite, leaves nothing behind.
    if (isNew && readdirSync(folder).every(name => name === MARK)) rmSync(folder, { recursive: true })
  }
}

async function serveAndTour(pack: PackName, folder: string, globals: Globals, io: Io): Promise<ExitCode> {
  const { serveDemo } = await import('../../../demo/replay.js')
  const { shippedText } = await import('../../../node/shipped.js')
  const served = await serveDemo(pack, shippedText)
  try {
    return await tour(served.url, folder, globals, io)
  } finally {
    await served.close()
  }
}

async function tour(url: string, folder: string, globals: Globals, io: Io): Promise<ExitCode> {
  const db = `--db ${shown(join(folder, 'threadkeep.db'), io)}`
  const step = (command: string) => io.stdout.write(`\n$ threadkeep ${command}\n`)
  io.stdout.write(`A demo community is served at ${url} while this command runs.\n`)

  step(`archive ${url} --sleep-requests 0 ${db}`)
  const how = { sleepRequests: [0, 0] as const, retries: 1, timeout: 20, via: 'auto' as const, session: false }
  // No proxy knows this server.
  const direct = { ...io, env: { ...io.env, no_proxy: '*' } }
  const code = await archive.run({ ...globals, ...how, words: [url] }, direct)
  step(`list ${db}`)
  await list.run({ ...globals, words: [], drawn: true }, io)
  const thread = await richestThread(globals, io)
  if (!thread) return code
  step(`show ${thread.id} ${db}`)
  await show.run({ ...globals, word: thread.id }, io)
  const output = `${join(folder, 'markdown')}/`
  step(`export -f md -o ${shown(output, io)}/ ${db}`)
  await exporting.run({ ...globals, words: [], format: 'md', output }, io)
  io.stdout.write(
    `\nAll of it is in ${shown(folder, io)}/: an SQLite file and a folder of markdown.\n${GONE}To see it in a browser: threadkeep view ${db}\n`,
  )
  return code
}

const GONE = 'The community was served only until now, so that "threadkeep sync" cannot read it again.\n'

/** As the user would type it. */
function shown(path: string, io: Io): string {
  const near = relative(io.cwd, path)
  return near === '' || near.startsWith('..') ? path : near
}

/** The discussion with the most replies shows most. */
function richestThread(globals: Globals, io: Io): Promise<ThreadSummary | undefined> {
  return readArchive(globals, io, async ({ reader }) => {
    let best: ThreadSummary | undefined
    for (const thread of reader.threadSummaries({})) if (!best || thread.replies > best.replies) best = thread
    return best
  })
}

const MARK = 'threadkeep-demo.txt'

const unwritable = (folder: string, io: Io): UsageError =>
  new UsageError(`Nothing can be written in ${shown(folder, io)}.`, 'Name another folder with --dir.')

/** Replaces the archive of an earlier demo, known by its mark: an archive that somebody works with is never touched. */
function prepare(folder: string, io: Io): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new UsageError(`${shown(folder, io)} is not a folder.`, 'Name another folder with --dir.')
  const db = join(folder, 'threadkeep.db')
  if (!existsSync(join(folder, MARK)) && existsSync(db)) {
    throw new UsageError(`${shown(db, io)} is not of an earlier demo, so it stays.`, 'Name another folder with --dir.')
  }
  try {
    makeFolder(folder)
    writeFileSync(join(folder, MARK), 'Made by "threadkeep demo", which may replace threadkeep.db in this folder.\n')
  } catch (error) {
    throw fileFailure(error)?.exitCode === EXIT.usage ? unwritable(folder, io) : error
  }
  for (const ending of ['', '-wal', '-shm']) rmSync(`${db}${ending}`, { force: true })
}
