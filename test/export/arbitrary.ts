import fc from 'fast-check'
import type { StoredAuthor, StoredPost, StoredThread } from '../../src/model/archive.js'
import type { When } from '../../src/model/discussion.js'
import { hostileText } from './hostile.js'
import { keptThread } from './threads.js'

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const instant = fc
  .date({ min: new Date('2008-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map(date => `${date.toISOString().slice(0, 19)}Z`)

const when: fc.Arbitrary<When> = fc.oneof(
  instant.map(at => ({ from: at, to: at })),
  fc.record({ from: nullable(instant), to: nullable(instant) }),
)

const author: fc.Arbitrary<StoredAuthor> = fc.record({
  ...{ id: nullable(fc.nat().map(String)), slug: nullable(hostileText) },
  ...{ name: nullable(hostileText), url: nullable(fc.webUrl()) },
})

const attachment = fc.record({
  kind: fc.constantFrom('image' as const, 'video' as const, 'audio' as const, 'document' as const, 'embed' as const),
  url: fc.oneof(fc.webUrl(), hostileText),
  name: nullable(hostileText),
})

const link = fc.record({
  kind: fc.constantFrom('link' as const, 'mention' as const),
  url: fc.webUrl(),
  text: hostileText,
})

const post: fc.Arbitrary<Partial<StoredPost>> = fc.record({
  ...{ author: nullable(author), when, html: hostileText, text: hostileText },
  ...{ status: fc.constantFrom('live' as const, 'gone' as const), edited: fc.boolean(), truncated: fc.boolean() },
  ...{
    revisions: fc.nat(5),
    attachments: fc.array(attachment, { maxLength: 2 }),
    links: fc.array(link, { maxLength: 2 }),
  },
})

/** Flat posts 1 … n with any parents: unread ones, later ones, circles. */
export const flatPosts: fc.Arbitrary<Partial<StoredPost>[]> = fc
  .array(fc.tuple(post, fc.oneof({ weight: 4, arbitrary: fc.nat(9) }, fc.constant(99))), { minLength: 1, maxLength: 9 })
  .map(rows => rows.map(([row, parent], at) => ({ ...row, id: `${at + 1}`, parentId: at === 0 ? null : `${parent}` })))

/** Any thread; in some threads the opening post was not read. */
export const anyThread: fc.Arbitrary<StoredThread> = fc
  .tuple(flatPosts, hostileText, fc.boolean(), fc.boolean(), nullable(hostileText), when)
  .map(([posts, title, whole, grouped, name, at]) => {
    const group = grouped ? { id: null, slug: 'g', name, url: 'https://community.example/groups/g/' } : null
    const kept = posts.length === 1 || whole ? posts : posts.slice(1)
    return keptThread({ thread: { title, group, when: at }, posts: kept })
  })
