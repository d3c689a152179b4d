import type { ArchiveReader, Completeness, GroupSummary } from '../../model/archive.js'
import { ENGLISH, type Locale } from '../../model/locale/locale.js'
import { knownAddress } from '../../model/unknown-site.js'
import { safeUrl } from '../body/urls.js'
import { isClosed } from '../closed-groups.js'
import { cleanLine, isVisible, listed } from '../text.js'
import { rangeWords } from '../words/dates.js'
import { groupName } from '../words/names.js'
import { countWords, seenOf } from '../words/status.js'
import type { FirstWords, GroupIndex } from './index-pages.js'
import { type Content, html, linked, type Markup } from './markup.js'
import { type Frame, pageAround, whole } from './page.js'
import { groupKey, linkTo } from './paths.js'
import type { SearchBox } from './search-box.js'
import { nameOfGroup } from './thread-page.js'

/** What the first page says of a group. */
type GroupLine = Pick<
  GroupIndex,
  'site' | 'siteName' | 'group' | 'path' | 'view' | 'threads' | 'facts' | 'readings' | 'sum'
>

type Groups = Pick<ArchiveReader, 'groups'>

/** The first page of several groups: the sites with their groups, how complete each is, and which ones are closed. */
export function rootPage(groups: readonly GroupLine[], archive: Groups, search: SearchBox): Iterable<string> {
  const known = new Map([...archive.groups()].map(group => [groupKey({ site: group.site, group }), group]))
  const sites = [...new Set(groups.map(({ site }) => site))]
  const [only, ...others] = sites
  const title = only !== undefined && others.length === 0 ? siteTitle(groups[0]) : 'Kept discussions'
  const frame: Frame = {
    title,
    path: 'index.html',
    ...search.frame,
    header: html`<h1 dir="auto">${title}</h1>\n<p class="status">${statusOf(groups, sites, known)}</p>`,
    footer: html`<p>Kept by threadkeep. What people wrote stays theirs: ask before you publish it.</p>`,
  }
  const sections = sites.map((site, at) => {
    const own = groups.filter(group => group.site === site)
    const heading = others.length === 0 ? 'Groups' : html`<bdi>${siteTitle(own[0])}</bdi>`
    return siteSection(own, heading, at + 1, known)
  })
  return pageAround(frame, whole(search.box, sections))
}

/** The site and its closed groups, for a first page that is the page of a group. */
export const firstWords = (group: GroupLine, archive: Groups): FirstWords => ({
  site: html`<bdi>${siteTitle(group)}</bdi>`,
  closed: closedWords(group.site, [...archive.groups()]),
})

/** The name of the community, else its host. */
function siteTitle(of: Pick<GroupLine, 'site' | 'siteName'> | undefined): string {
  const name = cleanLine(of?.siteName ?? '')
  return isVisible(name) ? name : hostOf(of?.site ?? '')
}

const hostOf = (site: string): string =>
  (knownAddress(site) ?? 'Texts without an address').replace(/^https?:\/\//i, '').replace(/\/$/, '')

/** `3 groups of town.example: 40 threads, 300 posts. As of 2 December 2026, as a visitor sees it: 2 groups complete, 1 incomplete.` */
function statusOf(
  groups: readonly GroupLine[],
  sites: readonly string[],
  known: ReadonlyMap<string, GroupSummary>,
): Content {
  const clock = groups[0]?.view.clock
  const locale = clock?.locale ?? ENGLISH
  const [site = '', ...more] = sites
  const threads = groups.reduce((sum, group) => sum + group.threads, 0)
  const posts = groups.reduce((sum, { facts }) => sum + facts.posts, 0)
  const where =
    more.length > 0 ? `${sites.length} sites` : linked(hostOf(site), safeUrl(knownAddress(site) ?? '', 'about:blank'))
  const counts = html`${countWords(groups.length, 'group', locale)}${sites.length > 0 && html` of ${where}`}: ${countWords(threads, 'thread', locale)}, ${countWords(posts, 'post', locale)}.`
  const states = groups.map(group => heldOf(group, known).state)
  const sums = STATES.map(([state, words]) => [states.filter(one => one === state).length, words] as const)
  const said = sums.flatMap(([count, words]) => (count === 0 ? [] : [`${countWords(count, 'group', locale)} ${words}`]))
  const seen = clock
    ? seenOf(
        groups.flatMap(({ readings }) => readings),
        clock,
      ).words
    : ''
  const ends = [seen && `${seen[0]?.toUpperCase()}${seen.slice(1)}`, listed(said)].filter(Boolean).join(': ')
  return ends === '' ? counts : html`${counts} ${ends}.`
}

const STATES = [
  ['complete', 'complete'],
  ['short', 'incomplete'],
  ['unknown', 'not known to be complete'],
] as const

function siteSection(
  groups: readonly GroupLine[],
  heading: Content,
  number: number,
  known: ReadonlyMap<string, GroupSummary>,
): Markup {
  const id = `site-${number}`
  const line = (group: GroupLine) =>
    html`<li><a href="${linkTo('index.html', group.path)}" dir="auto">${nameOfGroup(group.group)}</a><p class="meta">${aboutGroup(group, heldOf(group, known))}</p></li>\n`
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
<ul class="threads">
${groups.map(line)}</ul>
${closedWords(groups[0]?.site ?? '', [...known.values()])}</section>
`
}

function aboutGroup({ threads, facts, view }: GroupLine, held: Completeness): string {
  const { locale } = view.clock
  const { from, to } = facts
  const period = from && to ? `, ${rangeWords(view.clock.at(from).day, view.clock.at(to).day, locale)}` : ''
  return `${listed([countWords(threads, 'thread', locale), countWords(facts.posts, 'post', locale)])}${period}; ${heldWords(held, locale)}`
}

/** That of the threads which are shown, unless the site counts posts of the group that it did not show, or its list was not read to the end. */
function heldOf(group: GroupLine, known: ReadonlyMap<string, GroupSummary>): Completeness {
  const whole = known.get(groupKey(group))?.completeness
  return whole && group.sum.state === 'complete' ? (whole.state === 'complete' ? group.sum : whole) : group.sum
}

/** `complete, 43 of 43 posts held`, `incomplete, 41 of 43 posts held`, `not known to be complete`. */
function heldWords({ state, held, claimed }: Completeness, { number }: Locale): string {
  const words = STATES.find(([one]) => one === state)?.[1] ?? ''
  return state === 'unknown' || claimed === null ? words : `${words}, ${number(held)} of ${number(claimed)} posts held`
}

/** More names than this are counted. */
const MOST_NAMED = 12

/** The groups of a site that its reader could not see. */
function closedWords(site: string, known: readonly GroupSummary[]): Content {
  const closed = known.filter(group => group.site === site && isClosed(group))
  if (closed.length === 0) return null
  const names = closed.slice(0, MOST_NAMED).map((group, at) => html`${at > 0 && ', '}<bdi>${groupName(group)}</bdi>`)
  const more = closed.length > MOST_NAMED && ` and ${closed.length - MOST_NAMED} more`
  return html`<p class="meta">For members only, and nothing of ${closed.length === 1 ? 'it' : 'them'} is kept: ${names}${more}.</p>\n`
}
