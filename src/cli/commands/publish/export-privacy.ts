import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { AnnotationFile } from '../../../export/coding/records.js'
import type { Exporter } from '../../../export/exporter.js'
import type { CoveredArchive } from '../../../export/pseudonyms/privacy.js'
import { checkPrivacy, type PrivacyRequest } from '../../../export/pseudonyms/request.js'
import type { ArchiveReader } from '../../../model/archive.js'
import { UsageError } from '../../../model/errors.js'
import type { KeyStore } from '../../../model/people/pseudonyms.js'
import { readTextFile } from '../../files/text-file.js'
import { collect } from '../../options/flag-values.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

export interface PrivacyOptions {
  pseudonyms?: string
  shareKey?: boolean
  /** Files. */
  names?: string[]
  verbatim?: boolean
  dropLinks?: boolean
  dates?: 'exact' | 'month'
  includePrivate?: boolean
  /** A file. */
  riskReport?: string
  output?: string
}

export const addPrivacyFlags = (command: Command): Command =>
  command
    .optionsGroup('What to withhold (it does not anonymise):')
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
    .option('--no-verbatim', 'no texts, only how many words each has')
    .option('--drop-links', 'no addresses of the site, none in texts')
    .addOption(
      new Option('--dates <how>', 'month: times say no more than the month (default: exact)').choices([
        'exact',
        'month',
      ]),
    )
    .option('--include-private', 'formats for the public (html, atom, as2) take private and hidden groups, too')
    .option(
      '--risk-report <file>',
      'write what still leads to people: as .md and .json (default: beside a folder with pseudonyms)',
    )

/** @throws UsageError for what does not go together, an unusable key, or a list that can't be read. */
export async function privacyOf(
  options: PrivacyOptions,
  exporters: readonly Exporter[],
  io: Io,
): Promise<PrivacyRequest> {
  const { pseudonyms, shareKey, names, verbatim, dropLinks, dates, includePrivate } = options
  const lists = await Promise.all(
    (names ?? []).map(file => readTextFile(file, 'list of names', 'Name a text file with a name a line.', io)),
  )
  const request = {
    ...(pseudonyms !== undefined && { pseudonyms }),
    ...(names && { names: lists.flatMap(text => text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) }),
    ...(dates && { dates }),
    ...{ shareKey: shareKey === true, noVerbatim: verbatim === false, dropLinks: dropLinks === true },
    includePrivate: includePrivate === true,
  }
  for (const exporter of exporters) checkPrivacy(request, exporter)
  if (options.riskReport !== undefined && exporters.every(({ content }) => content === 'captures'))
    throw new UsageError(
      'There is no report on captures: they hold all that the site has sent.',
      'Choose another format.',
    )
  if (pseudonyms !== undefined) await openKey(pseudonyms, { isShared: false }, likelyOutputs(options, io), io)
  return request
}

/** Of a template, the folder. */
const likelyOutputs = ({ output }: PrivacyOptions, { cwd }: Io): string[] =>
  output === undefined || output === '-' ? [] : [resolve(cwd, output.replace(/[^/]*\{.*/s, ''))]

/** @throws UsageError for a key that can't be used, or would be within an output. */
export async function openKey(
  path: string,
  how: { isShared: boolean },
  outputs: readonly string[],
  io: Io,
): Promise<KeyStore> {
  const { keyFile } = await import('../../../node/key-file.js')
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
  const { coveredArchive } = await import('../../../export/pseudonyms/privacy.js')
  return coveredArchive(reader, privacy, () => key as KeyStore)
}

/** For annotations, which may name posts as an export with pseudonyms shows them. */
export async function otherIdsBy(privacy: PrivacyRequest, annotations: readonly AnnotationFile[], io: Io) {
  const { pseudonyms, shareKey = false } = privacy
  if (pseudonyms === undefined || annotations.length === 0) return null
  const key = await openKey(pseudonyms, { isShared: shareKey }, [], io)
  const { otherIdsOf } = await import('../../../export/pseudonyms/privacy.js')
  return otherIdsOf(privacy, () => key)
}
