import type { ServerResponse } from 'node:http'
import type { Community, SeenRequest } from '../community/index.js'
import { communityOf } from '../community/index.js'

/** What a site says instead of what was asked for. */

type Reply = (response: ServerResponse) => void

const html =
  (body: string, status = 200, headers: Record<string, string> = {}): Reply =>
  response =>
    void response.writeHead(status, { 'Content-Type': 'text/html; charset=UTF-8', ...headers }).end(body)

const page = (title: string, body: string, classes = '') =>
  `<!doctype html><html><head><title>${title}</title></head><body class="${classes}">${body}</body></html>`

const FORM = '<form><input type="text" name="log" /><input type="password" name="pwd" /></form>'

export const INSTEAD = {
  'a login form': html(page('Log In', FORM, 'login')),
  'an error 500': html(page('Error', '<p>There has been a critical error on this website.</p>'), 500),
  'a challenge': html(page('Just a moment...', '<p>Checking your browser</p>'), 403, { 'cf-mitigated': 'challenge' }),
  'a loader': html(
    page(
      'Group',
      '<div id="buddypress"><div id="item-body"><div id="activity-stream" data-bp-list="activity"><div id="bp-ajax-loader"><aside class="bp-feedback loading"><p>Loading</p></aside></div></div></div></div>',
      'buddypress single-item groups group-gardeners',
    ),
  ),
  'not BuddyPress': html(page('Shop', '<h1>Shop</h1><p>Tea and biscuits.</p>')),
  'not found': html(page('Nothing here', '<h1>Nothing</h1>', 'error404'), 404),
  BuddyBoss: html(
    page(
      'Group',
      '<div id="buddypress" class="buddypress-wrap bb-rl-wrap"><ul class="activity-list bb-rl-list"><li class="activity-item bb-rl-activity-item" id="bb-rl-activity-1" data-bp-activity="{}">Hello</li></ul></div>',
      'buddypress buddyboss-theme bb-template-v2',
    ),
  ),
} satisfies Record<string, Reply>

export type Instead = keyof typeof INSTEAD

export const isList = ({ form, query, path }: SeenRequest, page: number): boolean =>
  form['action'] === 'activity_filter'
    ? form['page'] === String(page)
    : path.includes('/groups/') && query.get('acpage') === String(page)

/** Two groups and a few posts outside; the long texts of the first group are shortened in its stream. */
export function mixedTown(size = 50): Community {
  const posts = Array.from({ length: size }, (_, at) => ({ id: at + 1 }))
  // Between the others by date, so that the site-wide stream mixes them.
  const others = Array.from({ length: 50 }, (_, at) => ({
    id: 500 + at,
    groupSlug: at % 5 === 0 ? null : 'bakers',
    date: new Date(Date.UTC(2024, 0, 1, 9 + at, 30)).toISOString(),
  }))
  return communityOf({ groups: [{}, { slug: 'bakers' }], posts: [...posts, ...others] })
}
