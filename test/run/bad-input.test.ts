import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model/errors.js'
import { communityOf, DEMO, type ServeOptions, viewOf } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD } from './answers.js'
import { desk, idsHeld, outcome } from './outside.js'

const PACKS = ['legacy', 'nouveau'] as const
const view = viewOf(DEMO)

/** Runs one target against the demo, and tells how it ended. */
async function ending(path: string, options: ServeOptions = {}, community = DEMO) {
  const { server } = await town(options, community)
  const one = desk()
  const report = await one.run(server.url + path)
  return { ...outcome(report), held: idsHeld(one), url: server.url, one, asked: server.requests }
}

describe('a target that is no address', () => {
  it.each([
    ['gardeners', /^"gardeners" is not a web address\.$/, /as the browser shows it/],
    ['C:\\saved\\page.html', /^"C:\\saved\\page\.html" is a path, not a web address\.$/, /threadkeep import/],
    ['c:/saved/page.html', /is a path/, /threadkeep import/],
    ['saved\\page.html', /is a path/, /threadkeep import/],
    ['./saved.page/', /is a path/, /threadkeep import/],
    ['/home/a/saved.html', /is a path/, /threadkeep import/],
    ['ftp://example.org/groups/x/', /is not a web address/, /as the browser shows it/],
    ['https://', /is not a web address/, /as the browser shows it/],
    ['', /is not a web address/, /as the browser shows it/],
    ['https://anna:secret@example.org/groups/x/', /contains a user name or a password/, /Remove it from the address/],
  ])('%s is wrong usage, and nothing is asked', async (word, message, advice) => {
    const error = await desk()
      .run(word)
      .catch(failure => failure)
    expect(error).toBeInstanceOf(UsageError)
    expect([error.exitCode, error.message, error.advice]).toEqual([
      2,
      expect.stringMatching(message),
      expect.stringMatching(advice),
    ])
    expect(error.message).not.toContain('secret')
  })
})

describe.each(PACKS)('what the site does not show (%s pack)', pack => {
  it('an unknown group', async () => {
    const end = await ending('groups/nowhere/', { pack })
    expect(end).toMatchObject({ code: 4, state: 'failed', held: [] })
    expect(end.message).toBe(`${end.url}groups/nowhere/ does not exist for this reader (HTTP 404).`)
    expect(end.advice).toContain('hidden group')
  })

  it('a hidden group answers the same', async () => {
    const hidden = communityOf({ groups: [{ status: 'hidden' }], posts: [{}] })
    expect(await ending('groups/gardeners/', { pack }, hidden)).toMatchObject({ code: 4, state: 'failed', held: [] })
  })

  it('a private group', async () => {
    const end = await ending('groups/committee-corner/', { pack })
    expect(end).toMatchObject({ code: 4, state: 'failed', held: [] })
    expect(end.message).toContain('only its members may see the posts')
    expect(end.target?.groups).toMatchObject([{ slug: 'committee-corner', access: 'members' }])
  })

  it('a private group in a whole-site run is named, and no failure', async () => {
    const end = await ending('', { pack })
    expect(end).toMatchObject({ code: 0, state: 'done' })
    expect(end.target?.groups.map(group => [group.slug, group.access])).toContainEqual(['committee-corner', 'members'])
    expect(end.one.groups().find(group => group.slug === 'committee-corner')).toMatchObject({
      status: 'private',
      posts: 0,
    })
  })

  it.each([
    { slug: 'committee-corner', code: 0, access: 'members' },
    { slug: 'mend-and-make', code: 4, access: 'open' },
  ])('a login form stands for a private group only: $slug', async ({ slug, code, access }) => {
    const end = await ending('', {
      pack,
      intercept: (request, response) => {
        if (!request.path.endsWith(`/groups/${slug}/`)) return false
        response.writeHead(302, { Location: '/wp-login.php?redirect_to=x' }).end()
        return true
      },
    })
    expect(end).toMatchObject({ code })
    expect(end.target?.groups.map(group => [group.slug, group.access])).toContainEqual([slug, access])
    if (code > 0)
      expect(end.message).toContain(`groups/${slug}/ could not be read: the site sent the login form instead`)
  })

  it.each(['enter/?redirect_to=x', 'enter/?bp-auth=1', 'sso/wp-login.php'])(
    'a page that asks for a login is known by its address, whatever stands on it: /%s',
    async address => {
      const end = await ending('groups/mend-and-make/', {
        pack,
        intercept: ({ path }, response) => {
          if (path.startsWith('/groups/')) response.writeHead(302, { Location: `/${address}` }).end()
          else if (/^\/(enter|sso)\//.test(path)) INSTEAD['not BuddyPress'](response)
          else return false
          return true
        },
      })
      expect(end).toMatchObject({ code: 4, state: 'failed', held: [] })
      expect(end.message).toContain('could not be read: the site sent the login form instead')
    },
  )

  it.each(['', 'groups/mend-and-make/', 'activity/', 'members/zoe/'])(
    'a members-only community at "%s"',
    async path => {
      const end = await ending(path, { pack, membersOnly: true })
      expect(end).toMatchObject({ code: 4, held: [], state: 'failed' })
      expect(end.message).toContain('members-only notice')
      expect(end.advice).toContain('logged-in members')
    },
  )

  it('an empty group is complete', async () => {
    const end = await ending('groups/swap-shelf/', { pack })
    expect(end).toMatchObject({ code: 0, state: 'done', held: [] })
    expect(end.target?.groups).toMatchObject([
      { slug: 'swap-shelf', completeness: { state: 'complete', held: 0, claimed: 0 } },
    ])
  })

  it('a site without groups is done, a directory that can not be read is not', async () => {
    expect(await ending('', { pack }, communityOf({ groups: [] }))).toMatchObject({ code: 0, held: [] })
    const odd = await ending('', {
      pack,
      intercept: (request, response) => {
        if (!/\/groups\/$/.test(request.path)) return false
        response.setHeader('Content-Type', 'text/html')
        response.end('<html><body class="buddypress directory groups"><div id="buddypress">Cards</div></body></html>')
        return true
      },
    })
    expect(odd).toMatchObject({ code: 5, state: 'failed' })
  })

  it('a thread whose opening post is gone, and the number of a reply', async () => {
    const reply = DEMO.posts.find(post => post.parentId !== null)
    for (const id of [99_999, reply?.id]) {
      const end = await ending(`activity/p/${id}/`, { pack })
      expect(end).toMatchObject({ code: 3, state: 'failed', held: [] })
      expect(end.message).toContain(`There is no thread at ${end.url}activity/p/${id}/: `)
      expect(end.advice).toContain('copy its address')
    }
  })

  it.each(['members/ada/activity/99999/', 'groups/gardeners/activity/99999/'])(
    '%s is named as it was typed',
    async typed => {
      const end = await ending(typed, { pack })
      expect(end).toMatchObject({ code: 3, state: 'failed', held: [] })
      expect(end.message).toContain(`There is no thread at ${end.url}${typed}: `)
      expect(end.target?.problems.map(({ url }) => url)).toEqual([end.url + typed])
    },
  )

  it.each(['?p=99999', '?page_id=99999'])('%s, which WordPress does not know, is not the whole site', async typed => {
    const end = await ending(typed, { pack })
    expect(end).toMatchObject({ code: 3, state: 'failed', held: [] })
    expect(end.message).toBe(
      `${end.url}${typed} could not be read: the site sent the front page instead (at ${end.url}).`,
    )
    expect(end.advice).toContain(`threadkeep archive ${end.url}`)
    expect(end.one.standing().targets).toEqual([])
  })

  it('?lang=de is the whole site', async () => {
    expect((await ending('?lang=de', { pack })).held.length).toBeGreaterThan(100)
  })

  it('the thread of a deleted member leads to the front page', async () => {
    const orphan = DEMO.posts.find(post => post.parentId === null && !view.member(post.memberId) && view.isPublic(post))
    const end = await ending(`activity/p/${orphan?.id}/`, { pack })
    expect(end).toMatchObject({ code: 3, state: 'failed', held: [] })
    expect(end.message).toContain('the site sent the front page instead')
    expect(end.advice).toContain('archive its group instead')
  })
})

describe('what is no community', () => {
  it('an address without a server', async () => {
    const one = desk()
    const end = outcome(await one.run('http://127.0.0.1:9/groups/x/'))
    expect(end).toMatchObject({ code: 3, state: 'failed' })
    expect(end.message).toMatch(
      /http:\/\/127\.0\.0\.1:9\/robots\.txt could not be read \(tried 3 times\): the connection was refused\./,
    )
    expect(end.advice).toContain('Check the address and the connection.')
  })

  const at = (what: keyof typeof INSTEAD): ServeOptions => ({
    intercept: (request, response) => {
      if (request.path === '/robots.txt') return false
      INSTEAD[what](response)
      return true
    },
  })

  it.each([
    ['not found', 'shop/', 5, /does not exist for this reader \(HTTP 404\)/],
    ['not BuddyPress', 'shop/', 5, /the site sent a page that is not BuddyPress \("Shop"\) instead/],
    ['not BuddyPress', '', 5, /the site sent a page that is not BuddyPress \("Shop"\) instead/],
    ['a challenge', 'groups/x/', 8, /a challenge of the site's bot protection/],
    ['a login form', 'groups/x/', 4, /a login form|the login form/],
    ['an error 500', 'groups/x/', 3, /HTTP 500/],
  ] as const)('%s at "%s": exit %i', async (what, path, code, message) => {
    const end = await ending(path, at(what))
    expect(end).toMatchObject({ code, state: 'failed', held: [] })
    expect(end.message).toMatch(message)
    expect(end.message).toContain(end.url + path)
    expect(end.advice).toBeTruthy()
    expect(end.one.groups()).toEqual([])
  })
})

describe('robots.txt', () => {
  const rules = (text: string): ServeOptions => ({
    intercept: (request, response) => {
      if (request.path !== '/robots.txt') return false
      response.end(text)
      return true
    },
  })

  it('is obeyed: exit 8, and nothing else is asked', async () => {
    const end = await ending('groups/mend-and-make/', rules('User-agent: *\nDisallow: /groups/\n'))
    expect(end).toMatchObject({ code: 8, state: 'failed', held: [] })
    expect(end.message).toBe(`${end.url}robots.txt asks programs not to read ${end.url}groups/mend-and-make/.`)
    expect(end.advice).toMatch(/--ignore-robots.* threadkeep targets remove http:.*\/groups\/mend-and-make\/$/)
    expect(end.asked).toHaveLength(1)
  })

  it('may close the calls that bring the posts', async () => {
    const end = await ending('groups/mend-and-make/', rules('User-agent: *\nDisallow: /wp-admin/\n'))
    expect(end).toMatchObject({ code: 8, held: [] })
    expect(end.message).toContain('admin-ajax.php')
  })
})
