import { quotedPrintable } from '../dist/export/mail/encodings.js'
import { fastParagraph } from '../dist/export/markdown/fast-paragraph.js'
import { parse } from '../dist/parse/index.js'
import { cpuOf } from './measure.js'

/** Depth and width: how much longer the double size takes to parse or to write. Linear work takes twice as long, quadratic work four times. */

const TAGS = 100_000
const REPLIES = 100_000
const LEVELS = 5000
const IDS = 20_000
const LINKS = 100_000
const CHARACTERS = 10_000_000
const ROUNDS = 5
const MOST_GROWTH = 3
const SITE = 'https://town.example/'

export function depthRows() {
  return [
    rowOf('nested tags in one post', TAGS, tags => page('<div>'.repeat(tags) + '</div>'.repeat(tags))),
    rowOf('nested tags, closed wrongly', TAGS, tags => page('<b>'.repeat(tags) + '</i>'.repeat(tags))),
    rowOf('links beside each other in one post', TAGS, tags => page('<a href="/x">y</a>'.repeat(tags))),
    rowOf('ids of items in each other', IDS, ids => page(nested(ids))),
    rowOf('links below a group', IDS, links => page('', links)),
    rowOf('elements in each other in a feed', TAGS, tags => feed('<b>'.repeat(tags))),
    rowOf('replies in one REST answer', REPLIES, replies => answer(wide(replies))),
    rowOf('levels of replies in one REST answer', LEVELS, levels => answer(deep(levels))),
    rowOf('links in one paragraph of markdown', LINKS, linked, fastParagraph),
    rowOf('characters in one line of mail', CHARACTERS, characters => 'x'.repeat(characters), quotedPrintable),
  ]
}

function rowOf(what, size, inputOf, work = parse) {
  const [less, more] = [size / 2, size].map(inputOf).map(input => fastest(() => work(input)))
  const note = `${more.toFixed(0)} ms CPU for ${size}, ${less.toFixed(0)} ms for ${size / 2}`
  return { what: `depth: ${what}`, ratio: more / less, target: MOST_GROWTH, note }
}

const fastest = work => Math.min(...Array.from({ length: ROUNDS }, () => cpuOf(work, 1)))

const capture = (url, type, text) => ({
  request: { url },
  url,
  status: 200,
  headers: { 'content-type': type },
  body: new TextEncoder().encode(text),
  capturedAt: '2026-01-02T00:00:00.000Z',
})

const text = value => ({ type: 'text', value })

/** A paragraph of mdast, of words and links in turns. */
const linked = links => ({
  type: 'paragraph',
  children: Array.from({ length: links }, (_, at) => [
    text('x '),
    { type: 'link', url: `${SITE}${at}/`, children: [text(`${SITE}${at}/`)] },
    text(' '),
  ]).flat(),
})

const nested = ids => Array.from({ length: ids }, (_, at) => `<div id="x-activity-${at}">`).join('')

const nav = links => Array.from({ length: links }, (_, at) => `<a href="/groups/bees/${at}/bees/">x</a>`).join('')

const feed = text =>
  capture(
    `${SITE}groups/bees/feed/`,
    'application/rss+xml',
    `<?xml version="1.0"?><rss><channel><item><link>${SITE}activity/p/1/</link><content:encoded><![CDATA[${text}]]></content:encoded></item></channel></rss>`,
  )

const page = (body, links = 0) =>
  capture(
    `${SITE}groups/bees/`,
    'text/html; charset=utf-8',
    `<body class="groups single-item group-bees buddypress"><div id="object-nav">${nav(links)}</div><ul id="activity-stream"><li class="groups activity_update" id="activity-1">
    <div class="activity-header"></div><div class="activity-inner">${body}</div></li></ul></body></html>`,
  )

const answer = thread =>
  capture(
    `${SITE}wp-json/buddypress/v1/activity?group_id=1&per_page=100&page=1&display_comments=threaded`,
    'application/json',
    `[${thread}]`,
  )

/** A post as JSON, with `comments` as JSON: a loop makes deep answers without recursion. */
const post = (id, parent, comments) =>
  `{"id":${id},"user_id":2,"component":"${id === 1 ? 'groups' : 'activity'}","type":"${id === 1 ? 'activity_update' : 'activity_comment'}",
  "title":"<a href=\\"${SITE}members/ada/\\">Ada</a> posted","content":{"rendered":"<p>${id}</p>"},"date":"2026-01-01T00:00:00",
  "link":"${SITE}activity/p/${id}/","primary_item_id":1,"secondary_item_id":${parent},"comments":[${comments}]}`

const wide = replies => post(1, 0, Array.from({ length: replies }, (_, at) => post(at + 2, 1, '')).join())

function deep(levels) {
  let thread = ''
  for (let id = levels; id > 0; id--) thread = post(id, id - 1, thread)
  return thread
}
