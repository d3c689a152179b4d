import type { GroupSummary, PostStatus } from '../archive.js'
import type { SampleFigures } from '../coding/sample.js'
import type { MediaCounts } from '../media/media.js'
import type { ArchiveStatus, Gap } from './archive-status.js'
import type { PostCounts, Provenance, RunRecord } from './provenance.js'

/** What a methods section says of an archive: `threadkeep.methods/1`, docs/schema/methods-1.json. The same archive gives the same report. */
export interface MethodsReport extends MethodsFacts {
  schema: 'threadkeep.methods/1'
  /** What restricts all that follows: to be said first. */
  caveats: Caveat[]
  /** The paragraph. */
  sentences: Sentence[]
  /** The table. */
  figures: Figure[]
}

export interface MethodsFacts {
  /** Base URLs of the communities. */
  sites: string[]
  targets: MethodsTarget[]
  runs: RunRecord[]
  merged: Provenance['merged']
  /** The run that is at work: its figures are not final. */
  running: number | null
  groups: MethodsGroup[]
  posts: PostCounts
  /** Threads that are membership notices, which documents leave out. */
  notices: number
  /** Files that posts show; null: none were asked for. */
  media: MediaCounts | null
  exports: ExportFacts[]
  /** Fixity of all threads of the archive. */
  fixity: string
}

export interface MethodsTarget {
  url: string
  kind: ArchiveStatus['targets'][number]['kind']
  name: string | null
  /** End of the last pass; null: it is not finished. */
  readAt: string | null
  pending: number
  gaps: Gap[]
  /** Runs that read it. */
  runs: number[]
}

export type MethodsGroup = Pick<
  GroupSummary,
  'site' | 'slug' | 'name' | 'url' | 'status' | 'access' | 'threads' | 'posts' | 'gonePosts' | 'completeness'
>

/** What one export has of the archive, and what it leaves out. */
export interface ExportFacts {
  format: string
  /** The selection as it was given; empty: all. */
  selection: string
  /** Item types of opening posts that the format leaves out. */
  leftOutTypes: readonly string[]
  status: PostStatus | 'all'
  threads: number
  posts: number
  /** Fixity of its threads. */
  fixity: string
  /** How its threads were drawn at random; null: all that were selected are there. */
  sample: SampleFigures | null
}

/** What restricts the figures of a report, as a sentence. */
export interface Caveat {
  kind:
    | 'no-runs'
    | 'empty'
    | 'running'
    | 'killed'
    | 'stopped'
    | 'imports'
    | 'merged'
    | 'sites'
    | 'gaps'
    | 'short'
    | 'closed'
    | 'robots-ignored'
    | 'erased'
  text: string
  /** The runs that it concerns; empty: none, or all. */
  runs: number[]
}

/** A sentence of the paragraph, and the runs that its figures come from. */
export interface Sentence {
  about:
    | 'software'
    | 'targets'
    | 'readers'
    | 'routes'
    | 'requests'
    | 'robots'
    | 'held'
    | 'missing'
    | 'dates'
    | 'changes'
    | 'export'
    | 'fixity'
  text: string
  runs: number[]
}

/** A figure of the table, and the runs that it comes from. */
export interface Figure {
  name: string
  /** Null: not known. */
  value: string | number | null
  runs: number[]
}
