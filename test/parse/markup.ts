import type { Capture } from '../../src/model/capture.js'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'

export const GROUP_URL = 'https://town.example/groups/bees/'
export const NOW = Date.UTC(2026, 2, 10, 12) / 1000

/** The capture of a page that its server rendered at `now` (Unix seconds). */
export function captureOf(html: string, now = NOW, headers: Record<string, string> = {}): Capture {
  return {
    request: { url: GROUP_URL },
    url: GROUP_URL,
    status: 200,
    headers: { 'content-type': 'text/html; charset=UTF-8', date: new Date(now * 1000).toUTCString(), ...headers },
    body: new TextEncoder().encode(html),
    capturedAt: new Date(now * 1000 + 2500).toISOString(),
  }
}

/** The page of a group with these items. */
export const pageOf = (items: string): string =>
  `<body class="groups single-item group-bees buddypress"><ul id="activity-stream">${items}</ul>`

export const parseItems = (items: string, now = NOW): Page => parse(captureOf(pageOf(items), now))

interface Parts {
  header?: string
  attributes?: string
  body?: string
  replies?: string
}

/** The minimal markup of an item for the parser. */
export const item = (id: number, { header = '', attributes = '', body = '<p>x</p>', replies = '' }: Parts): string =>
  `<li class="groups activity_update" id="activity-${id}" ${attributes}><div class="activity-header"><p>${header}</p></div>
  <div class="activity-inner">${body}</div><div class="activity-comments">${list(replies)}</div></li>`

export const reply = (id: number, { header = '', attributes = '', body = '<p>x</p>', replies = '' }: Parts): string =>
  `<li id="acomment-${id}" ${attributes}><div class="acomment-meta">${header}</div>
  <div class="acomment-content">${body}</div>${list(replies)}</li>`

const list = (replies: string): string => (replies === '' ? '' : `<ul>${replies}</ul>`)
