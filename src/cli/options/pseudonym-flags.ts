import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CoveredArchive } from '../../export/pseudonyms/privacy.js'
import { checkPseudonyms, type PrivacyRequest } from '../../export/pseudonyms/request.js'
import type { ArchiveReader } from '../../model/archive.js'
import type { KeyStore } from '../../model/people/pseudonyms.js'
import { readTextFile } from '../files/text-file.js'
import type { Io } from '../terminal/io.js'
import { terminalLine } from '../text/terminal-text.js'
import { collect } from './flag-values.js'

export interface PseudonymOptions {
  pseudonyms?: string
  shareKey?: boolean
  /** Files. */
  names?: string[]
  output?: string
}

export const addPseudonymFlags = (command: Command): Command =>
  command
    .option(
      '--pseudonyms <keyfile>',
      'pseudonyms for all members, the same in each export with this key, which is made (default: names as they are)',
    )
    .option(
      '--names <file>',
      'names that the archive does not know: one a line, or nickname = member, or ! word',
      collect,
    )
    .option('--share-key', 'use the key for another community, too')

/** @throws UsageError for names without a key, an unusable key, or a list that can't be read. */
export async function pseudonymsOf(options: PseudonymOptions, io: Io): Promise<PrivacyRequest> {
  const { pseudonyms, shareKey, names } = options
  const lists = await Promise.all(
    (names ?? []).map(file => readTextFile(file, 'list of names', 'Name a text file with a name a line.', io)),
  )
  const request = {
    ...(pseudonyms !== undefined && { pseudonyms }),
    ...(names && { names: lists.flatMap(text => text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) }),
    shareKey: shareKey === true,
  }
  checkPseudonyms(request)
  if (pseudonyms !== undefined) await openKey(pseudonyms, { isShared: false }, likelyOutputs(options, io), io)
  return request
}

/** Of a template, the folder. */
const likelyOutputs = ({ output }: PseudonymOptions, { cwd }: Io): string[] =>
  output === undefined || output === '-' ? [] : [resolve(cwd, output.replace(/[^/]*\{.*/s, ''))]

/** @throws UsageError for a key that can't be used, or would be within an output. */
export async function openKey(
  path: string,
  how: { isShared: boolean },
  outputs: readonly string[],
  io: Io,
): Promise<KeyStore> {
  const { keyFile } = await import('../../node/key-file.js')
  const made = (file: string) => {
    io.stderr.write(
      `The key was made: ${terminalLine(file)}. Keep it apart from the export: who has both can tell who is who.\n`,
    )
  }
  return keyFile(resolve(io.cwd, path), { ...how, outputs, made })
}

/** The archive as the documents show it. A key within an output is refused. */
export async function coveredBy(
  privacy: PrivacyRequest,
  outputs: readonly string[],
  reader: ArchiveReader,
  io: Io,
): Promise<CoveredArchive> {
  const isShared = { isShared: privacy.shareKey === true }
  const key = privacy.pseudonyms === undefined ? null : await openKey(privacy.pseudonyms, isShared, outputs, io)
  const { coveredArchive } = await import('../../export/pseudonyms/privacy.js')
  return coveredArchive(reader, privacy, () => key as KeyStore)
}
