import { addressKey, isPlain, isWithin } from '../../model/addresses.js'
import type { Page } from '../../model/page.js'
import { isAddress, rebase, sameHost } from '../../model/urls.js'
import type { RunDeps } from './options.js'

/**
 * The targets, each in one spelling: as it was registered, or named first. Scheme, `www.`, slashes, capitals and percent-encoding
 * make no difference, and a tab of a group that the archive knows is the group.
 */
export function oneSpelling(urls: readonly string[], archive: RunDeps['archive']): string[] {
  const known = new Map(archive.registered().map(({ url }) => [keyOf(url), url]))
  const chosen = urls.map(url => {
    const home = isAddress(url) ? archive.homeOf(url) : null
    const target = home === null ? url : rebase(home, url)
    const registered = known.get(keyOf(url)) ?? known.get(keyOf(target))
    if (registered !== undefined) return secured(registered, target, archive)
    known.set(keyOf(target), target)
    return target
  })
  return [...new Set(chosen)]
}

/** A site that has moved to https is read there from now on. */
function secured(registered: string, named: string, archive: RunDeps['archive']): string {
  if (!registered.startsWith('http:') || !named.startsWith('https:')) return registered
  archive.respell(registered, named)
  return named
}

/** Key of a target, the same for all of its spellings. */
function keyOf(url: string): string {
  if (!isAddress(url)) return url
  return addressKey(url) + (isPlain(url) ? '' : new URL(url).search)
}

export const isSameTarget = (a: string, b: string): boolean => keyOf(a) === keyOf(b)

/** The address of the group or member that this page is a tab of, as the target is spelled; null: of none, or it is the page itself. */
export function homeOf({ wall, about, group, member, streamUrl }: Page, target: string): string | null {
  const isStream = member?.url && streamUrl && addressKey(streamUrl) === addressKey(target)
  const home = about.kind === 'group' ? group?.url : isStream ? member.url : null
  if (wall || !home || !sameHost(home, target) || !isWithin(target, home)) return null
  const own = rebase(home, target)
  return own === target ? null : own
}
