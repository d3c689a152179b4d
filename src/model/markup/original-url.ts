/** Addresses that image services and link wrappers put in place of the original: the same post has them in pages only. */

/** An image service has the original in its own address: the pattern ends where the original, or its part behind `https://`, begins. */
const IMAGE_SERVICES: readonly RegExp[] = [
  // Cloudflare: /cdn-cgi/image/width=300,quality=80/https://…
  /^https?:\/\/[^/]+\/cdn-cgi\/image\/[^/]+\/(?=https?:)/i,
  // Photon of WordPress.com and Jetpack: i0.wp.com/town.example/…
  /^https?:\/\/i\d\.wp\.com\/(?=[^/.]+(?:\.[^/.]+)+\/)/i,
  /^https?:\/\/cdn\.statically\.io\/img\/(?=[^/.]+(?:\.[^/.]+)+\/)/i,
  // ShortPixel, Optimole and others: …/w_300,q_80/https://…
  /^https?:\/\/(?:[^/]+\.)?(?:shortpixel\.ai|optimole\.com|imagekit\.io|twic\.pics|cloudimg\.io|imgix\.net)\/.*?(?=https?:\/\/)/i,
  /^https?:\/\/(?:images\.weserv\.nl|wsrv\.nl)\/\?(?:[^#]*&)?url=(?=[^&#]+)/i,
  /^https?:\/\/res\.cloudinary\.com\/[^/]+\/image\/fetch\/(?:.*?\/)?(?=https?:)/i,
]

/** Sizes that a service without the scheme of the original has behind the host, and in the query. */
const OPTIONS = /^((?!https?:)[^/?]+\/)(?:[a-z]+=[^/]*\/)?([^?]*).*$/i

/** A wrapper of links, with the parameter that holds the original; `''`: the whole query. */
const LINK_WRAPPERS: Record<string, readonly string[]> = {
  'href.li': [''],
  'anon.to': [''],
  'nullrefer.com': [''],
  'go.skimresources.com': ['url'],
  'redirect.viglink.com': ['u'],
  'l.facebook.com': ['u'],
  'lm.facebook.com': ['u'],
}

/** The address of the picture itself, if this is one that an image service made of it. */
export function originalImage(url: string): string {
  // Cloudflare, for a picture of the site itself: /cdn-cgi/image/width=300/wp-content/…
  const local = url.replace(/^(https?:\/\/[^/]+)\/cdn-cgi\/image\/[^/]+\/(?!https?:)/i, '$1/')
  const service = IMAGE_SERVICES.find(pattern => pattern.test(local))
  if (!service) return local
  const rest = decoded(
    local
      .replace(service, '')
      .replace(/^([^?#&]*)&[^#]*$/, '$1')
      .replace(OPTIONS, '$1$2'),
  )
  return valid(/^https?:\/{1,2}/i.test(rest) ? rest.replace(/^(https?:)\/+/i, '$1//') : `https://${rest}`) ?? local
}

/** The address that a member linked to, if a wrapper of links has replaced it. `site`: the site's own redirects are wrappers, too. */
export function originalLink(url: string, site: string): string {
  const query = url.indexOf('?')
  if (query < 0 || !url.includes('http', query)) return url
  const { hostname, search, searchParams } = new URL(url)
  if (!search.includes('http')) return url
  const names = LINK_WRAPPERS[hostname.replace(/^www\./, '')]
  if (names)
    return names.map(name => valid(name ? searchParams.get(name) : decoded(search.slice(1)))).find(Boolean) ?? url
  const values = [...searchParams.values()]
  const target = values.length === 1 && hostname === new URL(site).hostname ? valid(values[0]) : null
  return target && new URL(target).hostname !== hostname ? target : url
}

/** The address in a parameter of another host's address, as unknown wrappers have it too; null: none. */
export function wrappedLink(url: string): string | null {
  if (!/[?&][^=&?]*=https?(?::|%3a)/i.test(url)) return null
  const { hostname, searchParams } = new URL(url)
  const inner = [...searchParams.values()].map(valid).find(value => value !== null)
  return inner && new URL(inner).hostname !== hostname ? inner : null
}

const valid = (url: string | null | undefined): string | null =>
  url && /^https?:\/\/[^/]/i.test(url) && URL.canParse(url) ? new URL(url).href : null

function decoded(text: string): string {
  try {
    return /^https?%3a/i.test(text) ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}

/** Hosts that deliver the files of other sites. */
const DELIVERY =
  /(?:^|[.-])(?:cdn|static|media|img|images|assets|files)\d*[.-]|\.(?:b-cdn\.net|cloudfront\.net|kxcdn\.com|exactdn\.com|azureedge\.net|akamaized\.net|fastly\.net|netdna-ssl\.com|stackpathcdn\.com|digitaloceanspaces\.com|amazonaws\.com)$/i

/** The path of an uploaded file from `wp-content/uploads/` on, if a delivery network of the site sends it; null: it is any address. */
export function uploadOnCdn(url: string): string | null {
  const [, host = '', path = ''] =
    /^https?:\/\/([^/:]+)(?::[^/]*)?\/(?:.*\/)?(wp-content\/uploads\/.*)$/i.exec(url) ?? []
  return DELIVERY.test(host) ? path : null
}
