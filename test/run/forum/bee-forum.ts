import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterTest } from '../../cleanup.js'

/** A topic or reply. `at`: minutes after noon of 1 March 2024 on the clock of the site. */
interface Bee {
  id: number
  text: string
  at: number
  parent?: number
}

export interface Topic {
  slug: string
  title: string
  posts: Bee[]
  sticky?: boolean
  closed?: boolean
}

export interface BeeForum {
  topics: Topic[]
  threaded: boolean
  /** Posts and topics on a page. */
  size: number
  /** As BuddyPress 12 and later: `/page/2/` is the first page once more; `never`: so is `?paged=2`. */
  ignoresPath: boolean | 'never'
  /** Number by which the description of each topic counts too much. */
  counts: number
  /** The zone in its REST index; null: no REST. */
  zone: { timezone_string: string; gmt_offset: number } | null
  /** What is sent instead of some addresses. */
  instead: (path: string) => { status: number; body: string } | null
}

/** A group with a forum of bbPress, and the addresses that were asked for. `atEnd`: when it is closed, if not after the test. */
export async function beeForum(change: Partial<BeeForum>, atEnd?: (close: () => void) => void) {
  const forum: BeeForum = {
    ...{ topics: [], threaded: true, size: 3, ignoresPath: true, counts: 0 },
    ...{ zone: { timezone_string: '', gmt_offset: 2 }, instead: () => null },
    ...change,
  }
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base())
    if (url.pathname !== '/robots.txt') asked.push(url.pathname + url.search)
    answer(url, forum, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const close = () => void server.close()
  if (atEnd) atEnd(close)
  else afterTest(close)
  return { forum, asked, url: base(), group: `${base()}groups/bees/` }
}

function answer(url: URL, forum: BeeForum, response: ServerResponse): void {
  const instead = forum.instead(url.pathname + url.search)
  const found = instead ?? pageFor(url, forum)
  const json = url.pathname.startsWith('/wp-json/')
  response.writeHead(found.status, { 'Content-Type': json ? 'application/json' : 'text/html; charset=UTF-8' })
  response.end(found.body)
}

function pageFor(url: URL, forum: BeeForum): { status: number; body: string } {
  const { pathname, origin } = url
  if (pathname === '/wp-json/' && forum.zone)
    return { status: 200, body: JSON.stringify({ namespaces: ['wp/v2'], ...forum.zone }) }
  if (pathname === '/groups/bees/') return page(origin, forum, STREAM)
  const [, list, slug, path] = /^\/groups\/bees\/(forum\/)(?:topic\/([^/]+)\/)?(?:page\/(\d+)\/)?$/.exec(pathname) ?? []
  if (list === undefined) return { status: 404, body: '<html><body class="error404">Nothing here</body></html>' }
  const wanted = Number(url.searchParams.get('paged') ?? (forum.ignoresPath ? 1 : (path ?? 1)))
  const number = forum.ignoresPath === 'never' ? 1 : wanted
  const topic = forum.topics.find(one => one.slug === slug)
  if (slug !== undefined && !topic) return page(origin, forum, `<h2>Bees</h2>${NONE}`)
  return page(origin, forum, topic ? topicPart(topic, number, forum, origin) : listPart(number, forum, origin))
}

const STREAM =
  '<div class="activity single-group"><div id="message" class="info"><p>Sorry, there was no activity found.</p></div></div>'
const NONE = '<div class="bbp-template-notice"><ul><li>Oh, bother! No topics were found here.</li></ul></div>'

function page(origin: string, { zone }: BeeForum, part: string) {
  const home = `${origin}/groups/bees/`
  const api = zone ? `<link rel="https://api.w.org/" href="${origin}/wp-json/" />` : ''
  const inner = part === STREAM ? part : `<div id="bbpress-forums">${part}</div>`
  const body = `<!doctype html><html lang="en-US"><head><title>Bees</title>${api}</head>
<body class="single-item groups group-bees buddypress bp-legacy"><div id="buddypress">
<div id="item-header"><h2><a href="${home}">Bees</a></h2></div>
<div id="object-nav"><ul><li id="home-groups-li"><a href="${home}">Home</a></li><li id="nav-forum-groups-li"><a href="${home}forum/">Forum</a></li></ul></div>
<div id="item-body">${inner}</div></div></body></html>`
  return { status: 200, body }
}

const addressOf = (topic: Topic, origin: string) => `${origin}/groups/bees/forum/topic/${topic.slug}/`
const latest = ({ posts }: Topic) => Math.max(...posts.map(({ at }) => at))

function listPart(number: number, { topics, size }: BeeForum, origin: string): string {
  const byActivity = topics.toSorted((a, b) => latest(b) - latest(a))
  const own = byActivity.slice((number - 1) * size, number * size)
  const rows = [...(number === 1 ? topics.filter(one => one.sticky) : []), ...own]
  if (rows.length === 0) return NONE
  const home = `${origin}/groups/bees/forum/`
  const sticky = number === 1 ? topics.filter(one => one.sticky).length : 0
  return `${pager(rows.length, number, size, topics.length + sticky, home)}<ul class="bbp-topics"><li class="bbp-body">${rows.map(topic => rowOf(topic, origin)).join('')}</li></ul>`
}

function rowOf(topic: Topic, origin: string): string {
  const url = addressOf(topic, origin)
  const [first] = topic.posts
  const last = topic.posts.toSorted((a, b) => b.at - a.at)[0]
  const link = last === first ? url : `${url}#post-${last?.id}`
  return `<ul id="bbp-topic-${first?.id}" class="topic type-topic status-publish post-${first?.id} ${topic.sticky ? 'sticky' : ''}">
<li class="bbp-topic-title"><a class="bbp-topic-permalink" href="${url}">${topic.title}</a></li>
<li class="bbp-topic-reply-count">${topic.posts.length}</li><li class="bbp-topic-freshness"><a href="${link}">a while ago</a></li></ul>`
}

function topicPart(topic: Topic, number: number, forum: BeeForum, origin: string): string {
  const { size, threaded, counts } = forum
  const { posts, title } = topic
  const url = addressOf(topic, origin)
  const about = `<h2>${title}</h2><div class="bbp-template-notice info"><ul><li class="bbp-topic-description">This topic has ${posts.length - 1 + counts} replies.</li></ul></div>`
  if (threaded) {
    const [first, ...replies] = posts
    const tree = (above: number | undefined): string =>
      replies
        .filter(({ parent }) => parent === above)
        .map(one => {
          const below = tree(one.id)
          return `<li>${postOf(one, topic, url)}${below && `<ul class="bbp-threaded-replies">${below}</ul>`}</li>`
        })
        .join('')
    const direct = replies.filter(({ parent }) => parent === undefined).length
    return `${about}<div class="bbp-pagination-count">Viewing ${direct} reply threads</div>${listed(topic, `<ul class="bbp-replies-list"><li>${first ? postOf(first, topic, url) : ''}</li>${tree(undefined)}</ul>`)}`
  }
  const own = posts.slice((number - 1) * size, number * size)
  if (own.length === 0) return `${about}<div id="no-reply-${posts[0]?.id}" class="bbp-no-reply"></div>`
  return `${about}${pager(own.length, number, size, posts.length, url)}${listed(topic, own.map(one => postOf(one, topic, url)).join(''))}`
}

const listed = ({ posts }: Topic, inner: string): string =>
  `<ul id="topic-${posts[0]?.id}-replies" class="forums bbp-replies"><li class="bbp-body">${inner}</li></ul>`

function pager(rows: number, number: number, size: number, total: number, home: string): string {
  const first = (number - 1) * size + 1
  const more =
    number * size < total
      ? `<a class="page-numbers" href="${home}page/${number + 1}/">${number + 1}</a><a class="next page-numbers" href="${home}page/${number + 1}/">&rarr;</a>`
      : ''
  return `<div class="bbp-pagination"><div class="bbp-pagination-count">Viewing ${rows} posts - ${first} through ${Math.min(number * size, total)} (of ${total} total)</div><div class="bbp-pagination-links"><span class="page-numbers current">${number}</span>${more}</div></div>`
}

function postOf({ id, text, at }: Bee, topic: Topic, url: string): string {
  const kind = id === topic.posts[0]?.id ? 'topic' : 'reply'
  const time = `${12 + Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`
  return `<div id="post-${id}" class="bbp-reply-header"><span class="bbp-reply-post-date">March 1, 2024 at ${time}</span><a href="${url}#post-${id}" class="bbp-reply-permalink">#${id}</a></div>
<div class="post-${id} ${kind} type-${kind} status-${topic.closed ? 'closed' : 'publish'} user-id-2 bbp-parent-topic-${topic.posts[0]?.id}"><div class="bbp-reply-author"><a href="/members/ada/" class="bbp-author-link"><span class="bbp-author-name">Ada</span></a></div><div class="bbp-reply-content"><p>${text}</p></div></div>`
}

/** A topic with replies to the topic itself: ids from `id`, one a minute. */
export const topicOf = (slug: string, id: number, replies: number, more: Partial<Topic> = {}): Topic => ({
  slug,
  title: `About ${slug}`,
  posts: Array.from({ length: replies + 1 }, (_, at) => ({
    id: id + at,
    text: `Words ${id + at}`,
    at: (id % 100) + at,
  })),
  ...more,
})
