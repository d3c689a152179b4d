import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { losesText } from '../../src/parse/items/checks.js'
import { captureOf, item, pageOf, parseItems, reply } from './markup.js'

const clauses = (html: string): string[] =>
  parseItems(html).warnings.map(warning => warning.replace(/^.*?(?:: |" )/, ''))

describe('what a page shows and no template reads is said', () => {
  it('a reply without a text anywhere, which counts as shortened so that it is requested', () => {
    const replies = reply(2, {}).replace(/<div class="acomment-content">[\s\S]*?<\/div>/, '')
    const page = parseItems(item(1, { replies }))
    expect(page.warnings).toEqual([expect.stringContaining('Post 2')])
    expect(page.posts.map(({ truncated }) => truncated)).toEqual([false, true])
    expect(page.threads[0]?.whole).toBe(false)
  })

  it('an author whose avatar links to a profile, and whose name is nowhere', () => {
    const avatar = '<a href="/members/bob/"><img class="avatar user-7-avatar" src="/bob.png" alt="" /></a>'
    const page = parseItems(item(1, { header: `${avatar} posted an update` }))
    expect(page.warnings).toEqual([expect.stringContaining('its author was not found')])
    expect(page.threads[0]?.whole).toBe(false)
  })

  it('nothing, where the name of a member is empty', () => {
    const avatar = '<a href="/members/bob/"><img class="avatar user-7-avatar" src="/bob.png" alt="" /></a>'
    expect(clauses(item(1, { header: `${avatar}<a href="/members/bob/"></a> posted an update` }))).toEqual([])
  })

  it('nothing, where all is read', () => {
    expect(clauses(item(1, { replies: reply(2, {}) }))).toEqual([])
  })
})

describe('an empty text', () => {
  it.each([
    ['<p>Words.</p>', '', true],
    ['<p>Words.</p>', 'Words.', false],
    ['<p><img src="/a.png" alt="a"></p>', '', false],
    ['<script>var a</script>&nbsp;', '', false],
    ['<p>слово</p>', '  ', true],
    [`<p><img src="data:image/png;base64,${'iVBOR'.repeat(9000)}" alt=""></p>`, '', false],
  ])('%s read as "%s": a loss is %s', (html, text, isLoss) => {
    expect(losesText({ html, text })).toBe(isLoss)
  })
})

describe('the time that BuddyPress prints behind a text', () => {
  const time = (id: number, words = '7 minutes ago') =>
    `<a href="/activity/p/${id}/" class="view activity-time-since"><span class="time-since">${words}</span></a>`
  const textOf = (body: string) => parse(captureOf(pageOf(item(1, { body })))).posts[0]?.text

  it('is no text', () => {
    expect(textOf(`<p>Bees. ${time(1)}</p>`)).toBe('Bees.')
    expect(textOf('<p>Bees.</p> <span class="time-since" data-livestamp="2026-03-10T08:55:00+0000">x</span>')).toBe(
      'Bees.',
    )
  })

  it('is text where it is not at the end, or leads to another post', () => {
    expect(textOf(`<p>${time(1)} Bees.</p>`)).toBe('7 minutes ago Bees.')
    expect(textOf(`<p>Bees. ${time(9)}</p>`)).toBe('Bees. 7 minutes ago')
  })
})
