import { createHash } from 'node:crypto'
import type { ArchiveReader } from '../../model/archive.js'
import { Addresses } from './addresses.js'
import { type Cover, NO_COVER } from './cover.js'
import { CoveredReader } from './covered-reader.js'
import { NeutralFiles } from './files.js'
import { namesIn } from './names-list.js'
import { type Hash, hashWith } from './numbering.js'
import { byMonth, type OtherId, otherIdWith, withOtherIds, withoutLinks, withoutTexts } from './other-covers.js'
import { PseudonymCover } from './pseudonym-cover.js'
import { Pseudonyms } from './pseudonyms.js'
import { isPrivate, type OpenKey, type PrivacyRequest } from './request.js'
import { Texts } from './texts.js'

export interface CoveredArchive {
  archive: ArchiveReader
  /** Null: no pseudonyms were wanted. */
  people: Pseudonyms | null
  /** What the values of the archive pass. */
  cover: Cover
  /** The same cover over another reader of the archive, such as one without a sample. */
  over(reader: ArchiveReader): ArchiveReader
}

/**
 * The archive as an export shows it; itself where nothing is withheld.
 * @throws UsageError for a key that can't be used, and a list of names with a faulty line.
 */
export function coveredArchive(archive: ArchiveReader, request: PrivacyRequest, openKey: OpenKey): CoveredArchive {
  if (!isPrivate(request)) return { archive, people: null, cover: NO_COVER, over: reader => reader }
  const { pseudonyms, shareKey: isShared = false, names, dropLinks, dates, noVerbatim } = request
  const given = namesIn((names ?? []).join('\n'))
  const people = pseudonyms === undefined ? null : Pseudonyms.of(archive, openKey(pseudonyms, { isShared }), given)
  const hash = people?.hash ?? plainHash
  const files = new NeutralFiles(hash)
  const ids = new Map<string, string>()
  let cover = people ? pseudonymCover(archive, people, files) : NO_COVER
  if (people && hasOtherIds(request)) cover = withOtherIds(cover, hash, ids)
  if (dropLinks) cover = withoutLinks(cover, files)
  if (dates === 'month') cover = byMonth(cover)
  if (noVerbatim) cover = withoutTexts(cover)
  const found = {
    original: (url: string) => files.original(url) ?? (people ? null : url),
    nameOf: (url: string) => files.nameOf(url),
  }
  const over = (reader: ArchiveReader) => new CoveredReader(reader, cover, found, id => ids.get(id) ?? id)
  return { archive: over(archive), people, cover, over }
}

/** The ids that an export of this request shows, once they are needed: the key is only opened then. Null: those of the site. */
export function otherIdsOf(request: PrivacyRequest, openKey: OpenKey): (() => OtherId) | null {
  const { pseudonyms, shareKey: isShared = false } = request
  if (pseudonyms === undefined || !hasOtherIds(request)) return null
  return () => otherIdWith(hashWith(openKey(pseudonyms, { isShared }).update(key => key)))
}

const hasOtherIds = ({ dropLinks, dates }: PrivacyRequest): boolean => dropLinks === true || dates === 'month'

function pseudonymCover(archive: ArchiveReader, people: Pseudonyms, files: NeutralFiles): Cover {
  const addresses = new Addresses(people, sitesOf(archive))
  return new PseudonymCover(people, addresses, new Texts(people, addresses), files).cover()
}

/** Base URLs. */
const sitesOf = (archive: ArchiveReader): Set<string> =>
  new Set([
    ...[...archive.namedGroups()].map(({ site }) => site),
    ...[...(archive.people?.() ?? [])].flatMap(({ sites }) => sites),
  ])

/** Without a key, the same for everybody. */
const plainHash: Hash = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
