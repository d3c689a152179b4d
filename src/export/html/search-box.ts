import { type Content, html, type Markup } from './markup.js'
import { linkTo } from './paths.js'

/** The search of a page. Its form is hidden until the script shows it: without scripts it could find nothing. */
export function searchBox(files: readonly string[], from: string, label: string): Content {
  if (files.length === 0) return null
  const list = files.map(file => linkTo(from, file)).join(' ')
  return html`<search id="search" data-files="${list}"><form id="find" hidden>${field(label, '')}<p id="found" role="status"></p></form><ol id="hits" class="hits"></ol><button id="more" type="button" hidden>Show more</button></search><noscript><p class="meta">Search needs scripts; reading does not.</p></noscript>
`
}

/** A search that a server answers. */
export const liveSearchBox = (action: string, query: string, label: string): Markup =>
  html`<search><form action="${action}" method="get">${field(label, query)}</form></search>
`

const field = (label: string, query: string): Markup =>
  html`<label for="q">${label}</label><input id="q" name="q" type="search" value="${query}" autocomplete="off" spellcheck="false">`
