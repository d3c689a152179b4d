import { createHash } from 'node:crypto'
import { UsageError } from '../../model/errors.js'
import type { ExportContext } from '../exporter.js'
import { trustedStyle } from './assets/style.js'
import { type Content, html, type Markup, trusted } from './markup.js'
import { linkTo } from './paths.js'

/** What all pages have around their content. */
export interface Frame {
  /** For the tab of a browser; a plain line. */
  title: string
  /** The path of the page, from which its links start; null: one document by itself, with its style sheet inside. */
  path: string | null
  /** Script files of the page, by their paths. Pages are read without them. */
  scripts?: readonly string[]
  /** `self`: its form may ask the server that it came from. */
  form?: 'self'
  /** The way from the first page to this one. */
  trail?: Content
  /** Title and status line. */
  header: Content
  footer: Content
}

/** A page around its content, piece by piece. */
export function* pageAround(frame: Frame, main: Iterable<Markup>): Generator<string> {
  yield head(frame).text
  for (const part of main) yield part.text
  yield html`
</main>
<footer>
${frame.footer}
</footer>
</body>
</html>
`.text
}

const head = (frame: Frame): Markup => html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(frame)}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="threadkeep">
<title>${frame.title}</title>
${styleOf(frame)}${scriptsOf(frame)}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${frame.trail && html`<nav class="crumb" aria-label="You are here">${frame.trail}</nav>\n`}<header class="top">
${frame.header}
</header>
<main id="main" tabindex="-1">
`

/** Only files of the folder, and nothing that a post could bring: no script, style or picture of its own, and no form. */
export const policyOf = ({ path, scripts = [], form }: Pick<Frame, 'path' | 'scripts' | 'form'>): string =>
  [
    "default-src 'none'",
    path === null ? `style-src '${STYLE_HASH}'` : "style-src 'self'",
    ...(scripts.length > 0 ? ["script-src 'self'"] : []),
    "img-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    `form-action '${form ?? 'none'}'`,
  ].join('; ')

const STYLE = trustedStyle
const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`

const styleOf = ({ path }: Frame): Markup =>
  path === null
    ? trusted(`<style>${STYLE}</style>\n`)
    : html`<link rel="stylesheet" href="${linkTo(path, 'style.css')}">\n`

const scriptsOf = ({ path, scripts = [] }: Frame): Content =>
  scripts.map(script => html`<script src="${linkTo(path ?? '', script)}" defer></script>\n`)

/** The content of a page that is not long. */
export const whole = (...parts: Content[]): Iterable<Markup> => [html`${parts}`]

/** The language of the posts (BCP 47); empty: not known. @throws UsageError */
export function languageOf({ options }: Pick<ExportContext, 'options'>): string {
  const language = String(options['lang'] ?? '')
  try {
    if (language !== '') Intl.getCanonicalLocales(language)
    return language
  } catch {
    throw new UsageError(`"${language}" is no language.`, 'Name one as in --lang de or --lang pt-BR.')
  }
}
