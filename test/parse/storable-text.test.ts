import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { siteJson } from '../../src/model/markup/storable-text.js'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'
import { captureOf, GROUP_URL, item, pageOf } from './markup.js'

/** SQLite ends a text at NUL, and Python refuses a table that holds half a surrogate pair. */

const REST = 'https://town.example/wp-json/buddypress/v1/activity?group_id=1&display_comments=threaded'

const ODD = 'a\0b \ud800 c \udc00 🌼'

const activity = {
  id: 1,
  user_id: 2,
  component: 'groups',
  type: 'activity_update',
  title: ODD,
  content: { rendered: `<p title="${ODD}">${ODD} <a href="https://a.example/${ODD}">${ODD}</a></p>` },
  date: '2026-01-01T00:00:00',
  link: `https://town.example/${ODD}`,
  primary_item_id: 1,
  secondary_item_id: 0,
  activity_data: { content: ODD, post_title: ODD, topics: { topic_name: ODD } },
}

const group = {
  id: 1,
  slug: ODD,
  name: ODD,
  link: `${GROUP_URL}${ODD}`,
  status: 'public',
  description: { rendered: ODD },
}

const attribute = (value: object) => JSON.stringify(value).replaceAll('"', '&quot;')

const PREVIEW = `data-link-preview="${attribute({ url: 'https://a.example/', title: ODD })}"`
const EDITED = `data-bp-activity="${attribute({ content: ODD, post_title: ODD })}"`
const HEADER = `<a href="/members/a%00da/">${ODD}</a> <a href="/groups/b%00ees/">${ODD}</a>`
const POST = item(1, { header: HEADER, attributes: `${PREVIEW} ${EDITED}`, body: `<p title="${ODD}">${ODD}</p>` })

const LOADER = { method: 'POST', form: { action: 'activity_filter' }, referer: GROUP_URL } as const

const at = (url: string, text: string, type: string, request = {}) =>
  parse({ ...captureOf(text, undefined, { 'content-type': type }), request: { url, ...request }, url })

const FEED = `<rss version="2.0"><channel><item><title>${ODD}</title><link>https://town.example/activity/p/12/</link>
<description>${ODD} &#0;</description></item></channel></rss>`

const READINGS: [string, () => Page][] = [
  ['REST', () => at(REST, JSON.stringify([activity]), 'application/json')],
  ['groups of REST', () => at(REST.replace('activity?', 'groups?'), JSON.stringify([group]), 'application/json')],
  ['the loader', () => at('https://town.example/wp-admin/admin-ajax.php', ajax(), 'application/json', LOADER)],
  ['a page', () => parse(captureOf(pageOf(POST)))],
  ['a feed', () => at(`${GROUP_URL}feed/`, FEED, 'application/rss+xml')],
]
const ajax = () => JSON.stringify({ success: true, data: { contents: `<ul class="activity-list">${POST}</ul>` } })

it.each(READINGS)('no text of %s holds NUL or half a pair', (_what, read) => {
  const page = read()
  expect(page.wall).toBeNull()
  const json = JSON.stringify(page)
  expect(json).toContain('🌼')
  expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/)
})

describe('JSON of a site', () => {
  const text = fc
    .array(fc.constantFrom('\\', '\\u0000', 'u0000', '\0', '\ud83c', '\udf3c', 'ud83c', '"', 'n', '\n'))
    .map(parts => parts.join(''))

  it('is what it was, but for NUL and half pairs', () => {
    fc.assert(
      fc.property(text, one => {
        expect(siteJson(JSON.stringify([one]))).toEqual([Buffer.from(one).toString().replaceAll('\0', '')])
      }),
      { numRuns: 1000 },
    )
  })

  it('is so too where it writes characters by their numbers', () => {
    const escaped = fc.array(
      fc.constantFrom('\\ud83c', '\\udf3c', '\\u0000', '\\u00e9', '\\\\', 'ud83c', 'udf3c', 'u0000'),
    )
    fc.assert(
      fc.property(escaped, parts => {
        const json = `"${parts.join('')}"`
        expect(siteJson(json)).toBe(
          Buffer.from(JSON.parse(json) as string)
            .toString()
            .replaceAll('\0', ''),
        )
      }),
      { numRuns: 3000, examples: [[['\\\\', 'ud83c', '\\udf3c']]] },
    )
  })
})
