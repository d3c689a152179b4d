import { describe, expect, it } from 'vitest'
import { contentHash } from '../../src/archive/text/content-hash.js'
import type { Capture } from '../../src/model/capture.js'
import { parse } from '../../src/parse/index.js'
import { item } from './markup.js'

const SITE = 'http://town.example/'
const PICTURE = `${SITE}wp-content/uploads/2024/bee.jpg`

const capture = (body: string, type: string, request: Partial<Capture['request']> = {}): Capture => {
  const url = request.url ?? `${SITE}groups/bees/`
  const headers = { 'content-type': type, date: 'Tue, 10 Mar 2026 12:00:00 GMT' }
  const at = '2026-03-10T12:00:00.000Z'
  return { request: { url, ...request }, url, status: 200, headers, body: Buffer.from(body), capturedAt: at }
}

const page = (body: string) =>
  parse(
    capture(
      `<html><body class="groups single-item bp-legacy buddypress group-bees"><div id="buddypress"><link rel="https://api.w.org/" href="${SITE}wp-json/"><ul id="activity-stream">${item(1, { body })}</ul></div></body></html>`,
      'text/html; charset=UTF-8',
    ),
  )

const ajax = (body: string, type: string, contents: (html: string) => string) =>
  parse(
    capture(contents(`<ul>${item(1, { body })}</ul>`), type, {
      ...{ url: `${SITE}wp-admin/admin-ajax.php`, referer: `${SITE}groups/bees/`, site: SITE },
      form: { action: 'activity_get_older_updates', page: '2' },
    }),
  )

const rest = (rendered: string) =>
  parse(
    capture(
      JSON.stringify([
        {
          ...{ id: 1, user_id: 1, component: 'groups', type: 'activity_update', title: '', primary_item_id: 1 },
          ...{ secondary_item_id: 0, date: '2024-01-01T00:00:00', link: `${SITE}activity/p/1/`, content: { rendered } },
        },
      ]),
      'application/json',
      { url: `${SITE}wp-json/buddypress/v1/activity?group_id=1&display_comments=threaded` },
    ),
  )

const hex = (address: string, key: number) =>
  Buffer.from([key, ...Buffer.from(address).map(byte => byte ^ key)]).toString('hex')

/** What a member wrote, as REST has it, and what proxies and plugins make of it in pages. */
const CHANGES: [string, string, string][] = [
  [
    'hidden addresses',
    '<p>Write to <a href="mailto:a@b.example">a@b.example</a> or user@host</p>',
    `<p>Write to <a href="/cdn-cgi/l/email-protection#${hex('a@b.example', 7)}"><span class="__cf_email__" data-cfemail="${hex('a@b.example', 7)}">[email&#160;protected]</span></a> or <a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="${hex('user@host', 99)}">[email&#160;protected]</a></p>`,
  ],
  [
    'a picture that loads late, with its twin',
    `<p>Look</p><img src="${PICTURE}" alt="Bee">`,
    `<p>Look</p><img src="data:image/gif;base64,R0lGOD" data-lazy-src="${PICTURE}" alt="Bee"><noscript><img src="${PICTURE}" alt="Bee"></noscript>`,
  ],
  [
    'a picture of Mirage',
    `<p>x</p><img src="${PICTURE}">`,
    `<p>x</p><img data-cfsrc="${PICTURE}" style="display:none">`,
  ],
  [
    'an image service',
    `<p>x</p><img src="${PICTURE}">`,
    '<p>x</p><img src="https://i0.wp.com/town.example/wp-content/uploads/2024/bee.jpg?resize=300%2C200">',
  ],
  [
    'a delivery network',
    `<p>x</p><img src="${PICTURE}">`,
    '<p>x</p><img src="https://cdn.town.example/wp-content/uploads/2024/bee.jpg">',
  ],
  [
    'a wrapped link',
    '<p><a href="https://hive.example/a">x</a></p>',
    '<p><a href="https://href.li/?https://hive.example/a">x</a></p>',
  ],
]

describe.each(CHANGES)('%s: what a proxy changes is no edit', (_what, written, changed) => {
  const original = rest(written)
  const of = (one: ReturnType<typeof parse>) => {
    const [post] = one.posts
    if (!post) throw new Error(JSON.stringify(one.wall))
    return { text: post.text, hash: contentHash(post, SITE) }
  }

  it('in a page', () => expect(of(page(changed))).toEqual(of(original)))

  it('in an AJAX response, also in JSON that the proxy took for HTML', () => {
    const asJson = ajax(changed, 'application/json', html => JSON.stringify({ contents: html }))
    expect(of(asJson)).toEqual(of(original))
    expect(of(ajax(changed, 'text/html', html => html))).toEqual(of(original))
  })
})

it('addresses hidden within the JSON of an AJAX response do not break it', () => {
  const hidden = `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="${hex('a@b.example', 7)}">[email&#160;protected]</a>`
  const broken = ajax('<p>Write to a@b.example</p>', 'text/html', html =>
    JSON.stringify({ contents: html }).replace('a@b.example', hidden),
  )
  expect(broken.posts[0]?.text).toBe('Write to a@b.example')
})
