import type { ArchiveReader, StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { ExportContext, Exporter, ShownStatus } from '../exporter.js'
import { annotatedArchive, type OtherIds } from './annotated-archive.js'
import { readAnnotations } from './read-annotations.js'
import type { AnnotationFile } from './records.js'
import { drawSample, figuresOf, type SamplePlan, sampledArchive } from './sample.js'

export type CodedArchive = Pick<ExportContext, 'archive' | 'sample' | 'isAnnotated'>

/**
 * The archive as researchers prepare it: with annotations on its posts, and only with the threads that were drawn.
 * @param selected the threads to draw from, which have a post of the status: without a wish, one that is live, whatever a format shows.
 * @param otherIds as of `annotatedArchive`.
 * @throws UsageError for annotations that don't fit, or that none of the formats shows, and for a sample that can't be drawn.
 */
export function codedArchive(
  whole: ArchiveReader,
  { annotations = [], status }: { annotations?: readonly AnnotationFile[]; status?: ShownStatus | undefined },
  plan: SamplePlan | null,
  selected: (status: ShownStatus) => Iterable<StoredThread>,
  exporters: readonly Exporter[],
  otherIds: OtherIds,
): CodedArchive {
  const isAnnotated = annotations.length > 0
  if (isAnnotated && !exporters.some(exporter => exporter.annotations)) throw unshown(exporters)
  const annotated = isAnnotated ? annotatedArchive(whole, readAnnotations(annotations), otherIds) : whole
  if (plan === null) return { archive: annotated, isAnnotated }
  const sample = drawSample(selected(status ?? 'live'), plan)
  return { archive: sampledArchive(annotated, sample), isAnnotated, sample: figuresOf(sample) }
}

const unshown = (exporters: readonly Exporter[]): UsageError =>
  new UsageError(
    `${exporters.map(({ name }) => name).join(', ')} shows no annotations.`,
    'Formats that do are tables, jsonl, json and qdpx.',
  )
