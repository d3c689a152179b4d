import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { isAlive, thisProcess } from './process.js'

/**
 * What a running export writes into a folder, a line a file: a full disk or a killed process leaves files, and no list of them yet. The line
 * comes before the file, then again with its hash.
 */
const LINE = z.object({
  ...{ format: z.string(), selection: z.string(), name: z.string() },
  sha256: z.string().optional(),
  thread: z.string().optional(),
})
export type JournalLine = z.infer<typeof LINE>

const NAME = /^\.threadkeep-(\d+)\.jsonl$/i

export const isJournal = (name: string): boolean => NAME.test(name)

/** `pid`: the number of the process. */
export const journalName = (pid: number | string): string => `.threadkeep-${pid}.jsonl`

const ownName = (): string => journalName(thisProcess().pid)

/** Which journals are read: those of all exports into a folder, or of all others. */
export type Journals = 'all' | 'others'

/** The lines of the journals of a folder; the last one may be cut. @throws Error of zod or of JSON for what is no journal. */
export function* readJournals(folder: string, which: Journals): Generator<JournalLine> {
  for (const name of journalsOf(folder)) {
    if (which === 'others' && name === ownName()) continue
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)
    for (const line of lines) yield LINE.parse(JSON.parse(line))
  }
}

function journalsOf(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  const files = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile() && isJournal(entry.name))
  return files.map(({ name }) => name).sort()
}

/** Journals whose export is over. A container may give each process the number of the one before. */
export const endedJournals = (folder: string): string[] =>
  journalsOf(folder).filter(name => {
    const at = statSync(join(folder, name), { throwIfNoEntry: false })?.mtime
    return name === ownName() || !isAlive(Number(NAME.exec(name)?.[1]), at?.toISOString() ?? '')
  })

export const removeJournals = (folder: string, names: readonly string[]): void => {
  for (const name of names) rmSync(join(folder, name), { force: true })
}

/** The journal of one export, which is made with its first line. */
export interface Journal {
  /** @throws Error of Node where the line can't be written. */
  write(line: JournalLine): void
  close(): void
  /** Once all of it is in the list. */
  remove(): void
}

export function journalIn(folder: string): Journal {
  let file: number | null = null
  const close = () => {
    if (file !== null) closeSync(file)
    file = null
  }
  return {
    write: line => {
      file ??= openSync(join(folder, ownName()), 'wx')
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    },
    close,
    remove: () => {
      close()
      removeJournals(folder, [ownName()])
    },
  }
}
