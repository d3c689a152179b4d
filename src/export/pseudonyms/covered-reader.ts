import type {
  ArchiveReader,
  EarlierVersion,
  GroupSummary,
  KeptCapture,
  NamedGroup,
  PostSource,
  Selection,
  StoredFile,
  StoredThread,
  ThreadSummary,
} from '../../model/archive.js'
import { originalImage } from '../../model/markup/original-url.js'
import type { KnownPerson } from '../../model/people/known-person.js'
import type { ArchiveStatus, TargetStatus } from '../../model/reports/archive-status.js'
import { NO_PROVENANCE, type Provenance } from '../../model/reports/provenance.js'
import { type Cover, coveredGroup, coveredName, coveredSummary, coveredThread, coveredVersion } from './cover.js'
import { coveredAddress, coveredProvenance } from './covered-provenance.js'

/** Where the files of posts are, by the addresses that stand for theirs. */
export interface CoveredFiles {
  /** The address on the site; null: no post has shown this one. */
  original(url: string): string | null
  /** What a file is called in place of its own name. */
  nameOf(url: string): string
}

/**
 * An archive of which everything passes a cover. A selection names groups, threads and members as the archive has them. A method that is
 * added to `ArchiveReader` does not compile until it is here, too.
 */
export class CoveredReader implements Required<ArchiveReader> {
  constructor(
    private readonly archive: ArchiveReader,
    private readonly cover: Cover,
    private readonly files: CoveredFiles,
    /** The site's own id of a post that was covered. */
    private readonly originalId: (id: string) => string,
  ) {}

  *groups(): Generator<GroupSummary> {
    for (const group of this.archive.groups()) yield coveredGroup(group, this.cover)
  }

  *namedGroups(): Generator<NamedGroup> {
    for (const group of this.archive.namedGroups()) yield coveredName(group, this.cover)
  }

  *threads(selection: Selection): Generator<StoredThread> {
    for (const thread of this.archive.threads(this.original(selection))) yield coveredThread(thread, this.cover)
  }

  *threadSummaries(selection: Selection): Generator<ThreadSummary> {
    for (const thread of this.archive.threadSummaries(this.original(selection)))
      yield coveredSummary(thread, this.cover)
  }

  earlierVersions(site: string, post: string): EarlierVersion[] {
    const versions = this.archive.earlierVersions?.(site, this.originalId(post)) ?? []
    return versions.map(version => coveredVersion(version, site, site, this.cover))
  }

  storedFile(url: string): StoredFile | null {
    const original = this.files.original(url)
    if (original === null) return null
    const stored = this.archive.storedFile?.(original) ?? this.archive.storedFile?.(originalImage(original))
    if (!stored) return null
    const { file, sha256, type, size, read } = stored
    const covered: Required<StoredFile> = { file, sha256, type, size, name: this.files.nameOf(url), read }
    return covered
  }

  /** Addresses have been changed already. */
  presentUrl(url: string): string {
    return url
  }

  /** Responses hold all that the site has sent. */
  captures(_selections: readonly Selection[]): readonly KeptCapture[] {
    return []
  }

  /** The address of a response is that of a page of the site, which may name its author. */
  sourceOf(site: string, post: string): PostSource | null {
    const source = this.archive.sourceOf?.(site, this.originalId(post))
    return source ? { siteName: source.siteName && this.cover.line(source.siteName, site), capture: null } : null
  }

  provenance(): Provenance {
    return coveredProvenance(this.archive.provenance?.() ?? NO_PROVENANCE, this.cover)
  }

  people(): readonly KnownPerson[] {
    return []
  }

  texts(): readonly string[] {
    return []
  }

  /** What a document says of the archive: when targets were read, and what they are. Nothing of runs, which name accounts and machines. */
  status(): ArchiveStatus {
    const { targets, counts, media } = this.archive.status()
    const covered: Required<Omit<ArchiveStatus, 'media'>> = {
      targets: targets.map(target => this.target(target)),
      lastRun: null,
      holder: null,
      lastRuns: [],
      file: { bytes: 0, captureBytes: 0, freeBytes: 0, schema: 0 },
      counts: counts ?? { groups: 0, threads: 0, notices: 0, livePosts: 0, gonePosts: 0, revisions: 0, captures: 0 },
      imported: null,
    }
    return { ...covered, ...(media && { media }) }
  }

  private target(target: TargetStatus): TargetStatus {
    const { kind, name, url, startedAt, finishedAt, pending, gaps, reader, lastState } = target
    const covered: Required<Omit<TargetStatus, 'sync'>> = {
      url: coveredAddress(url, this.cover),
      kind,
      name: name && this.cover.line(name, url),
      moved: null,
      reader,
      startedAt: startedAt && this.cover.at(startedAt),
      finishedAt: finishedAt && this.cover.at(finishedAt),
      pending,
      gaps: gaps.map(gap => ({
        url: coveredAddress(gap.url, this.cover),
        reason: gap.reason && this.cover.line(gap.reason, url),
        again: gap.again,
        since: gap.since && this.cover.at(gap.since),
      })),
      selfTest: null,
      lastState,
      problems: [],
    }
    return covered
  }

  private original(selection: Selection): Selection {
    const { threads } = selection
    return threads ? { ...selection, threads: threads.map(id => this.originalId(id)) } : selection
  }
}
