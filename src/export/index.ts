import type { Exporter } from './exporter.js'
import { json } from './json.js'
import { jsonl } from './jsonl.js'
import { markdown } from './markdown.js'

export { renderDigest } from './digest.js'
export { type Exporter, NOTICES, renderStream } from './exporter.js'
export { DEFAULT_TEMPLATE, outputName, uniqueNames } from './names.js'

/** All output formats, the first one being the default. Add an exporter here. */
export const EXPORTERS: readonly Exporter[] = [markdown, json, jsonl]
