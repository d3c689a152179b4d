import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/model/capture.js'
import { parse } from '../../src/parse/index.js'
import { captureOf, item } from './markup.js'

/** BuddyPress 1.9 and 2.0: the item has replies, and a stream shows strangers none of them. */
const hiding = (id: number): string => item(id, {}).replace('activity_update', 'activity_update has-comments')

const whole = (capture: Capture) => parse(capture).threads.map(thread => [thread.id, thread.whole])

const page = (items: string): Capture => ({
  ...captureOf(`<body class="activity-permalink buddypress"><ul id="activity-stream">${items}</ul>`),
  url: 'https://town.example/activity/p/1/',
})

const answer = (items: string): Capture => ({
  ...captureOf(`<ul class="activity-list">${items}</ul>`),
  request: {
    url: 'https://town.example/wp-admin/admin-ajax.php',
    form: { action: 'activity_filter' },
    referer: 'https://town.example/members/ada/activity/1/',
  },
})

describe.each([
  { what: "a thread's own page", view: page },
  { what: "the answer to a thread's own call", view: answer },
])('$what', ({ view }) => {
  it('shows the thread whole if no class says that there are replies', () => {
    expect(whole(view(item(1, {})))).toEqual([['1', true]])
    expect(parse(view(item(1, {}))).warnings).toEqual([])
  })

  it('does not show the thread whole, and says so, if there are replies and the page has none', () => {
    expect(whole(view(hiding(1)))).toEqual([['1', false]])
    expect(parse(view(hiding(1))).warnings).toEqual([expect.stringContaining('Thread 1 has replies')])
  })

  it('with several items is a stream, and shows none of them whole that hides its replies', () => {
    expect(whole(view(hiding(1) + hiding(2)))).toEqual([
      ['1', false],
      ['2', false],
    ])
  })
})
