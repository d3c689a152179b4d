import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json, threadJson as pieces } from '../../src/export/json.js'
import { jsonl } from '../../src/export/jsonl.js'
import type { StoredThread } from '../../src/model/archive.js'
import { anyThread } from './arbitrary.js'
import { chain, keptThread, rendered } from './threads.js'

const schemaFile = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../docs/schema/${name}`, import.meta.url), 'utf8'))
const postSchema = schemaFile('post-1.json')
const threadSchema = schemaFile('thread-1.json')
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false }).addSchema(
  postSchema,
  'post-1.json',
)
const validThread = ajv.compile(threadSchema)
const validPost = ajv.compile(postSchema)

const threadJson = (thread: StoredThread): string => [...pieces(thread)].join('')

const linesOf = (thread: StoredThread) =>
  rendered(jsonl, thread)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

interface Nested {
  id: string
  replies: Nested[]
}
const idsOf = ({ id, replies }: Nested): string[] => [id, ...replies.flatMap(idsOf)]

describe('any thread', () => {
  it('is valid under the schemas', () => {
    fc.assert(
      fc.property(anyThread, thread => {
        validThread(JSON.parse(threadJson(thread)))
        expect(validThread.errors).toBeNull()
        for (const line of linesOf(thread)) {
          validPost(line)
          expect(validPost.errors).toBeNull()
        }
      }),
    )
  })

  it('has its posts in pre-order in both', () => {
    fc.assert(
      fc.property(anyThread, thread => {
        const ids = [...thread.posts].map(node => node.post.id)
        expect(linesOf(thread).map(line => line.id)).toEqual(ids)
        expect(linesOf(thread).map(line => line.position)).toEqual(ids.map((_, at) => at))
        const parsed = JSON.parse(threadJson(thread))
        const roots: Nested[] = [...(parsed.post ? [parsed.post] : []), ...(parsed.replies ?? [])]
        expect(roots.flatMap(idsOf).sort()).toEqual([...ids].sort())
      }),
    )
  })

  it('is printed as JSON.stringify would', () => {
    fc.assert(
      fc.property(anyThread, thread => {
        const text = threadJson(thread)
        expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 1)}\n`)
      }),
    )
  })

  it('is valid in a stream', () => {
    fc.assert(
      fc.property(fc.array(anyThread, { maxLength: 3 }), threads => {
        const stream = JSON.parse(rendered(json, ...threads))
        expect(stream.map((thread: { title: string }) => thread.title)).toEqual(
          threads.map(thread => JSON.parse(JSON.stringify(thread.title))),
        )
      }),
    )
  })
})

it('documents every key, and no other', () => {
  const all = { id: '1', forgotten: true, author: null, html: '', text: '', seenBy: ['visitor'] } as const
  const [line] = linesOf(
    keptThread({
      posts: [{ ...all, annotations: [{ coder: 'Kim', codes: ['help'], note: null }], seenBy: [...all.seenBy] }],
    }),
  )
  const documented = [...Object.keys(postSchema.properties), ...Object.keys(postSchema.$defs.post.properties)]
  expect(Object.keys(line)).toEqual(documented)
  expect(validPost(line)).toBe(true)
  // These three are there where there is something to tell.
  expect(Object.keys(linesOf(chain(1))[0])).toEqual(
    documented.filter(key => !['forgotten', 'seen_by', 'annotations'].includes(key)),
  )
  expect(Object.keys(JSON.parse(threadJson(chain(1))))).toEqual(threadSchema.required)
})

it('schemas refuse what is wrong', () => {
  expect(validPost({ ...linesOf(chain(1))[0], posted_at: '28 October' })).toBe(false)
  expect(validPost({ ...linesOf(chain(1))[0], status: 'lost' })).toBe(false)
  expect(validThread({ ...JSON.parse(threadJson(chain(2))), post: null })).toBe(false)
})

it('tells an interval from a date', () => {
  const [from, to] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']
  const posts = [{ when: { from, to: from } }, { id: '2', parentId: '1', when: { from, to } }]
  const dates = linesOf(keptThread({ posts })).map(line => [line.posted_at, line.posted_between])
  expect(dates).toEqual([
    [from, [from, from]],
    [null, [from, to]],
  ])
})

it('keeps only what is documented of a group', () => {
  const group = { id: '7', slug: 'g', name: 'G', url: 'https://g.example/', threads: 3 }
  expect(linesOf({ ...chain(1), group })[0].group).toEqual({ id: '7', slug: 'g', name: 'G', url: 'https://g.example/' })
})

it('nests 5,000 replies without overflow, and 30 that parse back', () => {
  const text = threadJson(chain(5000))
  expect(text.match(/"replies": \[/g)).toHaveLength(5000)
  expect(text.match(/[[{]/g)?.length).toBe(text.match(/[\]}]/g)?.length)
  expect(idsOf(JSON.parse(threadJson(chain(30))).post)).toHaveLength(30)
})
