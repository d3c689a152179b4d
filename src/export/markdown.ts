import { type Exporter, NOTICES } from './exporter.js'
import { files, render } from './markdown/render.js'
import { OPTIONS } from './markdown/style.js'

/** One document a thread, or one of several, made to be read: docs/formats.md says which form and why. */
export const markdown: Exporter = {
  name: 'md',
  aliases: ['markdown'],
  summary: 'a document of a thread, or of all threads, made to be read, with front matter for programs',
  extension: 'md',
  scope: 'thread',
  delivery: 'folder',
  leavesOut: NOTICES,
  tells: true,
  shows: 'live',
  options: OPTIONS,
  render,
  files,
}
