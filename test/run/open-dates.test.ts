import { expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { OpenDates } from '../../src/run/session/open-dates.js'
import { page, post, SITE, shelf } from '../archive/shelf.js'
import { captureOf, item, pageOf, parseItems, reply } from '../parse/markup.js'

const ago = (words: string) => `<a href="/members/b/">Bob</a> vastas <span class="time-since">${words}</span>`
const replies = (...words: string[]) => words.map((text, at) => reply(at + 2, { header: ago(text) })).join('')

it('the parser names the posts whose words no table has, and the language of the page', () => {
  const header = '<span class="time-since" data-livestamp="2024-07-05T23:30:10+0000">1 aasta tagasi</span>'
  const items = item(1, { header, replies: replies('3 päeva tagasi', '3 days ago', '5 tundi tagasi') })
  expect(parseItems(items).unreadDates).toMatchObject({
    posts: ['2', '4'],
    words: expect.stringContaining('3 päeva tagasi'),
  })
  const page = pageOf(items).replace('<body', '<html lang="et"><body')
  expect(parse(captureOf(page)).unreadDates?.language).toBe('et')
  expect(parseItems(item(1, { header })).unreadDates).toBeUndefined()
})

const open = { from: null, to: '2026-01-01T00:00:00Z' }
const known = { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' }
const unread = { posts: ['2', '3', '4'], words: '3 päeva tagasi', language: 'et' }
const thread = (...whens: { from: string | null; to: string }[]) => [
  post('1', null),
  ...whens.map((when, at) => post(String(at + 2), '1', { when })),
]

it('a note says how many dates stay open, once for all pages', () => {
  const { archive, save, close } = shelf()
  const dates = new OpenDates()
  const read = page(thread(open, open, known), { unreadDates: unread })
  for (const _ of [1, 2]) {
    save(read)
    dates.add(read)
  }
  expect(dates.notes(archive, SITE)).toEqual([
    {
      url: SITE,
      message:
        'The dates of 2 posts stay open: threadkeep cannot read words such as "3 päeva tagasi" in the language of this site ("et"). Only the latest possible date is known.',
    },
  ])
  close()
})

it('there is none where another response gave the dates, and none where all words were read', () => {
  const { archive, save, close } = shelf()
  const dates = new OpenDates()
  dates.add(page(thread(open, open, open), { unreadDates: unread }))
  save(page(thread(known, known, known)))
  expect(dates.notes(archive, SITE)).toEqual([])
  expect(new OpenDates().notes(archive, SITE)).toEqual([])
  close()
})
