import { docx } from './docx.js'
import { epub } from './epub.js'
import type { Exporter } from './exporter.js'
import { as2 } from './feed/as2.js'
import { atom } from './feed/atom.js'
import { html } from './html.js'
export const EXPORTERS: readonly Exporter[] = [
  markdown,
  docx,
  epub,
  html,
  json,
  jsonl,
  as2,
  mbox,
  maildir,
  atom,
  warc,
  wacz,
]
