import { describe, expect, it } from 'vitest'
import { pageFingerprint } from '../../../src/archive/write/page-fingerprint.js'
import { page, post } from '../shelf.js'

describe('the fingerprint of a page', () => {
  const posts = Array.from({ length: 1200 }, (_, at) => post(String(at + 1), at === 0 ? null : '1'))

  it('of many posts, which is made in blocks, is that of one block', () => {
    expect(pageFingerprint(page(posts))).toBe('778e9901886a5056c7fb51a20f9dc6d5')
    expect(pageFingerprint(page([]))).toBe('d410f9a698498309d6facad23007e75a')
  })

  it.each([499, 500, 999, 1000, 1199])('differs if post %i does', at => {
    const other = posts.with(at, { ...(posts[at] as (typeof posts)[number]), text: 'Other.' })
    expect(pageFingerprint(page(other))).not.toBe(pageFingerprint(page(posts)))
  })
})
