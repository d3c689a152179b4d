import type { ArchiveReader, Selection, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'
import type { PackageAbout } from '../../model/reports/package.js'
import { refuseClosedGroups } from '../closed-groups.js'
import { exportTables } from '../codebook/codebook.js'
import type { CoveredArchive } from '../pseudonyms/privacy.js'
import { refusePrivateGroups } from '../pseudonyms/private-groups.js'
import type { PrivacyRequest } from '../pseudonyms/request.js'
import { type RiskReport, riskReport } from '../risk/risk-report.js'
import { collectionOf, isOfThreads, methodsDocuments, methodsReport, riskDocument, withheldOf } from './companions.js'
import type { PackagePart, PackagePlan } from './parts.js'
import { type Survey, surveyOf } from './survey.js'

/** What a package is planned from. */
interface Planned extends Pick<CoveredArchive, 'people'> {
  /** The covered archive, whole: the parts may have a sample of it. */
  archive: ArchiveReader
  about: PackageAbout
  parts: readonly PackagePart[]
  /** The threads of all formats together. */
  threads: Iterable<ThreadSummary>
  privacy: PrivacyRequest
  /** The selection as it was given; empty: all. */
  selection: string
  /** The selection covers groups that are closed to the reader. */
  closed: boolean
  /** The date of the package: `madeAt` of the archive. */
  madeAt: Instant | null
  /** The text of a file that comes with threadkeep. */
  shipped(path: string): string
}

/**
 * Reads the archive for all that a package says beside its data. The report on risk is not for publication; null: only captures are packed.
 * @throws UsageError for a group that may not be public.
 */
export function planPackage(given: Planned): { plan: PackagePlan; risk: RiskReport | null } {
  const { about, parts, threads, archive, people, privacy, shipped } = given
  const survey = { ...surveyOf(threads, archive, given.closed), madeAt: given.madeAt }
  const selection = people?.ofSelection(given.selection) ?? given.selection
  if (!privacy.includePrivate) refuseDoubtfulGroups(survey)
  const searched = parts.find(isOfThreads)
  const risk = searched ? riskReport(searched.about.again(), searched.about.status, people) : null
  const methods = methodsReport(parts, archive, selection, given.closed)
  const companions = [...methodsDocuments(methods), ...(risk ? [riskDocument(risk)] : [])]
  const isAnnotated = parts.some(part => part.about.isAnnotated && part.exporter.annotations)
  const said = { sample: parts[0]?.about.sample ?? null, isAnnotated, withheld: withheldOf(privacy) }
  const plan = {
    about,
    survey,
    collection: collectionOf(methods),
    parts,
    tables: exportTables(shipped),
    companions,
    ...said,
  }
  return { plan, risk }
}

/** What only a member has seen may be private. @throws UsageError that names the first such group. */
function refuseDoubtfulGroups({ groups }: Survey): void {
  const doubtful = groups.find(({ status, asMember }) => status === null && asMember > 0)
  if (!doubtful) return
  throw new UsageError(
    `"${doubtful.name}" was read by a login, and no page said whether it is a public group.`,
    'Select other groups; or, if it is public or its members have agreed: --include-private',
  )
}

/** A package is for the public, as `refusePrivateGroups` takes it. */
const FOR_PUBLIC = { name: 'a package', forPublic: true } as const

/** @throws UsageError for a private group; AccessError if nothing but groups for members only is selected, of which no post is held. */
export function refuseGroups(
  selections: readonly Selection[],
  archive: ArchiveReader,
  includePrivate: boolean | undefined,
): void {
  refuseClosedGroups(selections, archive)
  refusePrivateGroups(FOR_PUBLIC, selections, archive, includePrivate)
}

/** When the last run ended, or began; null: none is recorded. Packages have no clock. Not as a cover shows it: it is no date of a post. */
export function madeAt(archive: ArchiveReader): Instant | null {
  const { lastRun } = archive.status()
  return lastRun?.finishedAt ?? lastRun?.startedAt ?? null
}
