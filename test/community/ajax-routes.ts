import { type Answer, html, json, type SeenRequest } from './answer.js'
import { postHtml } from './community.js'
import { packOf } from './markup/pages.js'
import { groupsSlice } from './page-routes.js'
import { NONCES, type Site } from './site.js'
import { pageNumber, type Stream, siteStream, streamAt, streamPage } from './streams.js'

/** `POST /wp-admin/admin-ajax.php`: the loaders of both packs. */

const FEEDBACK =
  '<div class="bp-feedback bp-messages error">There was a problem displaying the content. Please try again.</div>'

const refused = (): Answer => json({ success: false, data: { feedback: FEEDBACK } })
const zero = (): Answer => html('0', 400)

export function answerAjax(site: Site, request: SeenRequest, membersOnly: boolean): Answer {
  const action = `${site.pack} ${request.form['action'] ?? request.query.get('action') ?? ''}`
  if (membersOnly) return refused()
  if (action === 'nouveau activity_filter') return nouveauItems(site, request)
  if (action === 'legacy activity_get_older_updates') return legacyItems(site, request)
  if (action === 'nouveau get_single_activity_content') return nouveauText(site, request)
  if (action === 'legacy get_single_activity_content') return html(fullText(site, request.form['activity_id']) ?? '')
  if (action === 'nouveau groups_filter') return nouveauGroups(site, request)
  return action === 'legacy groups_filter' ? html(groupList(site, request)) : zero()
}

/** The Referer alone says whose stream is meant. Without one, and for pages that have none, it is the whole site's. */
function streamOf(site: Site, request: SeenRequest): { stream: Stream; found: boolean } {
  const { pathname: base, origin } = new URL(site.url)
  const referer = request.referer?.startsWith(origin) ? new URL(request.referer).pathname : base
  const inside = referer.startsWith(base) ? referer.slice(base.length) : referer.slice(1)
  const path = inside.replace(/\/*$/, inside === '' ? '' : '/')
  const stream = streamAt(site, path)
  return { stream: stream ?? siteStream(site, path), found: stream !== null || !/^groups\/./.test(path) }
}

interface Loaded {
  contents: string
  feed_url: string
  status: number
}

/** An unknown group is answered with 404 and, all the same, the stream of the whole site. */
function load(site: Site, request: SeenRequest): Loaded {
  const { stream, found } = streamOf(site, request)
  const offset = Number.parseInt(request.form['offset_lower'] ?? '', 10)
  const page = streamPage(stream, pageNumber(request.form['page']), offset || undefined)
  const contents = packOf(site).contents(site, page)
  return { contents, feed_url: `${site.url}activity/feed/`, status: found ? 200 : 404 }
}

function nouveauItems(site: Site, request: SeenRequest): Answer {
  if (request.form['nonce'] !== NONCES.activity) return refused()
  const { contents, feed_url, status } = load(site, request)
  return json({ success: true, data: { feed_url, contents } }, status)
}

function legacyItems(site: Site, request: SeenRequest): Answer {
  const { contents, feed_url, status } = load(site, request)
  const answer = json({ contents, feed_url }, status)
  return { ...answer, headers: { 'Content-Type': 'text/html; charset=UTF-8' } }
}

function fullText(site: Site, id: string | undefined): string | null {
  const post = site.view.post(Number(id))
  return post && site.view.isPublic(post) ? postHtml(post, site.url) : null
}

function nouveauText(site: Site, request: SeenRequest): Answer {
  const contents = fullText(site, request.form['id'])
  if (request.form['nonce'] !== NONCES.activity || contents === null) return refused()
  return json({ success: true, data: { contents } })
}

const groupList = (site: Site, request: SeenRequest): string =>
  packOf(site).groupsContents(site, groupsSlice(site, pageNumber(request.form['page'])))

function nouveauGroups(site: Site, request: SeenRequest): Answer {
  if (request.form['nonce'] !== NONCES.groups) return refused()
  return json({ success: true, data: { contents: groupList(site, request) } })
}
