import { type Exporter, NOTICES } from './exporter.js'
import { renderDocument } from './html/single-document.js'
import { siteFiles } from './html/site.js'

/** A folder of pages to browse, or one document: docs/formats.md. */
export const html: Exporter = {
  name: 'html',
  aliases: ['htm'],
  summary: 'pages to browse and search without a server, or one document',
  extension: 'html',
  scope: 'archive',
  delivery: 'folder',
  forPublic: true,
  leavesOut: NOTICES,
  tells: true,
  shows: 'live',
  options: { lang: { summary: 'language of the posts, such as de or pt-BR', default: '', flag: true } },
  render: renderDocument,
  files: siteFiles,
}
