import { withSlash } from '../urls.js'

/**
 * A folder that may be named after a host: `example.org`, `example.org:8080` (wget), `example.org_8080` (HTTrack), `example.org+8080`
 * (wget on Windows).
 */
const HOST = /^((?:[a-z0-9-]+\.)+(?:[a-z]{2,}|\d+)|localhost)(?:(?::|%3A|[+_])(\d+))?$/i

/** The host, with its port, that a folder of a mirror is named after; null: none. */
export function hostOfFolder(folder: string): string | null {
  const [, name, port] = HOST.exec(folder) ?? []
  return name ? name + (port ? `:${port}` : '') : null
}

/** The address on the site of a file in a mirror: `…/groups/x/index.html` is `…/groups/x/`. Any other address is returned unchanged. */
export function addressOnSite(url: string): string {
  const address = new URL(url)
  const [folder, name] = cutAtLast(address.pathname)
  const [, file = '', query = ''] = NAME.exec(unescaped(name)) ?? []
  if (!EXTENSION.test(file) && query === '') return url
  const page = file.replace(EXTENSION, '')
  address.pathname = (folder + (INDEX.test(page) ? '' : withSlash(encodeURIComponent(page)))).replace(HOME_TAB, '$1')
  if (query !== '') address.search = query
  return address.href
}

/** wget writes the query into the name, with `@` for `?` where a file may not have it, and an extension behind it. */
const NAME = /^([^?@]*)(?:[?@]([\w%[\].-]+=.*?)(?:\.html?)?)?$/i
const EXTENSION = /\.html?(?:\.\d+)?$/i
/** HTTrack writes a hash of the query into the name, from which the query can't be had: `index2f3a.html`. */
const INDEX = /^index(?:[0-9a-f]{4})?$/i

/** BuddyPress redirects from `/groups/x/home/` to `/groups/x/`; wget then gives all links to the group the name under which it was asked. */
const HOME_TAB = /^((?:\/[^/]+){2,}\/)home\/$/

const cutAtLast = (path: string): [string, string] => {
  const at = path.lastIndexOf('/') + 1
  return [path.slice(0, at), path.slice(at)]
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
