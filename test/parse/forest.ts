import fc from 'fast-check'
import { withoutNul } from '../../src/model/markup/storable-text.js'

/** A post to render, with its replies. */
export interface PostSource {
  body: string
  replies: PostSource[]
}

/** The values that the parser must read of a post. */
export interface ExpectedPost {
  id: string
  parentId: string | null
  html: string
}

/** Markup of posts, items, dates and closing tags inside the text of a member. */
const HOSTILE = [
  'activity-999',
  '<span id="activity-5" class="activity-item">x</span>',
  '<li id="acomment-7"><div class="acomment-meta"><a href="/members/eve/">Eve</a></div>y</li>',
  '<ul><li id="activity-8" class="groups activity_update"><div class="activity-inner">z</div></li></ul>',
  '<div class="acomment-content">w</div>',
  '<span class="time-since" data-livestamp="2001-01-01T00:00:00+0000">9 years ago</span>',
  '<div class="activity-comments"><ul><li class="load-more"><a href="#">v</a></li></ul></div>',
  '&lt;/li&gt; &amp; "quotes" 🐝 مرحبا',
  '<!-- </li> -->',
  '<br />',
]

const escaped = (text: string): string => text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`)
const line = fc.oneof(fc.string({ unit: 'binary' }).map(escaped), fc.constantFrom(...HOSTILE))
const body = fc.array(line, { minLength: 1, maxLength: 4 }).map(lines => `<p>a</p>\n${lines.join(' ')}\n<p>b</p>`)

/** Posts with random parents, mostly among the last ones: broad trees, and chains of up to two hundred. */
export const forest = fc
  .array(fc.record({ body, back: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(200)), isRoot: fc.nat(40) }), {
    maxLength: 200,
  })
  .map(rows => {
    const all: PostSource[] = []
    const roots: PostSource[] = []
    for (const { body: text, back, isRoot } of rows) {
      const parent = isRoot === 0 ? undefined : all.at(-1 - Math.min(back, all.length - 1))
      const post = { body: text, replies: [] }
      ;(parent?.replies ?? roots).push(post)
      all.push(post)
    }
    return roots
  })

type Render = (id: number, parts: { body: string; replies: string }) => string

/** Renders depth first and numbers in pre-order, so that the ids are the expected order as well. No archive holds NUL. */
export function grown(
  roots: readonly PostSource[],
  item: Render,
  reply: Render,
): { html: string; expected: ExpectedPost[] } {
  const expected: ExpectedPost[] = []
  const render = (post: PostSource, parentId: string | null): string => {
    const id = expected.push({ id: String(expected.length + 1), parentId, html: withoutNul(post.body.trim()) })
    const replies = post.replies.map(one => render(one, String(id))).join('')
    return (parentId === null ? item : reply)(id, { body: post.body, replies })
  }
  return { html: roots.map(root => render(root, null)).join(''), expected }
}
