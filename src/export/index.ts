import { docx } from './docx.js'
import { epub } from './epub.js'
import type { Exporter } from './exporter.js'
import { json } from './json.js'
import { jsonl } from './jsonl.js'
import { maildir } from './mail/maildir.js'
import { mbox } from './mail/mbox.js'
import { markdown } from './markdown.js'
import { wacz } from './wacz.js'
import { warc } from './warc.js'

export { renderDigest } from './digest.js'
export { NOTICES } from './exporter.js'
export { threadJson } from './json.js'

/** All output formats, the first one being the default. Add an exporter here. */
export const EXPORTERS: readonly Exporter[] = [markdown, docx, epub, json, jsonl, mbox, maildir, warc, wacz]
