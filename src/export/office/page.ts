/** The style sheet of EPUB and of pages to be printed: one column, replies indented, right-to-left texts from their own side. */
export const CSS = `
body { font-family: Cambria, Georgia, serif; line-height: 1.4; }
h1, h2, h3 { font-family: Calibri, Carlito, sans-serif; color: #1f4e79; line-height: 1.2; break-after: avoid; }
h1 { font-size: 1.5em; }
a { color: #1f4e79; }
p { margin: 0 0 0.6em; overflow-wrap: anywhere; }
.status { font-family: Calibri, Carlito, sans-serif; color: #595959; font-size: 0.9em; }
.status { border-bottom: 1px solid #a6a6a6; margin-bottom: 1em; }
.post-line { break-after: avoid; }
.post-line p { margin-bottom: 0.1em; }
ul, ol { margin: 0 0 0.6em; padding-inline-start: 1.2em; }
li { margin-bottom: 0.5em; }
blockquote { margin: 0 0 0.6em; padding-inline-start: 0.8em; border-inline-start: 2px solid #bfbfbf; color: #595959; }
pre, code { font-family: Consolas, monospace; font-size: 0.9em; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: #f2f2f2; padding: 0.4em; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #a6a6a6; padding: 0.2em 0.5em; text-align: start; }
`

const PAPER = `
@page { size: A4; margin: 20mm 20mm 22mm; }
@page { @bottom-center { content: counter(page) " / " counter(pages); font: 9pt Calibri, Carlito, sans-serif; color: #595959; } }
body { font-size: 11pt; margin: 0; }
`

/** No script, no picture, nothing from anywhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** A template of pandoc for a page that a browser prints. */
export const printedPage = (): string => `<!DOCTYPE html>
<html lang="$lang$">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>$pagetitle$</title>
<style>${CSS}${PAPER}</style>
</head>
<body>
<h1>$title$</h1>
$body$
</body>
</html>
`
