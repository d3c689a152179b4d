import { type Content, html, type Markup } from './markup.js'
import type { Frame } from './page.js'
import { linkTo } from './paths.js'

/** The search of a page, and what the page needs for it. */
export interface SearchBox {
  box: Content
  frame: Pick<Frame, 'scripts' | 'form'>
}

/** A search over these files, without a server. Its form is hidden until the script shows it: without scripts it could find nothing. */
export function searchOf(files: readonly string[], from: string, label: string): SearchBox {
  if (files.length === 0) return { box: null, frame: {} }
  const list = files.map(file => linkTo(from, file)).join(' ')
  const box = html`<search id="search" data-files="${list}"><form id="find" hidden>${field(label, '')}<p id="found" role="status"></p></form><ol id="hits" class="hits"></ol><button id="more" type="button" hidden>Show more</button></search><noscript><p class="meta">Search needs scripts; reading does not.</p></noscript>
`
  return { box, frame: { scripts: ['search.js'] } }
}

/** A search that a server answers. */
export const liveSearch = (action: string, query: string, label: string): SearchBox => ({
  box: html`<search><form action="${action}" method="get">${field(label, query)} <button type="submit">Search</button></form></search>
`,
  frame: { form: 'self' },
})

const field = (label: string, query: string): Markup =>
  html`<label for="q">${label}</label><input id="q" name="q" type="search" value="${query}" autocomplete="off" spellcheck="false">`
