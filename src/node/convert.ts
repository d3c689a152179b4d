import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Conversion, ConversionFile, Converter } from '../model/conversion.js'
import { UsageError } from '../model/errors.js'
import { privateFolder } from './private-folder.js'
import { findProgram, type Machine } from './programs.js'
import { failure, runProgram } from './run-program.js'
import { writeTo } from './write-stream.js'

/** Most seconds that a program may take: so many, and one for so many bytes of its input. Pandoc needs a tenth of that. */
const LIMIT = 300
const BYTES_A_SECOND = 10_000

export interface ConverterOptions {
  /** Aborted: the program ends with all that it has started, and the conversion throws the reason. */
  signal?: AbortSignal | undefined
  /** Most seconds of a run. Default: by the size of its input. */
  limit?: number
}

/** Runs programs of this machine: without a shell, with the network off as far as they can, and in a private folder. */
export function converterOf(machine: Machine, { signal, limit }: ConverterOptions = {}): Converter {
  return {
    find: programs => findProgram(programs, machine),
    convert: conversion => converted(conversion, machine, limit, signal ?? new AbortController().signal),
  }
}

async function* converted(
  conversion: Conversion,
  machine: Machine,
  most: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { path: folder, remove } = privateFolder('threadkeep-document-')
  try {
    let bytes = 0
    for (const { name, body, most: bound } of conversion.files) {
      const size = await writeFile(join(folder, name), body, signal)
      if (bound && size > bound.bytes) throw new UsageError(...bound.failure)
      bytes += size
    }
    const { program, args, stdin, epoch, failures = {} } = conversion
    const place = { folder, env: environmentOf(folder, epoch(), machine), platform: machine.platform }
    await runProgram(program, args(folder), {
      ...place,
      input: stdin === undefined ? null : join(folder, stdin),
      limit: most ?? LIMIT + Math.ceil(bytes / BYTES_A_SECOND),
      signal,
      failures,
    })
    yield* createReadStream(outputOf(conversion, folder))
  } finally {
    remove()
  }
}

/** Returns the number of bytes. */
async function writeFile(path: string, body: ConversionFile['body'], signal: AbortSignal): Promise<number> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  const pause = async () => signal.throwIfAborted()
  await writeTo(file, body, pause, signal)
  file.end()
  await finished(file)
  return file.bytesWritten
}

/** No settings of the user, no proxy that works, one language and zone: the same input gives the same bytes for everyone. */
function environmentOf(folder: string, epoch: number, { env }: Machine): Record<string, string> {
  const kept = ['PATH', 'Path', 'SystemRoot', 'ProgramFiles', 'ProgramData', 'FONTCONFIG_FILE', 'FONTCONFIG_PATH']
  const own = kept.flatMap(name => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  const home = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME']
  const places = [...home, 'XDG_RUNTIME_DIR', 'TMPDIR', 'TEMP', 'TMP'].map(name => [name, folder] as const)
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy'].map(name => [name, NOWHERE] as const)
  const fixed = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', SOURCE_DATE_EPOCH: String(epoch) }
  return { ...Object.fromEntries([...own, ...places, ...proxies]), ...fixed }
}

/** The discard port of this machine, where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9'

/** @throws UsageError if the program wrote nothing. */
function outputOf({ program, output }: Conversion, folder: string): string {
  const path = join(folder, output)
  if (statSync(path, { throwIfNoEntry: false })?.size) return path
  throw failure(program, 'ended without a result', '')
}
