import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { VERSION } from '../../model/version.js'
import type { Exporter, ExportFile } from '../exporter.js'
import { COLUMNS, columnsOf } from './options.js'
import { parquetFile } from './parquet-file.js'
import { type Partition, partitioned, partitionKeys } from './partitions.js'
import { postRows } from './post-columns.js'

/** The table for DuckDB, Spark, pandas, R: typed, compressed, with times in UTC. */
export const parquet: Exporter = {
  name: 'parquet',
  summary: 'the same table with types, compressed, for DuckDB, Spark, pandas and R',
  extension: 'parquet',
  scope: 'archive',
  delivery: 'file',
  annotations: true,
  isFlat: true,
  options: {
    ...COLUMNS,
    partition: { summary: 'a folder of files by site, group or both: site,group', default: '', flag: true },
  },
  tables: about =>
    partitionKeys(about.options).length > 0 ? [] : [{ file: '', columns: columnsOf(about), key: ['site', 'id'] }],
  render: (threads, about) => {
    if (partitionKeys(about.options).length > 0)
      throw new UsageError('Partitions are files in a folder.', 'Name the folder, with a slash: -o posts/')
    return parquetFile(columnsOf(about), postRows(threads, about.status), VERSION)
  },
  files: (threads, about) => {
    const columns = columnsOf(about)
    const keys = partitionKeys(about.options)
    if (keys.length === 0) return null
    const fileOf = ({ folder, threads: own }: Partition): ExportFile => ({
      name: `${folder}part-0.parquet`,
      body: parquetFile(columns, postRows(taken(own), about.status), VERSION),
    })
    return mapped(partitioned(threads, keys), fileOf)
  },
}

/** Each thread, which is then no longer held: it keeps the posts that were read last. */
function* taken(threads: StoredThread[]): Generator<StoredThread> {
  threads.reverse()
  for (let thread = threads.pop(); thread; thread = threads.pop()) yield thread
}

function* mapped<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item)
}
