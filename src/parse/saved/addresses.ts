import { isInCompanion } from '../../model/markup/companion-folder.js'
import { addressOnSite, hostOfFolder } from '../../model/markup/mirrored-url.js'

/**
 * What the site had in place of an address in a saved page; empty: the program that saved the page has lost it, and only a copy of the file
 * is left. `page`: address of the page.
 */
export function originalAddress(written: string, page: string): string {
  const href = written.trim()
  // SingleFile puts the pictures themselves into the page.
  if (/^(?:data|file|cid):/i.test(href)) return ''
  if (/^https?:/i.test(href)) return href.replace(WAYBACK, '') || written
  if (href === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#?])/i.test(href)) return written
  if (isInCompanion(href)) return ''
  return mirrored(href, page) ?? written
}

/** A page saved from the Wayback Machine has its prefix in all addresses. */
const WAYBACK = /^https?:\/\/web\.archive\.org\/web\/\d{4,14}[a-z_]*\/(?=https?:)/i

/** The base of relative links in a mirror: a folder for each host. */
const MIRROR = 'http://mirror.invalid/'

/** The address that a relative link in a mirror leads to. It may lead to the folder of another host. */
function mirrored(href: string, page: string): string | null {
  const { origin, host, pathname } = new URL(page)
  const target = resolved(href, `${MIRROR}${host}${pathname}`)
  if (!target) return null
  const [, folder = '', ...rest] = target.pathname.split('/')
  const other = folder === host ? null : hostOfFolder(folder)
  const url = other
    ? `${origin.replace(/\/\/.*/, '//')}${other}/${rest.join('/')}${target.search}${target.hash}`
    : resolved(href, page)?.href
  return url && URL.canParse(url) ? addressOnSite(url) : null
}

const resolved = (href: string, base: string): URL | null => (URL.canParse(href, base) ? new URL(href, base) : null)
