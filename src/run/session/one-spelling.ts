import { addressKey, isWithin, targetKey } from '../../model/addresses.js'
import { isDirectoryUrl, isGroupUrl } from '../../model/directories.js'
import type { Page } from '../../model/page.js'
import { isAddress, rebase, sameHost, siteKey } from '../../model/urls.js'
import type { RunDeps } from './options.js'

/**
 * The targets, each in one spelling: as it was registered, or named first. A site that has moved has its new address. Scheme, `www.`,
 * slashes, capitals and percent-encoding make no difference, and a tab of a group that the archive knows is the group.
 */
export function oneSpelling(urls: readonly string[], archive: RunDeps['archive']): string[] {
  const known = new Map(archive.registered().map(({ url }) => [targetKey(url), url]))
  const chosen = urls.map(named => {
    const url = archive.moves.url(named)
    const home = isAddress(url) ? archive.homeOf(url) : null
    const target = home === null ? url : rebase(home, url)
    const registered = known.get(targetKey(url)) ?? known.get(targetKey(target))
    if (registered !== undefined) return secured(registered, target, archive)
    known.set(targetKey(target), target)
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

/** The address of the group or member that this page is a tab of, as the target is spelled; null: of none, or it is the page itself. */
export function homeOf({ wall, about, group, member, streamUrl }: Page, target: string): string | null {
  const isStream = member?.url && streamUrl && addressKey(streamUrl) === addressKey(target)
  const home = about.kind === 'group' ? group?.url : isStream ? member.url : null
  if (wall || !home || !sameHost(home, target) || !isWithin(target, home)) return null
  const own = rebase(home, target)
  return own === target ? null : own
}

/** Targets that the target of a whole site includes, for the same reader: its groups, and its directory of groups. */
export function partsOf(url: string, archive: RunDeps['archive']): string[] {
  const site = isAddress(url) ? archive.siteOf(url) : null
  if (site === null || (siteKey(url) !== siteKey(site) && !isDirectoryUrl(url, site))) return []
  const targets = archive.registered().filter(target => isAddress(target.url))
  const whole = targets.find(target => target.url === url)?.options
  const isPart = (other: string) =>
    other !== url && isWithin(other, url) && (isGroupUrl(other) || isDirectoryUrl(other, site))
  const isLeftOut = (other: string) => whole?.without?.some(group => isWithin(other, group)) === true
  const parts = targets.filter(({ options, url }) => options.reader === whole?.reader && isPart(url) && !isLeftOut(url))
  return parts.map(({ url }) => url)
}
