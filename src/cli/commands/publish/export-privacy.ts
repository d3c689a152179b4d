import { type Command, Option } from 'commander'
import type { AnnotationFile } from '../../../export/coding/records.js'
import type { Exporter } from '../../../export/exporter.js'
import { checkPrivacy, type PrivacyRequest } from '../../../export/pseudonyms/request.js'
import { UsageError } from '../../../model/errors.js'
import { addPseudonymFlags, openKey, type PseudonymOptions, pseudonymsOf } from '../../options/pseudonym-flags.js'
import type { Io } from '../../terminal/io.js'

export interface PrivacyOptions extends PseudonymOptions {
  verbatim?: boolean
  dropLinks?: boolean
  dates?: 'exact' | 'month'
  includePrivate?: boolean
  /** A file. */
  riskReport?: string
}

export const addPrivacyFlags = (command: Command): Command =>
  addPseudonymFlags(command.optionsGroup('What to withhold (it does not anonymise):'))
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
  const { verbatim, dropLinks, dates, includePrivate, riskReport } = options
  const request = {
    ...(await pseudonymsOf(options, io)),
    ...(dates && { dates }),
    ...{ noVerbatim: verbatim === false, dropLinks: dropLinks === true, includePrivate: includePrivate === true },
  }
  for (const exporter of exporters) checkPrivacy(request, exporter)
  if (riskReport !== undefined && exporters.every(({ content }) => content === 'captures'))
    throw new UsageError(
      'There is no report on captures: they hold all that the site has sent.',
      'Choose another format.',
    )
  return request
}

/** For annotations, which may name posts as an export with pseudonyms shows them. */
export async function otherIdsBy(privacy: PrivacyRequest, annotations: readonly AnnotationFile[], io: Io) {
  const { pseudonyms, shareKey = false } = privacy
  if (pseudonyms === undefined || annotations.length === 0) return null
  const key = await openKey(pseudonyms, { isShared: shareKey }, [], io)
  const { otherIdsOf } = await import('../../../export/pseudonyms/privacy.js')
  return otherIdsOf(privacy, () => key)
}
