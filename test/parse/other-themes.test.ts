import { describe, expect, it } from 'vitest'
import { item, parseItems, reply } from './markup.js'

const BOB = '<a href="/members/bob/">Bob</a>'
const AVATAR =
  '<a href="/members/bob/"><img class="avatar user-7-avatar" src="/bob.png" alt="Profile picture of Bob" /></a>'
const REPLY_DATE = '<a href="/activity/p/1/#acomment-2">1 day ago</a>'

/** What is read of the only reply, and what the page warns of. */
function replyIn(markup: string) {
  const page = parseItems(item(1, { replies: markup }))
  const post = page.posts.find(({ id }) => id === '2')
  return { author: post?.author?.name, text: post?.text, warnings: page.warnings }
}

describe('a reply whose theme prints the author', () => {
  const frame = (inside: string) => `<li id="acomment-2">${inside}</li>`

  it.each([
    ['into the text', frame(`${AVATAR}<div class="acomment-content"><p>${BOB}<p>Yes.</p></p></div>${REPLY_DATE}`)],
    [
      'in a link named meta',
      frame(`${AVATAR}<div class="acomment-content">${BOB.replace('<a', '<a class="acomment-meta"')}<p>Yes.</p></div>`),
    ],
    [
      'and the date into the text',
      frame(
        `${AVATAR}<div class="acomment-content"><strong>${BOB}</strong><p>Yes.</p><div><span class="time-since">1 day ago</span></div></div>`,
      ),
    ],
    ['behind other words, without avatars', reply(2, { header: `By ${BOB}, ${REPLY_DATE}`, body: '<p>Yes.</p>' })],
    [
      'under a label, without avatars',
      frame(
        `<div class="acomment-header"><p class="header-label">Written by Bob</p>${BOB}</div><div class="acomment-body"><ul><li>Yes.</li></ul></div>`,
      ),
    ],
    [
      'with a badge',
      reply(2, { header: `${AVATAR}<a href="/members/bob/">Bob <b class="badge">Admin</b></a>`, body: '<p>Yes.</p>' }),
    ],
  ])('%s', (_, markup) => {
    const { author, text, warnings } = replyIn(markup)
    expect({ author, text: text?.replace(/^- /, ''), warnings }).toEqual({ author: 'Bob', text: 'Yes.', warnings: [] })
  })

  it('nowhere: a deleted member has an empty link', () => {
    const header = '<div class="acomment-header"><p class="header-label">Written by Bob</p><a href=""></a></div>'
    const read = replyIn(frame(`${header}<div class="acomment-body"><p>See <a href="/members/ann/">Ann</a>.</p></div>`))
    expect(read).toEqual({ author: undefined, text: 'See Ann.', warnings: [] })
  })
})

describe('a reply whose element has another id', () => {
  const inside = `${AVATAR}${BOB} ${REPLY_DATE}<div class="acomment-content"><p>Yes.</p></div>`

  it('is read where words follow the number', () => {
    expect(replyIn(`<li id="acomment-2 offset1">${inside}</li>`)).toEqual({ author: 'Bob', text: 'Yes.', warnings: [] })
  })

  it('is named where there is no number', () => {
    const page = parseItems(item(1, { replies: `<li class="comment">${inside}</li>` }))
    expect(page.warnings).toEqual([expect.stringMatching(/^Reply 2 of .* is not read/)])
    expect(page.threads[0]?.whole).toBe(false)
  })
})

describe('a text that the theme has shortened', () => {
  const textOf = (body: string) => {
    const [post] = parseItems(item(1, { body })).posts
    return { text: post?.text, truncated: post?.truncated }
  }

  it('counts as shortened, and the link behind it is no text', () => {
    const link = '<a class="more" href="/activity/p/1/">Continue</a>'
    expect(textOf(`<p>Bees [&hellip;] ${link}</p>`)).toEqual({ text: 'Bees […]', truncated: true })
    expect(textOf(`<p>Bees. ${link}</p><p></p>`)).toEqual({ text: 'Bees.', truncated: true })
  })

  it('is whole where the link leads to another post', () => {
    const link = '<a href="/activity/p/9/">Continue</a>'
    expect(textOf(`<p>Bees&hellip; ${link}</p>`)).toEqual({ text: 'Bees… Continue', truncated: false })
  })
})

describe('a date in words of no language', () => {
  const dateOf = (header: string) => parseItems(item(1, { header })).posts[0]?.when.from

  it('is that for machines, with its time zone', () => {
    expect(dateOf('<time datetime="2026-03-08T10:00:00+0100">8 mars</time>')).toBe('2026-03-08T09:00:00Z')
    expect(dateOf('<abbr title="2026-03-08T10:00:00Z">8 mars</abbr>')).toBe('2026-03-08T10:00:00Z')
  })

  it('is open where the time zone is missing, or PHP has failed', () => {
    expect(dateOf('<time datetime="2026-03-08 10:00:00">8 mars</time>')).toBeNull()
    expect(dateOf('<time datetime="1970-01-01T00:00:00+00:00">8 mars</time>')).toBeNull()
  })
})

it('the address of a picture that loads late is not its placeholder', () => {
  const lazy = AVATAR.replace('src="/bob.png"', 'src="data:image/gif;base64,R0lG" data-src="/bob.png"')
  const [post] = parseItems(item(1, { header: `${lazy}${BOB}` })).posts
  expect(post?.author?.avatarUrl).toBe('https://town.example/bob.png')
})
