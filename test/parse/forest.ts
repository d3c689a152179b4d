import fc from 'fast-check'

/** A post to be rendered, and what must be read of it. */
export interface Sprout {
  body: string
  replies: Sprout[]
}

export interface Told {
  id: string
  parentId: string | null
  html: string
}

/** Shapes of posts, items, marks and ends of elements, as only a member would type them. */
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

/** Random parents, mostly among the youngest: broad trees, and chains of up to two hundred. */
export const forest = fc
  .array(fc.record({ body, back: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(200)), isRoot: fc.nat(40) }), {
    maxLength: 200,
  })
  .map(rows => {
    const all: Sprout[] = []
    const roots: Sprout[] = []
    for (const { body: text, back, isRoot } of rows) {
      const parent = isRoot === 0 ? undefined : all.at(-1 - Math.min(back, all.length - 1))
      const sprout = { body: text, replies: [] }
      ;(parent?.replies ?? roots).push(sprout)
      all.push(sprout)
    }
    return roots
  })

type Render = (id: number, parts: { body: string; replies: string }) => string

/** Renders depth first and numbers in pre-order, so that the ids are the expected order as well. */
export function grown(roots: readonly Sprout[], item: Render, reply: Render): { html: string; told: Told[] } {
  const told: Told[] = []
  const render = (sprout: Sprout, parentId: string | null): string => {
    const id = told.push({ id: String(told.length + 1), parentId, html: sprout.body.trim() })
    const replies = sprout.replies.map(one => render(one, String(id))).join('')
    return (parentId === null ? item : reply)(id, { body: sprout.body, replies })
  }
  return { html: roots.map(root => render(root, null)).join(''), told }
}
