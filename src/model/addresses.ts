import { withoutNul } from './markup/storable-text.js'
import { type Address, addressOf, isAddress, isNormal, withSlash } from './urls.js'

/**
 * The addresses of a community. With plain permalinks (BuddyPress 12 and later) the query says which page an address means:
 * `/?bp_groups=1&bp_group=SLUG` is what `/groups/SLUG/` is elsewhere.
 */

/** The fields of plain permalinks in the order of the path, by the field that names the directory (bp-*-component.php, `rewrite_ids`). */
const PLAIN: Record<string, { folder: string; fields: readonly string[] }> = {
  bp_groups: { folder: 'groups', fields: ['bp_group', 'bp_group_action', 'bp_group_action_variables'] },
  bp_members: {
    folder: 'members',
    fields: ['bp_member', 'bp_member_component', 'bp_member_action', 'bp_member_action_variables'],
  },
  bp_activities: { folder: 'activity', fields: ['bp_activity_action', 'bp_activity_action_variables'] },
}

/** The directory that a plain permalink names, also where a form or a script has sent its field as a list: `?bp_groups[]=1`. */
const plainOf = (url: Address) => {
  if (!url.search.includes('bp_')) return undefined
  const names = new Set([...url.searchParams.keys()].map(fieldOf))
  const name = Object.keys(PLAIN).find(field => names.has(field))
  return name === undefined ? undefined : PLAIN[name]
}

/** True for an address of BuddyPress in the form of plain permalinks. */
export const isPlain = (url: string): boolean => plainOf(addressOf(url)) !== undefined

/** Fields by which WordPress finds a page or a list of posts without a path: `/?p=12`. */
const SHORT = /[?&](p|page_id|attachment_id|pagename|name|cat|category_name|tag|author|author_name|m)=/

/** True for a short address of WordPress, which leads to the front page where there is nothing behind it. */
export const isShortAddress = (url: string): boolean => SHORT.test(addressOf(url).search)

/** `bp_activity_action_variables[0]` belongs to the field `bp_activity_action_variables`. */
const fieldOf = (name: string): string => name.replace(/\[\d*\]$/, '')

const valuesOf = (url: Address, field: string): string[] =>
  [...url.searchParams].filter(([name]) => fieldOf(name) === field).map(([, value]) => value)

/** Decoded, non-empty segments of the path; those of a plain permalink are as in the path that it stands for. */
export function segments(url: string): string[] {
  const address = addressOf(url)
  const path = address.pathname.split('/').filter(Boolean).map(decoded)
  const plain = plainOf(address)
  if (!plain) return path
  const folders = path.filter(part => part !== 'index.php')
  return [
    ...folders,
    plain.folder,
    ...plain.fields.flatMap(field => valuesOf(address, field).map(decoded)).filter(Boolean),
  ]
}

/** The decoded text of a slug or segment, in the composed form of Unicode. WordPress stores and prints slugs percent-encoded. */
export function decoded(segment: string): string {
  try {
    return withoutNul(decodeURIComponent(segment)).normalize('NFC')
  } catch {
    // MySQL may have cut a long slug in the middle of a character.
    return segment.toLowerCase()
  }
}

/** True if two slugs are the same to WordPress, in whatever spelling. */
export const isSameSlug = (a: string, b: string): boolean => slugKey(a) === slugKey(b)
const slugKey = (slug: string) => decoded(slug).toLowerCase()

/**
 * The URL without fragment and without the fields of the query that do not say which page it is. Percent-encoding is in lower case,
 * as WordPress prints it, so that one page has one URL.
 */
export function bareUrl(url: string): string {
  if (!TO_CHANGE.test(url) && isNormal(url)) return url
  const bare = new URL(url)
  const kept = plainOf(bare) ? [...bare.searchParams].filter(([name]) => name.startsWith('bp_')) : []
  bare.search = new URLSearchParams(kept).toString()
  bare.hash = ''
  return spelled(bare)
}

/** A query, a fragment, or percent-encoding in upper case. */
const TO_CHANGE = /[?#]|%[0-9a-f]?[A-F]/

/**
 * The URL with percent-encoding in lower case, as WordPress prints it and as its rewrite rules expect it: BuddyPress 12 and later
 * does not find a page by `%D0%B3`. `URL` writes upper case, also where it was lower case before a change of the query.
 */
export const spelled = ({ href }: Pick<URL, 'href'>): string =>
  href.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())

/**
 * Key of an address: host without `www.` and port, then the segments, decoded and in lower case, each with a slash. All spellings of
 * an address have the same key, and the key of a page begins with the keys of the pages above it.
 */
export function addressKey(url: string): string {
  const host = addressOf(url).host.replace(/^www\./, '')
  return [host, ...segments(url).map(slugKey)].map(part => `${part.replaceAll('/', '%2f')}/`).join('')
}

/** Key of a target, the same for all of its spellings. A target of another source is no address. */
export function targetKey(target: string): string {
  if (!isAddress(target)) return target
  return addressKey(target) + (isPlain(target) ? '' : addressOf(target).search)
}

export const isSameTarget = (a: string, b: string): boolean => targetKey(a) === targetKey(b)

/** True if the address is that of `home`, or of a page below it. */
export const isWithin = (url: string, home: string): boolean => addressKey(url).startsWith(addressKey(home))

/** The address of a page below a directory, group or member: `below('https://example.org/members/anna/', 'activity', '5')`. */
export function below(home: string, ...names: string[]): string {
  const url = new URL(home)
  const path = names.filter(Boolean)
  const plain = plainOf(url)
  if (!plain)
    return spelled(new URL(path.map(part => `${encodeURIComponent(part)}/`).join(''), withSlash(bareUrl(home))))
  const free = plain.fields.filter(field => valuesOf(url, field).length === 0)
  for (const [at, part] of path.entries()) url.searchParams.append(free[at] ?? `${free.at(-1)}[]`, part)
  return spelled(url)
}

/** Most pages above a page, and fields of a plain permalink: an address of a community has fewer than ten. */
const MAX_ANCESTORS = 30

/** The addresses of the pages above and of the page itself, shortest first, each with a closing slash or its fields; of longer ones the first 30. */
export function ancestors(url: string): string[] {
  const address = addressOf(bareUrl(url))
  const plain = plainOf(address)
  if (!plain) return foldersOf(address)
  const base = new URL(address.href)
  base.search = ''
  const fields = [...address.searchParams].slice(0, MAX_ANCESTORS)
  return fields.map((_, at) => {
    base.search = new URLSearchParams(fields.slice(0, at + 1)).toString()
    return spelled(base)
  })
}

function foldersOf(address: Address): string[] {
  const parts = address.pathname.split('/').filter(Boolean).slice(0, MAX_ANCESTORS)
  return parts.map((_, at) => `${address.origin}/${parts.slice(0, at + 1).join('/')}/`)
}

/** Slugs of the activity directory and of the activity tab, as an installation makes them from the translated titles. */
const ACTIVITY = new Set(
  'activity activities aktivitaet aktivitaeten aktivitat aktivitaten activite activites actividad actividades atividade atividades attivita activiteit activiteiten aktivitet aktiviteter aktywnosc aktivity aktivita активность активности активність activitate activitats aktivnosti aktiviteetit etkinlik aktivitas アクティビティ 活动 활동 news-feed'.split(
    ' ',
  ),
)

/** True for the address of a stream below a member: `/members/X/activity/`. */
export const isActivityTab = (url: string): boolean => ACTIVITY.has(segments(url).at(-1)?.toLowerCase() ?? '')

/** Segments whose numbers below them are no ids of activity: slugs of groups, members, topics and pages. */
const OTHERS = /^(groups?|members?|forums?|topics?|reply|replies|users?|page|\d+)$/

/**
 * The activity id in a permalink of any form (`/activity/p/ID/`, `/members/X/activity/ID/`, `/?bp_members=1&…`); the fragment is
 * ignored. Null: none. A group or member may have a number for a slug (`/groups/2024/`), so a number alone is no permalink.
 */
export function activityIdOf(url: string): string | null {
  const parts = segments(url)
  const [folder = '', last = ''] = parts.slice(-2)
  if (parts.length < 2 || !/^\d+$/.test(last)) return null
  const name = folder.toLowerCase()
  const isActivity = name === 'p' || ACTIVITY.has(name) || (parts.length > 3 && !OTHERS.test(name))
  return isActivity ? plainNumber(last) : null
}

/**
 * `/members/X/activity/ID/` and `/groups/X/activity/ID/` as `/activity/p/ID/`, which BuddyPress redirects to the author's folder
 * (bp-activity/screens/permalink.php). Null: another address.
 */
export function ownPermalink(url: string): string | null {
  const id = isPlain(url) ? null : activityIdOf(url)
  const [activity = ''] = segments(url).slice(-2)
  if (id === null || segments(url).length < 4 || activity.toLowerCase() === 'p') return null
  return below(ancestors(url).at(-5) ?? new URL(url).origin, activity, 'p', id)
}

/** The site reads `01` as 1. */
export const plainNumber = (digits: string): string => digits.replace(/^0+(?=\d)/, '')

/** True for `/activity/p/ID/`, `/members/X/activity/ID/` and similar paths with any slugs. */
export const isPermalink = (url: string): boolean => activityIdOf(url) !== null
