import { noncesIn, withoutNonces } from '../dist/sources/site/secrets.js'
import { hasRecordings, invented, recorded, withServer } from './servers.js'

/** The responses that are parsed: full first pages of a group, as both template packs of BuddyPress send them. */

const GROUP = 'groups/gardeners/'
const RECORDED = 'groups/care-at-home-practice-network/'

export async function pagesToParse() {
  const pages = [
    await named('invented, Legacy page', invented(400, 'legacy'), url => get(url + GROUP)),
    await named('invented, Nouveau answer', invented(400, 'nouveau'), url => getStream(url + GROUP)),
  ]
  if (!hasRecordings) return pages
  return [
    ...pages,
    await named('recorded, Legacy page', recorded('bp14-legacy', 3), url => get(url + RECORDED)),
    await named('recorded, Nouveau answer', recorded('bp14-nouveau', 3), url => getStream(url + RECORDED)),
  ]
}

const named = async (name, server, work) => ({ name, capture: await withServer(server, work) })

/** A capture as a source makes it. */
async function get(url, form, referer) {
  const response = await fetch(
    url,
    form ? { method: 'POST', body: new URLSearchParams(form), headers: { referer } } : {},
  )
  const body = new Uint8Array(await response.arrayBuffer())
  return {
    request: { url, ...(form ? { form, referer } : {}) },
    url: response.url,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body,
    capturedAt: new Date().toISOString(),
  }
}

/** The stream of Nouveau, by AJAX with the nonce of the page of the group. */
async function getStream(home) {
  const nonce = noncesIn((await get(home)).body).activity
  const form = { action: 'activity_filter', object: 'activity', scope: 'all', page: '1', nonce }
  const capture = await get(new URL('/wp-admin/admin-ajax.php', home).href, form, home)
  return { ...capture, body: withoutNonces(capture.body) }
}
