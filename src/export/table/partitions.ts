import { createHash } from 'node:crypto'
import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { OptionValue } from '../exporter.js'
import { bytesOf, cutTo, foldCase } from '../names.js'

/** What a table can be parted by; the value is the name of a folder, and null that of its own. */
const KEYS = {
  site: ({ site }: StoredThread): string | null => knownAddress(site),
  group: ({ group }: StoredThread): string | null => group?.slug ?? null,
}

type Key = keyof typeof KEYS

/** The threads of one folder: `site=…/group=…/`, or none. */
export interface Partition {
  folder: string
  threads: StoredThread[]
}

/** The keys of `-O partition=site,group`. @throws UsageError */
export function partitionKeys({ partition }: Readonly<Record<string, OptionValue>>): Key[] {
  const words = String(partition)
    .split(',')
    .map(word => word.trim())
  if (words.join('') === '') return []
  if (words.every(isKey) && new Set(words).size === words.length) return words
  throw new UsageError(`"${partition}" is no partition.`, 'It takes site, group, or site,group.')
}

const isKey = (word: string): word is Key => Object.hasOwn(KEYS, word)

/**
 * The threads by folder. Their posts are still read while they are walked, but the threads themselves are in memory: some kilobytes
 * each.
 */
export function partitioned(threads: Iterable<StoredThread>, keys: readonly Key[]): Iterable<Partition> {
  const found = new Map<string, Partition>()
  const folders = new Set<string>()
  for (const thread of threads) {
    const values = keys.map(key => KEYS[key](thread))
    const partition = found.get(JSON.stringify(values)) ?? { folder: folderOf(keys, values, folders), threads: [] }
    found.set(JSON.stringify(values), partition)
    partition.threads.push(thread)
  }
  return found.values()
}

/** No two folders differ only in case: macOS and Windows would take them for one. */
function folderOf(keys: readonly Key[], values: readonly (string | null)[], folders: Set<string>): string {
  const path = (isTold: boolean) => keys.map((key, at) => `${key}=${hiveValue(values[at] ?? null, isTold)}/`).join('')
  const folder = folders.has(foldCase(path(false))) ? path(true) : path(false)
  folders.add(foldCase(folder))
  return folder
}

/** The name that Hive, Spark and DuckDB read as null. DuckDB takes `NULL` for the same. */
const NONE = '__HIVE_DEFAULT_PARTITION__'
const READ_AS_NULL = /^(null|__HIVE_DEFAULT_PARTITION__)$/i

const MOST_BYTES = 100

/**
 * A value as the name of a folder. Readers turn `%XX` back. Letters of any script stay; what a file system, a shell or a reader could
 * take for something else does not. A long value, or one that `isTold` from another, ends with a part of its hash.
 */
function hiveValue(value: string | null, isTold: boolean): string {
  if (value === null || value === '') return NONE
  const name = value.replace(/[^\p{L}\p{M}\p{N}_.-]|\.$/gu, percentEncoded)
  if (bytesOf(name) <= MOST_BYTES && !isTold && !READ_AS_NULL.test(name)) return name
  return `${cutTo(name, MOST_BYTES).replace(/%.?$/, '')}~${hashOf(value)}`
}

const hashOf = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 8)

const percentEncoded = (character: string): string =>
  [...Buffer.from(character)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
