import { expect, it } from 'vitest'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'
import { captureOf, GROUP_URL } from './markup.js'

/** Two threads; the second speaks of the very tag that ends a feed. */
const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
<item><link>https://town.example/activity/p/12/</link><slash:comments>3</slash:comments></item>
<item><link>https://town.example/activity/p/9/</link><content:encoded><![CDATA[<p>It ends with </rss>, does it not?</p>]]></content:encoded><slash:comments>41</slash:comments></item>
</channel></rss>`

const read = (feed: string): Page => {
  const url = `${GROUP_URL}feed/`
  return parse({ ...captureOf(feed), request: { url }, url })
}

it('a feed tells how many replies each thread has', () => {
  expect(read(FEED)).toMatchObject({
    wall: null,
    counts: [
      { id: '12', replies: 3 },
      { id: '9', replies: 41 },
    ],
  })
})

it('a feed that breaks off anywhere tells nothing: threads behind that point would pass for threads without news', () => {
  const halves = Array.from({ length: FEED.length - 1 }, (_, at) => FEED.slice(0, at + 1))
  const told = halves.filter(half => !half.endsWith('</rss>')).map(read)
  expect(told.filter(page => page.wall === null || page.counts !== undefined)).toEqual([])
})
