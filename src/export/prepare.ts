import type { ArchiveReader, StoredThread } from '../model/archive.js'
import { UsageError } from '../model/errors.js'
import { formatOf } from './destination.js'
import type { ExportContext, Exporter, OptionValue } from './exporter.js'
import { exportOptions } from './options.js'
import { type ExportSelection, selectionOf } from './select.js'
import { counted, type Tally } from './tally.js'

/** What is exported, and how. */
export interface ExportRequest extends ExportSelection {
  /** Name of a format. Default: the format whose extension the destination has, else `md`. */
  format?: string
  /** Options of the format. */
  options?: Readonly<Record<string, OptionValue>>
  /** Formats of your own, besides those of threadkeep. */
  exporters?: readonly Exporter[]
}

/** All that a delivery needs. */
export interface Prepared {
  exporter: Exporter
  threads: Iterable<StoredThread>
  about: ExportContext
  /** Counts while the threads are read. */
  tally: Tally
}

/** @throws UsageError for an unknown format, option, group or thread, and for a name that two formats have. */
export function prepareExport(
  request: ExportRequest,
  destination: string | undefined,
  archive: ArchiveReader,
  own: readonly Exporter[],
  now: number,
): Prepared {
  const exporter = formatOf(request.format, destination, withNamesOfTheirOwn([...own, ...(request.exporters ?? [])]))
  const options = exportOptions(exporter, request.options ?? {})
  const tally = { threads: 0, posts: 0 }
  const threads = counted(archive.threads(selectionOf(request, exporter, archive, now)), tally)
  return { exporter, threads, about: { archive, options }, tally }
}

function withNamesOfTheirOwn(exporters: readonly Exporter[]): readonly Exporter[] {
  const names = exporters.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice === undefined) return exporters
  throw new UsageError(`There are two formats of the name "${twice}".`, 'Give yours a name of its own.')
}
