import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Door, isUnreadFile, type LeftOver } from '../door.js'
import { type FoundFile, filesAt } from '../walk.js'
import { FileBytes } from '../warc/bytes.js'
import { isGzip } from '../warc/gzip-member.js'
import { isCrawl, type Pack, packOf } from './pack.js'
import { unpack } from './unpack.js'

/** The archive that a file is, unless a door reads it as a whole: a compressed WARC file, or a WACZ file. */
export async function filePackOf(
  file: FoundFile,
  head: Uint8Array,
  doors: readonly Door[],
  signal: AbortSignal,
): Promise<Pack | null> {
  const pack = packOf(file, head)
  if (!pack || isTarOf(pack)) return pack
  if (!doors.some(door => door.recognises(head))) return pack
  return isGzip(head) || (await isOfDoor(file, signal)) ? null : pack
}

const isTarOf = ({ seen }: Pack): boolean => seen.includes('tar')

/** A damaged zip file is left to the door for WACZ, which looks for records in all of its bytes. */
async function isOfDoor({ path, size }: FoundFile, signal: AbortSignal): Promise<boolean> {
  const bytes = await FileBytes.open(path, size, signal)
  try {
    return await isCrawl(bytes)
  } catch {
    return true
  } finally {
    await bytes.close()
  }
}

/** What is left in an archive: its files are read as those of a folder. `read`: reads one of them. */
export async function* inPack(
  pack: Pack,
  file: FoundFile,
  signal: AbortSignal,
  read: (packed: FoundFile) => AsyncIterable<LeftOver>,
): AsyncGenerator<LeftOver> {
  const folder = await mkdtemp(join(tmpdir(), 'threadkeep-'))
  const bytes = await FileBytes.open(file.path, file.size, signal)
  const unread: LeftOver[] = []
  let isOfInterest = false
  let isDamaged = false
  let hasParts = false
  try {
    for await (const one of unpack(pack, { name: file.name, bytes }, folder, signal))
      if (unread.length < MOST) unread.push(unreadOf(one))
    isDamaged = unread.length > 0
    for await (const packed of filesAt({ path: folder, name: file.name }, signal)) {
      for await (const one of isUnreadFile(packed) ? [unreadOf(packed)] : read({ ...packed, inFolder: true })) {
        isOfInterest ||= one.kind === 'file'
        hasParts ||= one.kind === 'part'
        if (one.kind === 'unread' && !isOfInterest && unread.length < MOST) unread.push(one)
        else yield one
      }
    }
  } finally {
    await bytes.close()
    await rm(folder, { recursive: true, force: true })
  }
  if (isOfInterest) yield* unread
  // In a folder, what holds nothing but parts of pages is one, such as the compressed index of a crawl.
  else if (!signal.aborted && !(file.inFolder && hasParts && unread.length === 0))
    yield unreadOf({ name: file.name, why: strangeWords(file.name, pack, isDamaged) })
}

/** Sentences about the files of an archive that are held until one of them is read. */
const MOST = 1000

const unreadOf = (one: { name: string; why: string }): LeftOver => ({ kind: 'unread', ...one })

const strangeWords = (name: string, { seen }: Pack, isDamaged: boolean): string =>
  `${name} is ${seen} ${isDamaged ? 'that is damaged' : 'of something else'}: there is no saved page, WARC file or text of a thread in it.`
