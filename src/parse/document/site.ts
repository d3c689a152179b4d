import { addressOf, sameHost } from '../../model/urls.js'

/**
 * The base URL of the community, from the URLs that WordPress prints on its pages. A URL on another host, or not above the folder
 * of the page, is ignored, because a page is only evidence of its own site.
 */
export function siteUrlBy(api: string | null, ajaxUrl: string | null, page: string): string {
  return (
    baseOf(api, page, /(wp-json|index\.php).*$/) ??
    baseOf(ajaxUrl, page, /wp-(admin|load).*$/) ??
    new URL('/', page).href
  )
}

/** The URL of an AJAX request is below that of the site: `…/wp-admin/admin-ajax.php`, before 1.6 `…/wp-load.php`. */
export const siteUrlByAjax = (ajaxUrl: string, page: string): string => siteUrlBy(null, ajaxUrl, page)

function baseOf(address: string | null, page: string, tail: RegExp): string | null {
  if (!address || !sameHost(address, page)) return null
  const above = addressOf(address).pathname.replace(tail, '')
  const path = above.slice(0, above.lastIndexOf('/') + 1)
  return addressOf(page).pathname.startsWith(path) ? new URL(path, page).href : null
}
