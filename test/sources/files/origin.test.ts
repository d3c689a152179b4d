import { describe, expect, it } from 'vitest'
import { originOf } from '../../../src/sources/files/page/origin.js'
import { processorTime } from '../../processor-time.js'

const X = 'https://town.example/groups/bees/?acpage=2'

describe('where a saved page comes from', () => {
  it.each([
    ['the comment of browsers', `<!-- saved from url=(0042)${X} -->`, X, null],
    [
      'two hyphens, which a comment may not hold',
      '<!-- saved from url=(0042)https://town.example/a%2D%2Db/ -->',
      'https://town.example/a--b/',
      null,
    ],
    ['Internet Explorer without an address', '<!-- saved from url=(0014)about:internet -->', null, null],
    ['a copy of a copy', '<!-- saved from url=(0030)file:///home/ann/Garden.html -->', null, null],
    [
      'SingleFile',
      `<!--\n Page saved with SingleFile \n url: ${X} \n saved date: Fri Mar 01 2024 10:00:00 GMT+0100 (Central European Standard Time)\n-->`,
      X,
      '2024-03-01T09:00:00Z',
    ],
    [
      'Save Page WE',
      `<meta name="savepage-url" content="${X}"><meta name="savepage-date" content="Fri Mar 01 2024 10:00:00 GMT+0000 (GMT)">`,
      X,
      '2024-03-01T10:00:00Z',
    ],
    [
      'HTTrack',
      "<!-- Mirrored from town.example/groups/bees/?acpage=2 by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 01 Mar 2024 10:00:00 GMT -->",
      X,
      '2024-03-01T10:00:00Z',
    ],
    ['monolith', `<!-- Saved from ${X} at 2024-03-01T10:00:00Z using monolith v2.8.1 -->`, X, '2024-03-01T10:00:00Z'],
    [
      'WebScrapBook',
      `<html data-scrapbook-source="${X}" data-scrapbook-create="20240301100000000">`,
      X,
      '2024-03-01T10:00:00Z',
    ],
    [
      'the Wayback Machine',
      `<!-- saved from url=(0042)https://web.archive.org/web/20240301100000/${X} -->`,
      X,
      '2024-03-01T10:00:00Z',
    ],
    ['a canonical link', `<link href='${X}' rel=canonical>`, X, null],
    ['a canonical link of a mirror', '<link rel="canonical" href="index.html">', null, null],
    ['a base', `<base href="${X}">`, X, null],
    ['the base of a whole site', '<base href="https://town.example/">', null, null],
    [
      'what is meant for other sites',
      `<meta property="og:url" content="${X.replace('?', '?a=1&#038;')}">`,
      'https://town.example/groups/bees/?a=1&acpage=2',
      null,
    ],
    ['a canonical link that a member wrote', `<body><link rel="canonical" href="${X}">`, null, null],
  ])('%s', (_name, source, url, savedAt) => {
    expect(originOf(`<!DOCTYPE html>${source}`)).toMatchObject({ url, savedAt })
  })

  it('is what the program says that saved it, before what the page says', () => {
    const page = `<!-- saved from url=(0042)${X} --><link rel="canonical" href="https://town.example/groups/bees/">`
    expect(originOf(page).url).toBe(X)
  })

  it('is found in a hostile page within a second', () => {
    const time = processorTime()
    originOf('<link rel=canonica '.repeat(300_000) + '<meta property="og:ur '.repeat(50_000))
    expect(time()).toBeLessThan(8000)
  })
})
