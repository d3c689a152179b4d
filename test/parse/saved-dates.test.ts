import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/model/capture.js'
import { parse } from '../../src/parse/index.js'
import { processorTime } from '../processor-time.js'

const AT = '2026-03-10T12:34:56Z'

/** A thread of Legacy in which the scripts of the browser have removed all livestamps. */
const page = (item: string, reply: string) => `<html><body class="activity buddypress bp-legacy activity-permalink">
  <div class="activity"><ul id="activity-stream"><li class="groups activity_update activity-item" id="activity-40">
  <div class="activity-avatar"><a href="https://town.example/members/ann/"><img class="avatar user-3-avatar"></a></div>
  <div class="activity-header"><p><a href="https://town.example/members/ann/">Ann</a> posted <span class="time-since">${item}</span></p></div>
  <div class="activity-inner"><p>Words</p></div><div class="activity-comments"><ul><li id="acomment-41">
  <div class="acomment-avatar"><a href="https://town.example/members/ben/"><img class="avatar user-4-avatar"></a></div>
  <div class="acomment-meta"><a href="https://town.example/members/ben/">Ben</a> <span class="time-since">${reply}</span></div>
  <div class="acomment-content"><p>Other words</p></div></li></ul></div></li></ul></div></body></html>`

const datesOf = (item: string, reply: string, more: Partial<Capture> = {}) => {
  const url = 'https://town.example/activity/p/40/'
  const body = Buffer.from(page(item, reply))
  const imported = { door: 'page', origin: 'a.html' }
  const headers = { 'content-type': 'text/html' }
  const capture = { request: { url }, url, status: 200, headers, body, capturedAt: AT, imported, ...more }
  return parse(capture).posts.map(({ when }) => [when.from, when.to])
}

const days = (count: number) => new Date(Date.parse(AT) - count * 86_400_000).toISOString().slice(0, 10)

describe('the dates of a saved page', () => {
  it('are the meanings of PHP and of a browser together, where both print the words', () => {
    const [[from, to] = []] = datesOf('2 years ago', '2 years ago')
    // A browser rounds: 18 to 30 months. PHP counts whole years: up to 25 months.
    expect((from ?? '') < days(905)).toBe(true)
    expect((to ?? '') > days(560)).toBe(true)
  })

  it('are those of PHP, where other words of the same kind are', () => {
    const [[from, to] = []] = datesOf('2 years, 3 months ago', '2 years ago')
    expect(from?.slice(0, 10)).toBe(days(2 * 365 + 120 + 1))
    expect(to?.slice(0, 10)).toBe(days(2 * 365 + 90))
  })

  it('allow for the livestamp that Legacy makes up for replies', () => {
    const [, [from, to] = []] = datesOf('a year ago', '2 years ago')
    expect((from ?? '') < days(905 + 30)).toBe(true)
    expect((to ?? '') > days(560 - 30)).toBe(true)
  })

  it('count from the time of saving, and from up to a day before, because the page may have been open', () => {
    expect(datesOf('3 hours, 5 minutes ago', '3 hours, 5 minutes ago')[0]).toEqual([
      '2026-03-09T09:28:57Z',
      '2026-03-10T09:29:56Z',
    ])
  })

  it('have no beginning where the time is only a bound', () => {
    expect(datesOf('3 hours, 5 minutes ago', '1 year ago', { timeIsBound: true })[0]).toEqual([
      null,
      '2026-03-10T09:29:56Z',
    ])
  })

  it.each(['2026-03-10T00:00:00Z', '2026-03-10T23:59:59Z'])(
    'count from the whole day if a person gave one: %s',
    capturedAt => {
      expect(datesOf('3 hours, 5 minutes ago', '3 hours, 5 minutes ago', { capturedAt })[0]).toEqual([
        '2026-03-08T20:54:01Z',
        '2026-03-10T20:54:59Z',
      ])
    },
  )
})

describe('a hostile saved page', () => {
  const read = (body: string, more: Partial<Capture> = {}) => {
    const url = 'https://town.example/activity/p/40/'
    const time = processorTime()
    parse({ request: { url }, url, status: 200, headers: {}, body: Buffer.from(body), capturedAt: AT, ...more })
    return time()
  }

  it.each([
    ['links to files', '<a href="../x/index.html">x</a>'.repeat(20_000)],
    ['attributes of one element', `<a ${'href="x/y.html" '.repeat(100_000)}>`],
    ['entities in an address', `<a href="${'&amp;'.repeat(300_000)}">`],
    [
      'elements of a translation',
      `<html class="translated-ltr">${'<font style="vertical-align: inherit;">'.repeat(20_000)}`,
    ],
    ['elements that never end', `<html class="translated-ltr">${'<font '.repeat(200_000)}`],
  ])('takes little longer than the same page from a site: %s', (_name, body) => {
    const live = read(body)
    expect(read(body, { imported: { door: 'page', origin: 'a.html' } })).toBeLessThan(4 * live + 4000)
  })
})
