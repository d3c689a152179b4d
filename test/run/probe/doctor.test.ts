import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { credentialsIn, examine } from '../../../src/run/run.js'
import { DEMO, type ServeOptions } from '../../community/index.js'
import { town } from '../../community/town.js'
import { INSTEAD } from '../answers.js'
import { bending } from '../bent.js'
import { OPTIONS, SILENT, testClock } from '../outside.js'

/** Every report of these tests keeps to the published schema. */
const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../docs/schema/doctor-1.json', import.meta.url), 'utf8')),
)

async function examined(target: string, options: ServeOptions = {}, how = {}) {
  const { server } = await town({ rest: true, ...options })
  const deps = { clock: testClock(), signal: new AbortController().signal, version: '0.0.0', reporter: SILENT }
  const report = await examine(server.url + target, { ...OPTIONS, ...how }, deps)
  expect(valid(JSON.parse(JSON.stringify(report))), JSON.stringify(valid.errors)).toBe(true)
  const routes = Object.fromEntries(report.routes.map(({ route, open }) => [route, open]))
  return { ...report, open: routes, requests: server.requests }
}

const threadsOf = (slug: string) => DEMO.posts.filter(post => post.parentId === null && post.groupSlug === slug).length

describe('doctor', () => {
  it.each([
    ['nouveau', { rest: true, ajax: true, page: false }],
    ['legacy', { rest: true, ajax: true, page: true }],
  ] as const)('says what a site on the %s pack offers, in a handful of requests', async (pack, open) => {
    const report = await examined('', { pack })
    expect(report).toMatchObject({ exitCode: 0, reader: 'visitor', recommended: 'rest', open, problems: [] })
    expect(report.engine).toMatchObject({ software: 'BuddyPress', pack })
    expect(report.engine.evidence).toContain('REST offers buddypress/v1')
    const found = Object.fromEntries(report.groups.map(group => [group.slug, group.threads]))
    expect(found['mend-and-make']).toBe(threadsOf('mend-and-make'))
    expect(report.locked).toEqual([expect.stringMatching(/Committee's Corner is open to its members only/i)])
    expect(report.expected?.requests).toBeGreaterThan(3)
    expect(report.requests.length).toBeLessThan(15)
  })

  it.each(['nouveau', 'legacy'] as const)('without REST: the next route, and no guess (%s)', async pack => {
    const report = await examined('', { pack, rest: false })
    expect(report).toMatchObject({ exitCode: 0, recommended: 'ajax', expected: null })
    expect(report.routes.find(({ route }) => route === 'rest')).toMatchObject({ open: false })
  })

  it('does not call a private group closed to a member, who may belong to it', async () => {
    const intercept = bending(body => body.replace('<body class="', '<body class="logged-in '))
    const session = credentialsIn('127.0.0.1\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\tada\n', null)
    const report = await examined('', { pack: 'nouveau', rest: false, intercept }, { credentials: session })
    expect(report).toMatchObject({ reader: 'member', locked: [] })
    expect(report.groups).toContainEqual(expect.objectContaining({ status: 'private' }))
  })

  it('one group', async () => {
    const report = await examined('groups/mend-and-make/', { pack: 'legacy' })
    expect(report.groups).toMatchObject([{ slug: 'mend-and-make', threads: threadsOf('mend-and-make') }])
    expect(report.expected?.requests).toBeLessThan(10)
  })

  it.each(['nothing/here/', 'groups/nope/', 'members/nobody/', 'activity/p/99999/'])(
    'an address that is not there is one problem: %s',
    async target => {
      const { problems } = await examined(target)
      expect(problems).toHaveLength(1)
      expect(problems[0]?.message).toMatch(/does not exist|There is no thread at/)
    },
  )

  it('does not promise to continue: it stores nothing', async () => {
    const intercept: ServeOptions['intercept'] = (request, response) => {
      if (request.path !== '/robots.txt') INSTEAD['an error 500'](response)
      return request.path !== '/robots.txt'
    }
    const { problems } = await examined('', { intercept }, { retries: 0 })
    expect(problems[0]?.advice).toContain('Run threadkeep doctor again later.')
    expect(JSON.stringify(problems)).not.toContain('continues')
  })

  it('what is locked', async () => {
    expect(await examined('groups/committee-corner/')).toMatchObject({ exitCode: 4, recommended: null })
    expect(await examined('', { membersOnly: true })).toMatchObject({ exitCode: 4, recommended: null })
  })

  it.each([
    ['not BuddyPress', 5],
    ['not found', 5],
    ['a challenge', 8],
    ['an error 500', 3],
  ] as const)('%s: exit %i, and what was seen', async (what, code) => {
    const report = await examined('', {
      intercept: (request, response) => {
        if (request.path === '/robots.txt') return false
        INSTEAD[what](response)
        return true
      },
    })
    expect(report).toMatchObject({ exitCode: code, recommended: null, engine: { software: null } })
    expect(report.problems[0]?.advice).toBeTruthy()
  })

  it('robots.txt: rule and pace', async () => {
    const rules = (text: string): ServeOptions => ({
      intercept: (request, response) => {
        if (request.path !== '/robots.txt') return false
        response.end(text)
        return true
      },
    })
    expect(await examined('', rules('User-agent: *\nDisallow: /\n'))).toMatchObject({
      exitCode: 8,
      robots: { found: true, allowed: false },
    })
    const slow = await examined('', rules('User-agent: *\nCrawl-delay: 10\n'))
    expect(slow.robots?.crawlDelaySeconds).toBe(10)
    expect(slow.expected?.seconds).toBeGreaterThan((slow.expected?.requests ?? 0) * 10)
  })

  it('changes nothing: no file, and nothing posted but the one call of the pages', async () => {
    const before = readdirSync('.')
    const { requests } = await examined('')
    expect(readdirSync('.')).toEqual(before)
    expect(requests.filter(({ method }) => method !== 'GET').map(({ form }) => form['action'])).toEqual([
      'activity_filter',
    ])
  })
})
