import { UsageError } from '../../model/errors.js'
import type { KeyStore } from '../../model/people/pseudonyms.js'
import type { Exporter } from '../exporter.js'

/** What an export withholds. None of this makes data anonymous. */
export interface PrivacyRequest {
  /** Pseudonyms in place of all names of members. The file with the key is made when it is first used; the same key gives the same pseudonyms. */
  pseudonyms?: string
  /** True: the key may also be used for archives of other communities than before. */
  shareKey?: boolean
  /** Names that the archive does not know: `nickname`, `nickname = member`, or `! word` for a word that is no name. */
  names?: readonly string[]
  /** No texts: only how many words each has. */
  noVerbatim?: boolean
  /** No addresses of the site, and none in texts; with pseudonyms also no ids of posts. */
  dropLinks?: boolean
  /** `month`: times say no more than the month; with pseudonyms also no ids and addresses of posts, which tell their order. */
  dates?: 'exact' | 'month'
  /** Formats for the public take private and hidden groups, too. */
  includePrivate?: boolean
}

/** Opens the file with a key. */
export type OpenKey = (path: string, options: { isShared: boolean }) => KeyStore

/** True if something of the archive is changed. */
export const isPrivate = ({ pseudonyms, noVerbatim, dropLinks, dates }: PrivacyRequest): boolean =>
  pseudonyms !== undefined || noVerbatim === true || dropLinks === true || dates === 'month'

/** @throws UsageError for names and shared keys without pseudonyms. */
export function checkPseudonyms({ pseudonyms, names, shareKey }: PrivacyRequest): void {
  if (pseudonyms === undefined && (names !== undefined || shareKey))
    throw new UsageError('Lists of names and shared keys need pseudonyms.', 'Name a key file: --pseudonyms KEYFILE')
}

/** @throws UsageError for what does not go together, and for a format that holds what the site has sent. */
export function checkPrivacy(request: PrivacyRequest, { name, content }: Pick<Exporter, 'name' | 'content'>): void {
  const { dates } = request
  checkPseudonyms(request)
  if (dates !== undefined && dates !== 'exact' && dates !== 'month')
    throw new UsageError(`"${dates}" is no precision of dates.`, 'It is exact or month.')
  if (content !== 'captures' || !isPrivate(request)) return
  throw new UsageError(
    `The format ${name} holds the pages as the site has sent them, with all names, texts, addresses and dates.`,
    'Choose another format, or leave out --pseudonyms, --no-verbatim, --drop-links and --dates.',
  )
}
