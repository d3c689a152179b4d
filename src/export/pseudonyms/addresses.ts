import { domainToUnicode } from 'node:url'
import { ERASED } from '../../model/people/known-person.js'
import { isProfileFolder, profileSlug } from '../../model/people/profile-address.js'
import type { NameMatch, Pseudonym } from './name-finder.js'
import type { Pseudonyms } from './pseudonyms.js'

/** Fields of a query that name a member. */
const OF_MEMBER = /^(?:bp_members?|user(?:_?id|name|nicename|login)?|member(?:_?id)?|author|uid)$/i

/** Pictures of members: the addresses hold numbers of members, or hashes of their e-mail addresses. */
const AVATAR = /gravatar\.com\/|\/avatars?\/|user-avatar/i

export const isAvatar = (url: string): boolean => AVATAR.test(url)

/** Addresses without names: those of profiles lead to the pseudonym, and any other part of an address is searched for names. */
export class Addresses {
  /** Base URLs, longest first. */
  private readonly sites: readonly string[]
  private readonly hosts: ReadonlySet<string>

  /** `sites`: base URLs of the sites of the archive. */
  constructor(
    private readonly people: Pseudonyms,
    sites: Iterable<string>,
  ) {
    this.sites = [...new Set(sites)].filter(site => URL.canParse(site)).sort((a, b) => b.length - a.length)
    this.hosts = new Set(this.sites.map(site => bareHost(new URL(site).host)))
  }

  /** Whose profile, or page below it, this is; null: nobody's, or an erased member's. `base`: what a relative address belongs to. */
  profileOf(url: string, base: string): Pseudonym | null {
    if (!URL.canParse(url, base)) return null
    const { host, pathname, href } = new URL(url, base)
    if (!this.isOurs(host)) return null
    const site = this.siteOf(href)
    const parts = pathname.split('/').filter(Boolean).map(decoded)
    const slug = profileSlug(parts)
    return slug === null || slug === ERASED ? null : this.memberCalled(slug, site)
  }

  /** The address with pseudonyms. `base`: what a relative one belongs to. Null: none that a document could lead to. */
  cover(url: string, base: string): string | null {
    if (!URL.canParse(url, base)) return null
    const address = new URL(url, base)
    if (!/^https?:$/.test(address.protocol)) return null
    const site = this.siteOf(address.href)
    const host = this.coveredHost(address.hostname)
    const path = this.coveredPath(address, site)
    const query = this.coveredQuery(address, site)
    const hash =
      address.hash === ''
        ? ''
        : `#${this.coveredPart(decoded(address.hash.slice(1)), site, false) ?? address.hash.slice(1)}`
    const isSame = host === null && path === null && query === null && hash === address.hash && !address.username
    if (isSame) return address.href
    const port = host === null && address.port ? `:${address.port}` : ''
    return `${address.protocol}//${host ?? address.hostname}${port}${path ?? address.pathname}${query ?? address.search}${hash}`
  }

  /** A name in URLs that is none of a member. */
  slug(slug: string): string {
    return this.coveredPart(decoded(slug), '', false) ?? slug
  }

  /** Null: it names nobody. */
  private coveredHost(host: string): string | null {
    if (this.isOurs(host)) return null
    const [first] = this.people.finder.matches(host.includes('xn--') ? domainToUnicode(host) : host)
    return first ? `${first.who.slug}.invalid` : null
  }

  private coveredPath({ pathname, host }: URL, site: string): string | null {
    const parts = pathname.split('/')
    let isChanged = false
    const covered = parts.map((part, at) => {
      const isProfile = this.isOurs(host) && isProfileFolder(parts[at - 1] ?? '')
      const own = part === '' ? null : this.coveredPart(decoded(part), site, isProfile)
      isChanged ||= own !== null
      return own === null ? part : encodeURIComponent(own)
    })
    return isChanged ? covered.join('/') : null
  }

  private coveredQuery({ search, searchParams, host }: URL, site: string): string | null {
    if (search === '') return null
    const fields = [...searchParams].map(([name, value]): [string, string] => {
      const isMember = this.isOurs(host) && OF_MEMBER.test(name)
      return [
        this.people.finder.matches(name).length > 0 ? 'name' : name,
        this.coveredPart(value, site, isMember) ?? value,
      ]
    })
    const isSame = [...searchParams].every(([name, value], at) => fields[at]?.[0] === name && fields[at]?.[1] === value)
    return isSame ? null : `?${new URLSearchParams(fields)}`
  }

  /** `isMember`: it is a slug or an id of a member. Null: it names nobody. */
  private coveredPart(part: string, site: string, isMember: boolean): string | null {
    if (isMember) return part === ERASED ? null : this.memberCalled(part, site).slug
    const plain = decoded(part)
    const nested = /^https?:\/\//i.test(plain) ? this.cover(plain, plain) : null
    if (nested !== null) return nested === plain ? null : nested
    const matches = this.people.finder.matches(plain)
    return matches.length === 0 ? null : withSlugs(plain, matches)
  }

  private memberCalled(word: string, site: string): Pseudonym {
    return this.people.ofSlug(site, word) ?? this.people.ofId(site, word) ?? this.people.unknown(site, word)
  }

  private isOurs(host: string): boolean {
    return this.hosts.has(bareHost(host))
  }

  /** Of several sites of one host, the one whose folder it is in. */
  private siteOf(url: string): string {
    const bare = withoutScheme(url)
    return this.sites.find(site => bare.startsWith(withoutScheme(site))) ?? url
  }
}

const bareHost = (host: string): string => host.replace(/^www\./, '')
const withoutScheme = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '')

/** Most times that an address within addresses is decoded. */
const MOST_DECODED = 5

/** What is encoded several times, as an address within another one is, is decoded as often. */
function decoded(text: string): string {
  let plain = text
  for (let time = 0; time < MOST_DECODED && plain.includes('%'); time++)
    try {
      plain = decodeURIComponent(plain)
    } catch {
      break
    }
  return plain
}

function withSlugs(text: string, matches: readonly NameMatch[]): string {
  let out = ''
  let from = 0
  for (const { start, end, who } of matches) {
    out += text.slice(from, start) + who.slug
    from = end
  }
  return out + text.slice(from)
}
