import { type Answer, html, redirect, type SeenRequest } from './answer.js'
import type { DemoGroup, DemoPost } from './community.js'
import { groupFeed, siteFeed } from './feed.js'
import { GROUP_PAGE_SIZE, type GroupsPage } from './markup/pack.js'
import { activityPage, groupPage, groupsPage, memberPage, permalinkPage } from './markup/pages.js'
import { frontPage, loginPage, membersOnlyPage, notFoundPage } from './markup/plain-pages.js'
import { groupUrl, memberUrl, type Site } from './site.js'
import { pageNumber, type StreamPage, streamAt, streamPage } from './streams.js'

export interface PageRequest {
  /** Below the site's address, without slashes at either end: `groups/gardeners`. */
  path: string
  query: URLSearchParams
  /** `If-None-Match`. */
  known: string | null
}

export const pageRequest = (path: string, request: SeenRequest): PageRequest => ({
  path: path.replace(/^\/+|\/+$/g, ''),
  query: request.query,
  known: request.headers['if-none-match'] ?? null,
})

const notFound = (site: Site): Answer => html(notFoundPage(site), 404)

export function answerPage(site: Site, request: PageRequest, membersOnly: boolean): Answer {
  const [area = '', ...rest] = request.path.split('/')
  const isCommunity = ['groups', 'members', 'activity'].includes(area)
  if (isCommunity && membersOnly) return closed(site, request)
  if (area === 'groups') return groupsArea(site, request, rest)
  if (area === 'members') return membersArea(site, request, rest)
  if (area === 'activity') return activityArea(site, request, rest)
  if (area === 'wp-login.php') return html(loginPage(site, request.query.get('redirect_to') ?? `${site.url}wp-admin/`))
  if (area === 'wp-admin') return toLogin(site, request)
  if (area === 'robots.txt') return robots(site)
  return area === '' ? html(frontPage(site)) : notFound(site)
}

const closed = (site: Site, request: PageRequest): Answer =>
  request.path.endsWith('/feed') ? notFound(site) : html(membersOnlyPage(site, `${site.url}${request.path}/`))

function toLogin(site: Site, request: PageRequest): Answer {
  const back = encodeURIComponent(`${site.url}${request.path}/`)
  return redirect(`${site.url}wp-login.php?redirect_to=${back}&bp-auth=1&action=bpnoaccess`)
}

function robots(site: Site): Answer {
  const { pathname, origin } = new URL(site.url)
  if (pathname !== '/') return notFound(site)
  const rules = 'User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n'
  const body = `${rules}\nSitemap: ${origin}/wp-sitemap.xml\n`
  return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body }
}

function groupsArea(site: Site, request: PageRequest, rest: string[]): Answer {
  const [slug, tab] = rest
  if (slug === undefined) return html(groupsPage(site, groupsSlice(site, pageNumber(request.query.get('grpage')))))
  const group = site.view.group(slug)
  if (!group || group.status === 'hidden') return notFound(site)
  if (tab === undefined) return html(groupPage(site, group, pageAt(site, request)))
  return groupTab(site, request, group, tab)
}

/** The stream is the group's home, so its own tab leads there: `/activity/` to `/home/` to `/`. */
function groupTab(site: Site, request: PageRequest, group: DemoGroup, tab: string): Answer {
  if (tab === 'activity' || tab === 'home') {
    const next = tab === 'activity' ? 'home/' : ''
    return redirect(`${groupUrl(site, group)}${next}${queryOf(request)}`, 301)
  }
  if (group.status !== 'public') return toLogin(site, request)
  return tab === 'feed' ? groupFeed(site, group, request) : notFound(site)
}

function queryOf(request: PageRequest): string {
  const query = request.query.toString()
  return query === '' ? '' : `?${query}`
}

export function groupsSlice(site: Site, number: number): GroupsPage {
  const shown = site.community.groups.filter(group => group.status !== 'hidden')
  const groups = shown.slice((number - 1) * GROUP_PAGE_SIZE, number * GROUP_PAGE_SIZE)
  return { groups, total: shown.length, number }
}

function pageAt(site: Site, request: PageRequest): StreamPage {
  const path = `${request.path}/`
  const stream = streamAt(site, path) ?? { kind: 'group' as const, path, posts: [] }
  return streamPage(stream, pageNumber(request.query.get('acpage')))
}

function membersArea(site: Site, request: PageRequest, rest: string[]): Answer {
  const [slug = '', tab, id] = rest
  const member = site.view.memberNamed(slug)
  if (!member) return notFound(site)
  if (tab === undefined) return html(memberPage(site, member, pageAt(site, request)))
  if (tab !== 'activity') return toLogin(site, request)
  if (id === undefined) return redirect(`${memberUrl(site, slug)}${queryOf(request)}`, 301)
  const page = pageAt(site, request)
  const isTheirs = page.posts[0]?.memberId === member.id
  return isTheirs ? html(permalinkPage(site, member, page)) : toLogin(site, request)
}

function activityArea(site: Site, request: PageRequest, rest: string[]): Answer {
  if (rest.length === 0) return html(activityPage(site, pageAt(site, request)))
  if (rest[0] === 'feed') return siteFeed(site, request)
  if (rest[0] !== 'p') return toLogin(site, request)
  const post = rest.length === 2 ? site.view.post(Number(rest[1])) : undefined
  return post && post.parentId === null ? toAuthor(site, request, post) : notFound(site)
}

/** A thread lives below its author; where that member was deleted, the way ends at the front page. */
function toAuthor(site: Site, request: PageRequest, post: DemoPost): Answer {
  if (site.view.group(post.groupSlug)?.status === 'hidden') return notFound(site)
  if (!site.view.isPublic(post)) return toLogin(site, request)
  const member = site.view.member(post.memberId)
  return redirect(member ? `${memberUrl(site, member.slug)}activity/${post.id}/${queryOf(request)}` : site.url)
}
