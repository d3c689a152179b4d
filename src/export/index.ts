import type { Exporter } from './exporter.js'
import { as2 } from './feed/as2.js'
import { atom } from './feed/atom.js'
import { gexf } from './graph/gexf.js'
import { graphml } from './graph/graphml.js'
import { svg } from './graph/svg.js'
import { edges, network, nodes } from './graph/tables.js'
import { html } from './html.js'
import { json } from './json.js'
import { jsonl } from './jsonl.js'
import { maildir } from './mail/maildir.js'
import { mbox } from './mail/mbox.js'
import { markdown } from './markdown.js'
import { docx } from './office/docx.js'
import { epub } from './office/epub.js'
import { pdf } from './office/pdf.js'
import { qdpx } from './qdpx.js'
import { csv, fourCat, tsv } from './table/csv.js'
import { parquet } from './table/parquet.js'
import { wacz } from './warc/wacz.js'
import { warc } from './warc/warc.js'

export { renderDigest } from './digest.js'
export { NOTICES } from './exporter.js'
export { threadJson } from './json.js'

/** All output formats, the first one being the default. Add an exporter here. */
export const EXPORTERS: readonly Exporter[] = [
  markdown,
  html,
  docx,
  pdf,
  epub,
  json,
  jsonl,
  // Before csv, which has the last part of their extensions.
  fourCat,
  nodes,
  edges,
  csv,
  tsv,
  parquet,
  graphml,
  gexf,
  network,
  svg,
  qdpx,
  mbox,
  maildir,
  as2,
  atom,
  warc,
  wacz,
]
