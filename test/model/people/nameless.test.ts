import { describe, expect, it } from 'vitest'
import { ERASED_MEMBER, namelessFirst, namelessMember } from '../../../src/model/people/nameless.js'
import { memberOf } from '../../../src/parse/text/document-post.js'

describe('members without a name', () => {
  it('have one form each', () => {
    expect(namelessMember(null)).toBe('unknown member')
    expect(namelessMember({ id: '44' })).toBe('former member 44')
    expect(namelessFirst({ id: '44' })).toBe('Former member 44')
    for (const id of [null, '', 'x0123456789abcdef', '\u200b', '**44'])
      expect(namelessMember({ id })).toBe('former member')
  })

  it.each([
    ...[namelessMember(null), namelessMember({ id: '44' }), namelessMember({ id: null }), ERASED_MEMBER],
    ...['a former member', 'an unknown member', 'an erased member', 'a forgotten member'],
  ])('are nobody where a document is read: %s', name => {
    expect(memberOf(name)).toBeNull()
  })

  it('are not who is called nearly so', () => {
    expect(memberOf('former member of the choir')?.name).toBe('former member of the choir')
    expect(memberOf('the former member')?.name).toBe('the former member')
  })
})
