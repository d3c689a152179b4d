import type { Exporter } from './exporter.js'
import { json } from './json.js'
import { jsonl } from './jsonl.js'
import { markdown } from './markdown.js'
import { csv, fourCat, tsv } from './table/csv.js'
import { parquet } from './table/parquet.js'
import { wacz } from './wacz.js'
import { warc } from './warc.js'

export { renderDigest } from './digest.js'
export { NOTICES } from './exporter.js'
export { threadJson } from './json.js'

/** All output formats, the first one being the default. Add an exporter here. */
export const EXPORTERS: readonly Exporter[] = [markdown, json, jsonl, csv, tsv, parquet, fourCat, warc, wacz]
