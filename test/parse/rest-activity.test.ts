import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Activity, activityOf } from '../../src/parse/rest/activity.js'

const PLAIN = { id: 7, user_id: 3, component: 'groups', type: 'activity_update' }

const FIELDS = [
  ...['user_id', 'component', 'type', 'title', 'content', 'date', 'date_gmt', 'link', 'primary_item_id', 'comments'],
  ...['secondary_item_id', 'comment_count', 'user_avatar', 'is_edited', 'activity_data', 'privacy', 'post_title'],
  ...['bb_activity_post_feature_image', 'preview_data', 'bp_media_ids', 'bp_videos', 'bp_documents', 'media_gif'],
]

const read = (fields: object) => activityOf({ ...PLAIN, ...fields }) as Activity

describe('an activity of REST', () => {
  it('is none without a positive whole id', () => {
    const ids = [0, '0', '000', -1, 1.5, '1.5', '', ' 7', null, true, [7], { id: 7 }, 2 ** 53]
    for (const id of ids) expect(activityOf({ ...PLAIN, id })).toBeNull()
    expect([7, '7', '007', '90071992547409930'].map(id => read({ id }).id)).toEqual([
      '7',
      '7',
      '7',
      '90071992547409930',
    ])
  })

  it('is none if the object is another one', () => {
    for (const value of [null, 7, 'x', [], [PLAIN], {}, { id: 7, user_id: 3 }, { id: 7, type: 'x' }])
      expect(activityOf(value)).toBeNull()
  })

  it('has values of the right types, whatever its fields hold', () => {
    const fields = fc.record(Object.fromEntries(FIELDS.map(name => [name, fc.jsonValue()])), { requiredKeys: [] })
    fc.assert(
      fc.property(fields, some => {
        const one = read(some)
        expect(one.id).toBe('7')
        for (const id of [one.user_id, one.primary_item_id, one.secondary_item_id]) expect(id).toMatch(/^\d+$/)
        for (const word of [one.component, one.type, one.title, one.link, one.user_avatar, one.preview_data, one.gif])
          expect(typeof word).toBe('string')
        for (const date of [one.date, one.date_gmt]) expect(date).toMatch(/^$|^\d{4}-/)
        expect(Array.isArray(one.comments)).toBe(true)
        expect(one.content === null || typeof one.content.rendered === 'string').toBe(true)
        expect(one.comment_count ?? 0).toBeGreaterThanOrEqual(0)
        expect(['undefined', 'string']).toContain(typeof one.shown.privacy)
      }),
    )
  })

  it('reads what plugins write in other types', () => {
    const odd = { content: 'Hello', comment_count: '3', comments: { 2: { id: 8 } }, user_id: '004', media_gif: [] }
    expect(read(odd)).toMatchObject({
      ...{ content: { rendered: 'Hello' }, comment_count: 3, comments: [{ id: 8 }], user_id: '4', gif: '' },
    })
  })

  it('shows what the object says itself rather than what its edit form holds', () => {
    const activity_data = { privacy: 'public', post_title: 'Form', topics: { topic_name: 'Bees' } }
    expect(read({ activity_data, privacy: 'loggedin' }).shown).toMatchObject({
      ...{ privacy: 'loggedin', post_title: 'Form', topics: { topic_name: 'Bees' } },
    })
    expect(read({ activity_data: 5, privacy: 5 }).shown.privacy).toBeUndefined()
  })
})
