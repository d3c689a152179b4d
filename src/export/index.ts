import type { Exporter } from './exporter.js'
import { json } from './json.js'
import { jsonl } from './jsonl.js'
import { markdown } from './markdown.js'

export { renderDigest } from './digest.js'
export { type ExportContext, type Exporter, NOTICES, type OptionValue } from './exporter.js'
export { filesOf } from './files.js'
export { threadJson } from './json.js'
export { DEFAULT_TEMPLATE, outputName, uniqueNames } from './names.js'
export { exportOptions } from './options.js'
export { type ExportSelection, selectionOf } from './prepare.js'
export { counted, type Tally } from './tally.js'

/** All output formats, the first one being the default. Add an exporter here. */
export const EXPORTERS: readonly Exporter[] = [markdown, json, jsonl]
