import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { ArchiveReader, StoredGroup, ThreadSummary } from '../../model/archive.js'
import { knownAddress } from '../../model/unknown-site.js'
import { safeComponent, slug, uniqueNames } from '../names.js'

/** What names the files of a folder or a page: characters that no file system and no address treats as special. */
const MAX_BYTES = 60

type Named = Pick<ThreadSummary, 'site' | 'group'>

/**
 * The paths of the pages of a site: `SITE/GROUP/thread-ID.html`. They depend on addresses and ids only, which stay, and never on titles, so
 * that links to a page and to a post in it (`#post-ID`) stay right in later exports.
 */
export class Paths {
  private readonly sites = new Map<string, string>()
  private readonly folders = new Map<string, string>()
  private readonly uniqueSite = uniqueNames()
  private readonly uniqueFolder = uniqueNames()

  /** The groups of the archive come first, so that a selection of them has the same folders. */
  constructor(archive: Pick<ArchiveReader, 'groups'>) {
    for (const name of ASSETS) this.uniqueSite(name, 'asset')
    for (const group of archive.groups()) this.folder({ site: group.site, group })
  }

  /** The folder of a group, or of the threads of a site that are in no group. */
  folder({ site, group }: { site: string; group: StoredGroup | null }): string {
    const key = groupKey({ site, group })
    const known = this.folders.get(key)
    if (known !== undefined) return known
    const own = slug(group?.slug || group?.name || '', MAX_BYTES) || 'no-group'
    const folder = this.uniqueFolder(`${this.site(site)}/${safeComponent(own)}`, group?.id ?? 'more')
    this.folders.set(key, folder)
    return folder
  }

  private site(url: string): string {
    const known = this.sites.get(url)
    if (known !== undefined) return known
    const own = slug((knownAddress(url) ?? '').replace(/^https?:\/\//i, ''), MAX_BYTES, '.') || 'no-site'
    const folder = this.uniqueSite(safeComponent(own), 'more')
    this.sites.set(url, folder)
    return folder
  }

  index(of: Named): string {
    return `${this.folder(of)}/index.html`
  }

  /** `month`: `2026-11`, or `undated`. `part` counts from 1. */
  month(of: Named, month: string, part: number): string {
    return `${this.folder(of)}/${numbered(month, part)}`
  }

  thread(thread: Named & { id: string }, part = 1): string {
    return `${this.folder(thread)}/${numbered(`thread-${idName(thread.id)}`, part)}`
  }

  /** A part of what the search looks through. */
  shard(of: Named, year: string, part: number): string {
    return `${this.folder(of)}/search-${numbered(year, part).replace(/html$/, 'js')}`
  }
}

/** Files beside the folders of the sites. */
const ASSETS = ['index.html', 'style.css', 'search.js', 'media'] as const

export const groupKey = ({ site, group }: { site: string; group: StoredGroup | null }): string =>
  `${site} ${group?.url ?? ''}`

const numbered = (name: string, part: number): string => `${name}${part > 1 ? `.${part}` : ''}.html`

/** The anchor of a post. */
export const anchorOf = (id: string): string => `post-${idName(id)}`

/** Letters, digits and `-` stay; `bbp:12` becomes `bbp_12`; any other character becomes its number. Two ids never have one name. */
function idName(id: string): string {
  const name = id.replace(/[^A-Za-z0-9-]/gu, one => (one === ':' ? '_' : `~${one.codePointAt(0)?.toString(16)}~`))
  return name.length <= MAX_BYTES
    ? name
    : `${name.slice(0, 20)}~${createHash('sha256').update(id).digest('hex').slice(0, 32)}`
}

/** A link from one page to another, or to an address in it. */
export const linkTo = (from: string, to: string, anchor = ''): string =>
  `${from === to && anchor !== '' ? '' : encodeURI(posix.relative(posix.dirname(from), to))}${anchor && `#${anchor}`}`
