import { type Exporter, NOTICES } from './exporter.js'
import { renderDocuments } from './markdown/document.js'

/** One document a thread, or one of several, made to be read: docs/formats.md says which form and why. */
export const markdown: Exporter = {
  name: 'md',
  aliases: ['markdown'],
  summary: 'one document a thread, made to be read, with front matter for programs',
  extension: 'md',
  scope: 'thread',
  delivery: 'folder',
  leavesOut: NOTICES,
  shows: 'live',
  render: renderDocuments,
}
