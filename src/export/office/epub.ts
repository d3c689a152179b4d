import type { Exporter } from '../exporter.js'
import { byPandoc, OF_PANDOC } from './pandoc.js'
import { rezipped } from './zip.js'

/** A book for e-readers, made by pandoc of the markdown: a chapter a thread. */
export const epub: Exporter = {
  name: 'epub',
  summary: 'a book for e-readers, a chapter a thread, made by pandoc',
  extension: 'epub',
  ...OF_PANDOC,
  // Pandoc 2 gives each file in it the present time.
  render: (threads, about) => rezipped(byPandoc(WRITER, threads, about), {}),
}

/** One column, replies indented, right-to-left texts from their own side. */
const CSS = `
body { font-family: Cambria, Georgia, serif; line-height: 1.4; }
h1, h2, h3 { font-family: Calibri, Carlito, sans-serif; color: #1f4e79; line-height: 1.2; break-after: avoid; }
h1 { font-size: 1.5em; }
a { color: #1f4e79; }
p { margin: 0 0 0.6em; overflow-wrap: anywhere; }
.status { font-family: Calibri, Carlito, sans-serif; color: #595959; font-size: 0.9em; }
.status { border-bottom: 1px solid #a6a6a6; margin-bottom: 1em; }
.post-line, .picture { break-after: avoid; }
.picture img { max-width: 100%; height: auto; }
.picture-words { font-family: Calibri, Carlito, sans-serif; color: #595959; font-size: 0.85em; }
.post-line p { margin-bottom: 0.1em; }
ul, ol { margin: 0 0 0.6em; padding-inline-start: 1.2em; }
li { margin-bottom: 0.5em; }
blockquote { margin: 0 0 0.6em; padding-inline-start: 0.8em; border-inline-start: 2px solid #bfbfbf; color: #595959; }
pre, code { font-family: Consolas, monospace; font-size: 0.9em; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: #f2f2f2; padding: 0.4em; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #a6a6a6; padding: 0.2em 0.5em; text-align: start; }
`

const WRITER = { name: 'epub3', args: ['--css=style.css'], files: [{ name: 'style.css', body: [CSS] }] }
