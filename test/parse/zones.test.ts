import { expect, it } from 'vitest'
import type { When } from '../../src/model/discussion.js'
import { item, NOW, parseItems, reply } from './markup.js'

const AT = '2024-07-05T23:30:10Z'
const exact: When = { from: AT, to: AT }
const livestamp = '2024-07-05T23:30:10+0000'

const whenOf = (html: string): When | undefined => parseItems(html, NOW).posts.at(-1)?.when
const whenOfReply = (header: string): When | undefined => whenOf(item(1, { replies: reply(2, { header }) }))

it.each(['America/St_Johns', 'Asia/Tokyo', 'UTC'])('reads the same in the zone %s', zone => {
  const before = process.env['TZ']
  process.env['TZ'] = zone
  try {
    const header = `<span class="time-since" data-livestamp="${livestamp}">1 year ago</span>`
    expect(whenOf(item(1, { header }))).toEqual(exact)
    expect(whenOfReply('<span class="time-since">2 days ago</span>')).toEqual({
      from: '2026-03-08T10:58:01Z',
      to: '2026-03-08T12:00:00Z',
    })
    const nouveau = item(1, {
      attributes: 'data-bp-activity-id="1"',
      replies: reply(2, { header: '<time datetime="2024-07-05 23:30:10">x</time>' }),
    })
    expect(whenOf(nouveau)).toEqual(exact)
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
})
