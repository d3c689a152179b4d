import type { Exporter } from '../exporter.js'
import { WarcWriter } from './captures.js'

/** The captures as one WARC file, a gzip member for each record. */
export const warc: Exporter = {
  name: 'warc',
  summary: 'the stored responses themselves, as other archives keep them',
  extension: 'warc.gz',
  scope: 'archive',
  delivery: 'file',
  content: 'captures',
  render: (_, { captures }) => new WarcWriter().members(captures()),
}
