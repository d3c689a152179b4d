import { sameHost } from '../../model/urls.js'

/**
 * The base of the community, out of addresses that WordPress prints on its pages. A page can only speak for the site that it
 * stands on: an address on another host, or beside the page's own folder, is not believed.
 */
export function siteUrlBy(api: string | null, ajaxUrl: string | null, page: string): string {
  return (
    baseOf(api, page, /(wp-json|index\.php).*$/) ??
    baseOf(ajaxUrl, page, /wp-(admin|load).*$/) ??
    new URL('/', page).href
  )
}

/** The call's own address stands right below the site's: `…/wp-admin/admin-ajax.php`, before 1.6 `…/wp-load.php`. */
export const siteUrlByAjax = (ajaxUrl: string, page: string): string => siteUrlBy(null, ajaxUrl, page)

function baseOf(address: string | null, page: string, tail: RegExp): string | null {
  if (!address || !sameHost(address, page)) return null
  const path = new URL(address).pathname.replace(tail, '').replace(/[^/]*$/, '')
  return new URL(page).pathname.startsWith(path) ? new URL(path, page).href : null
}
