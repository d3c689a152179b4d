import { activityIdOf, bareUrl } from '../model/addresses.js'
import type { Capture } from '../model/capture.js'
import { takeJson } from '../model/markup/checked-json.js'
import { siteJson } from '../model/markup/storable-text.js'
import type { About, Page } from '../model/page.js'
import { resolveUrl } from '../model/urls.js'
import { faultOfOverlong, isOverlong, remarkOnDepth } from './document/bounds.js'
import { textOfCapture } from './document/charset.js'
import { parseMarkup } from './document/dom.js'
import { readDirectory } from './document/groups.js'
import { countedRows, hasNextPage } from './document/pager.js'
import { siteUrlByAjax } from './document/site.js'
import { readStream } from './document/stream.js'
import { find, type Survey, survey } from './document/survey.js'
import { wallByContent, wallByStatus } from './document/walls.js'
import { readBody } from './items/body.js'
import type { ItemContext } from './items/drafts.js'
import { readItems } from './items/items.js'
import { readDetachedReplies } from './items/replies.js'
import { blankPage, NO_ITEMS, renderTimeOf } from './page.js'
import type { Parser } from './parser.js'
import { legacy } from './templates/legacy.js'

/**
 * Responses of admin-ajax.php: `{success, data: {contents}}` (Nouveau), `{contents}` (Legacy, bp-default) or an HTML fragment
 * without JSON (the read-more response of Legacy). Source: bp-templates/bp-nouveau/includes/activity/ajax.php,
 * bp-legacy/buddypress-functions.php.
 */
export const buddypressAjax: Parser = {
  name: 'buddypress-ajax',
  accepts: capture => capture.request.form !== undefined,
  parse: readResponse,
}

function readResponse(capture: Capture): Page {
  const page = blankPage(bareUrl(refererOf(capture)))
  page.about = aboutOf(capture)
  page.site.url = capture.request.site ?? siteUrlByAjax(capture.request.url, capture.request.url)
  const text = textOfCapture(capture).trim()
  // WordPress sends these refusals with status 400 or 403, which wallByStatus would report as an error or a challenge.
  page.wall = text === '0' || text === '-1' ? REFUSED : wallByStatus(capture)
  const contents = page.wall ? null : contentsOf(text, capture.body)
  if (contents === null) return { ...page, wall: page.wall ?? REFUSED }
  const surveyed = survey(parseMarkup(contents))
  // A whole page instead of a fragment is a login form or a challenge. It must not be stored as the text of a post.
  if (find(surveyed, 'html, body')) return { ...page, wall: wallByContent(surveyed) }
  if (page.about.kind === 'text') return readText(page, page.about.id, surveyed)
  return isMoreReplies(capture) ? readMoreReplies(page, surveyed, capture) : readFragment(page, surveyed, capture)
}

/** The page that made the request. A damaged archive may hold a referer that is no URL. */
const refererOf = ({ request, url }: Capture): string => resolveUrl(request.referer, url) ?? url

const REFUSED: Page['wall'] = { kind: 'refused', seen: 'an error message of its own' }

/** The HTML in the response; null if the site refused the request (an expired nonce, an unknown action). */
function contentsOf(text: string, body: Uint8Array): string | null {
  if (!text.startsWith('{')) return text
  try {
    const json = (takeJson(body) ?? siteJson(text)) as {
      success?: boolean
      contents?: unknown
      data?: { contents?: unknown; comments?: unknown } | null
    }
    const contents = json.data?.contents ?? json.data?.comments ?? json.contents
    return json.success === false || typeof contents !== 'string' ? null : contents
  } catch {
    return null
  }
}

function aboutOf(capture: Capture): About {
  const form = capture.request.form ?? {}
  if (form['action'] === 'get_single_activity_content')
    return { kind: 'text', id: form['id'] ?? form['activity_id'] ?? '' }
  if (form['action'] === 'groups_filter') return { kind: 'directory' }
  if (form['action'] === MORE_REPLIES) return { kind: 'thread', id: form['activity_id'] ?? '' }
  const thread = capture.request.referer ? activityIdOf(refererOf(capture)) : null
  return thread ? { kind: 'thread', id: thread } : { kind: 'stream' }
}

/** The full text of one post. It replaces a shortened text, so an empty one counts as a refusal. */
function readText(page: Page, id: string, { markup }: Survey): Page {
  const length = markup.source.length
  if (isOverlong(length))
    return { ...page, wall: { kind: 'error', seen: `a post of which ${faultOfOverlong(length)}` } }
  const { isDeep, ...body } = readBody(markup.root, markup.source, page.site.url, legacy.item)
  if (body.html === '') return { ...page, wall: REFUSED }
  return { ...page, text: { id, ...body }, ...(isDeep && { remarks: [remarkOnDepth(id)] }) }
}

/** BuddyBoss 2.5.80 and later (bp-nouveau/includes/activity/ajax.php): ten replies to one post, without the item that holds them. */
const MORE_REPLIES = 'activity_loadmore_comments'

const isMoreReplies = (capture: Capture): boolean => capture.request.form?.['action'] === MORE_REPLIES

function readMoreReplies(page: Page, surveyed: Survey, capture: Capture): Page {
  const { activity_id: root = '', parent_comment_id: from = root } = capture.request.form ?? {}
  // It is only requested for threads without a page of their own.
  const branch = { thread: { root, url: null, complete: false }, from, group: undefined, isHomeless: true }
  return { ...page, ...readDetachedReplies(surveyed.outside, branch, contextOf(page, surveyed, capture)) }
}

const contextOf = (page: Page, surveyed: Survey, capture: Capture): ItemContext => ({
  source: surveyed.markup.source,
  url: page.url,
  siteUrl: page.site.url,
  renderTime: renderTimeOf(capture),
  group: null,
  isThread: page.about.kind === 'thread' && surveyed.items.length === 1,
})

function readFragment(page: Page, surveyed: Survey, capture: Capture): Page {
  const stream = readStream(surveyed, Number(capture.request.form?.['page'] ?? 1))
  const context = contextOf(page, surveyed, capture)
  Object.assign(page, readItems(surveyed.items, context), { loader: stream.loader, provenEmpty: stream.provenEmpty })
  page.groups = readDirectory(surveyed, page.url)
  page.more = page.about.kind === 'directory' ? hasNextPage(surveyed) : stream.more
  const counted = page.about.kind === 'directory' ? countedRows(surveyed) : null
  if (counted) page.total = counted.total
  const hasContent = page.posts.length + page.groups.length > 0
  page.wall = hasContent || stream.provenEmpty ? null : wallOfEmpty(page, surveyed)
  return page.wall ? { ...page, ...NO_ITEMS } : page
}

const wallOfEmpty = (page: Page, surveyed: Survey): Page['wall'] =>
  page.loader ? { kind: 'loader', seen: 'a "loading" placeholder' } : wallByContent(surveyed)
