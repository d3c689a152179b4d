import { addressOnSite, hostOfFolder } from '../../../model/markup/mirrored-url.js'

/**
 * The address of a file in a mirror, by its path: `example.org/groups/x/index.html` is `https://example.org/groups/x/`. Of several folders
 * with the form of a host, the page links to the right one. Null: no folder is named after a host.
 */
export function mirroredAddress(path: string, source: string): string | null {
  const parts = path.split(/[/\\]/)
  const hosts = parts.slice(0, -1).flatMap((name, at) => {
    const host = hostOfFolder(name)
    return host === null ? [] : [{ host, at }]
  })
  const found = hosts.find(({ host }) => source.includes(`//${host}/`)) ?? hosts.at(-1)
  if (!found) return null
  const url = `${schemeOf(found.host, source)}://${found.host}/${parts
    .slice(found.at + 1)
    .map(escaped)
    .join('/')}`
  return URL.canParse(url) ? addressOnSite(url) : null
}

const schemeOf = (host: string, source: string): 'http' | 'https' =>
  source.includes(`http://${host}/`) && !source.includes(`https://${host}/`) ? 'http' : 'https'

/** Names of files hold percent-encoding as it is, and other characters decoded. */
const escaped = (name: string): string => encodeURIComponent(name).replace(/%25([0-9a-f]{2})/gi, '%$1')
