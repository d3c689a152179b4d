import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { HOME, pagesThere, ROOT, siteName } from './navigation.js'

/** Links of a page as the project has them, made into links of the site. */

const PAGES = new Map(pagesThere().map(page => [siteName(page), page]))

/** A plugin of markdown-it. What the site does not have, such as a file of the sources, becomes plain text. */
export function sitePages(md) {
  // VitePress makes a Vue template of each page, and `{{` would begin an expression.
  for (const name of ['text', 'code_inline']) {
    const plain = md.renderer.rules[name]
    md.renderer.rules[name] = (...given) => plain(...given).replaceAll('{{', '&#123;&#123;')
  }
  md.core.ruler.push('site-links', ({ tokens, env }) => {
    const page = PAGES.get(env.relativePath)
    if (page === undefined) throw new Error(`${env.relativePath} is no page of the documentation.`)
    for (const { children } of tokens) if (children) relink(children, page)
  })
}

function relink(tokens, page) {
  /** For each open link, whether it stays one. */
  const open = []
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const target = linkInSite(token.attrGet('href'), page)
      open.push(target !== null)
      if (target !== null) token.attrSet('href', target)
      else hide(token)
    } else if (token.type === 'link_close' && !open.pop()) hide(token)
  }
}

function hide(token) {
  token.type = 'text'
  token.tag = ''
  token.nesting = 0
  token.content = ''
}

/** Null: the site has no such page or file. */
export function linkInSite(href, page) {
  if (/^[a-z]+:|^#/.test(href)) return href
  const [path = '', anchor] = href.split('#')
  const target = posix.join(posix.dirname(page), decodeURI(path))
  const end = anchor === undefined ? '' : `#${anchor}`
  if (target === 'README.md') return `./${siteName(HOME)}${end}`
  if (pagesThere().includes(target)) return `./${siteName(target)}${end}`
  return target.startsWith('docs/') && !target.endsWith('/') && existsSync(join(ROOT, target)) ? `./${path}` : null
}
