import fc from 'fast-check'
import { expect, it } from 'vitest'
import { resolveUrl, withAmpersands, withoutSecrets } from '../../src/model/urls.js'
import { activityOf } from '../../src/parse/rest/activity.js'
import { readReply } from '../../src/parse/rest/posts.js'

const SITE = 'https://town.example/talk/'
const CONTEXT = { siteUrl: SITE, groupId: '1', isBuddyBoss: false, isThreaded: true, deep: [] }

const urlOf = (link: string): string | undefined => {
  const activity = activityOf({ id: 2, user_id: 3, type: 'activity_comment', primary_item_id: 1, link })
  return activity ? readReply(activity, CONTEXT).url : undefined
}

const pieces = fc.constantFrom(
  ...['activity', 'p', '7', '/', '//', '/../', '/./', '.', '#acomment-2', '#', '?', '&amp;', '&#038;', '_wpnonce=abc'],
  ...['ö', ' ', '%20', 'A_b', ':80', '@', '\\', '\n'],
)

it('the address of a post is what a parser makes of its link, whatever is behind the address of the site', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(SITE, 'https://town.example', '/'),
      fc.array(pieces, { maxLength: 8 }),
      (base, parts) => {
        const link = base + parts.join('')
        expect(urlOf(link)).toBe(
          withoutSecrets(resolveUrl(withAmpersands(link), SITE) ?? `${SITE}activity/p/1/#acomment-2`),
        )
      },
    ),
    { numRuns: 1000 },
  )
})
