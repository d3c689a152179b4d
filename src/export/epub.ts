import { type Exporter, NOTICES } from './exporter.js'
import { CSS } from './office/page.js'
import { byPandoc } from './office/pandoc.js'
import { rezipped } from './office/zip.js'

/** A book for e-readers, made by pandoc of the markdown: a chapter a thread. */
export const epub: Exporter = {
  name: 'epub',
  summary: 'a book for e-readers, a chapter a thread, made by pandoc',
  extension: 'epub',
  scope: 'thread',
  delivery: 'file',
  leavesOut: NOTICES,
  shows: 'live',
  ready: async converter => void (await converter.find(['pandoc'])),
  // Pandoc 2 gives each file in it the present time.
  render: (threads, about) => rezipped(byPandoc(WRITER, threads, about), {}),
}

const WRITER = { name: 'epub3', args: ['--css=style.css'], files: [{ name: 'style.css', body: [CSS] }] }
