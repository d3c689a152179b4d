import { open } from 'node:fs/promises'
import { errorMessage } from '../../model/thrown.js'
import { type Door, type DoorSettings, isPassed, isUnreadFile, type LeftOver } from './door.js'
import { isOfProgram, kindOfFile } from './kinds.js'
import { filePackOf, inPack } from './packed/in-pack.js'
import { bareName, type FoundFile, filesAt, type NamedPath } from './walk.js'

/** Bytes of a file that decide its kind. */
export const HEAD = 65_536

/** All that is left below a path. Each file is read by the first door that recognises it. */
export async function* leftOvers(
  named: NamedPath,
  doors: readonly Door[],
  settings: DoorSettings,
  signal: AbortSignal,
): AsyncGenerator<LeftOver> {
  for await (const found of filesAt(named, signal)) {
    if (isUnreadFile(found)) yield { kind: 'unread', ...found }
    else yield* throughDoor(found, doors, settings, signal)
  }
}

/** An archive in an archive is read; one more around them is not. */
const DEEPEST = 2

async function* throughDoor(
  file: FoundFile,
  doors: readonly Door[],
  settings: DoorSettings,
  signal: AbortSignal,
  depth = 0,
): AsyncGenerator<LeftOver> {
  const { name } = file
  if (file.inFolder && isOfProgram(name)) return yield { kind: 'part', file: name }
  try {
    const head = await headOf(file.path)
    const pack = await filePackOf(file, head, doors, signal)
    if (pack && depth < DEEPEST)
      return yield* inPack(pack, file, signal, packed => throughDoor(packed, doors, settings, signal, depth + 1))
    const door = pack ? undefined : doors.find(candidate => candidate.recognises(head))
    if (!door) return yield strange(file, head)
    yield { kind: 'file', file: name, door: door.name }
    const imported = { door: door.name, origin: bareName(name) }
    for await (const found of door.read(file, settings, signal)) {
      if (isUnreadFile(found)) yield { kind: 'unread', ...found }
      else yield isPassed(found) ? { kind: 'passed', ...found } : { kind: 'capture', capture: { ...found, imported } }
    }
  } catch (error) {
    yield { kind: 'unread', name, why: `${name} cannot be read: ${errorMessage(error)}.` }
  }
}

function strange({ name, inFolder }: FoundFile, head: Uint8Array): LeftOver {
  const { seen, advice, isPart } = kindOfFile(head, name)
  if (inFolder && isPart) return { kind: 'part', file: name }
  return { kind: 'unread', name, why: `${name} is ${seen}, which import does not read.${advice ? ` ${advice}` : ''}` }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
