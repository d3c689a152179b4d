import { describe, expect, it } from 'vitest'
import { NetworkError, RobotsError } from '../../../src/model/errors.js'
import { parseRobots } from '../../../src/sources/site/robots.js'
import { capturing, failing, fakeClock, type Handler, page, reading, roughServer, routes } from './rough-server.js'

const AGENT = 'threadkeep/1.2 (archives group discussions; a person started it)'
const rulesOf = (text: string) => parseRobots('https://a.example/robots.txt', text, AGENT)
const allows = (text: string, path: string) => rulesOf(text).allows(`https://a.example${path}`)

describe('the rules', () => {
  it('of WordPress close the administration, but not the calls of its pages', () => {
    const text = 'User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n'
    expect(allows(text, '/groups/x/')).toBe(true)
    expect(allows(text, '/wp-admin/users.php')).toBe(false)
    expect(allows(text, '/wp-admin/admin-ajax.php')).toBe(true)
    expect(allows(text.replace(/Allow.*/, ''), '/wp-admin/admin-ajax.php')).toBe(false)
  })

  it('for threadkeep by name come before those for all', () => {
    const text = 'User-agent: threadkeep\nDisallow: /groups/\n\nUser-agent: *\nDisallow:\n'
    expect(allows(text, '/groups/x/')).toBe(false)
    expect(allows(text.replace('threadkeep', 'someone-else'), '/groups/x/')).toBe(true)
  })

  it('may forbid pages by their query, and everything', () => {
    expect(allows('User-agent: *\nDisallow: /*?acpage=', '/groups/x/?acpage=2')).toBe(false)
    expect(allows('User-agent: *\nDisallow: /*?acpage=', '/groups/x/')).toBe(true)
    expect(allows('User-agent: *\nDisallow: /', '/')).toBe(false)
  })

  it.each(['', '<!doctype html><html><body>Page not found</body></html>', '\u0000\u0001', 'Disallow /groups'])(
    'that are none allow all: %j',
    text => expect(allows(text, '/groups/x/')).toBe(true),
  )

  it('tell how slowly to go', () => {
    expect(rulesOf('User-agent: *\nCrawl-delay: 2.5').delay).toBe(2500)
    expect(rulesOf('User-agent: *\nCrawl-delay: soon').delay).toBe(0)
    expect(rulesOf('User-agent: *\nCrawl-delay: 90000').delay).toBe(60_000)
  })
})

describe('the file', () => {
  const withRobots = (robots: Handler) =>
    roughServer(routes({ '/robots.txt': robots, '/x/': (_request, response) => page(response) }))
  const status =
    (code: number, headers = {}): Handler =>
    (_request, response) =>
      void response.writeHead(code, headers).end(code === 200 ? '' : 'User-agent: *\nDisallow: /')

  it.each([404, 410, 403, 401])('that answers %i allows all', async code => {
    const server = await withRobots(status(code))
    expect((await capturing({ url: `${server.url}x/` })).status).toBe(200)
    expect(server.paths()).toEqual(['/robots.txt', '/x/'])
  })

  it('that is empty allows all, and is asked for once', async () => {
    const server = await withRobots(status(200))
    await reading([{ url: `${server.url}x/` }, { url: `${server.url}x/?2` }])
    expect(server.paths()).toEqual(['/robots.txt', '/x/', '/x/?2'])
  })

  it.each([500, 503, 429])('that answers %i forbids all: it is not known what the site allows', async code => {
    const server = await withRobots(status(code))
    const error = await failing({ url: `${server.url}x/` }, { retries: 1 })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.message).toBe(
      `${server.url}robots.txt could not be read (HTTP ${code}), so threadkeep does not know what the site allows.`,
    )
    expect(server.paths()).not.toContain('/x/')
  })

  it('may have moved', async () => {
    const server = await roughServer(
      routes({
        '/robots.txt': (_request, response) => void response.writeHead(301, { Location: '/rules.txt' }).end(),
        '/rules.txt': (_request, response) => void response.end('User-agent: *\nDisallow: /x/'),
        '/x/': (_request, response) => page(response),
      }),
    )
    expect(await failing({ url: `${server.url}x/` })).toBeInstanceOf(RobotsError)
    expect(server.paths()).toEqual(['/robots.txt', '/rules.txt'])
  })

  it('counts for where redirects lead, and for the page that a nonce is looked for on', async () => {
    const server = await roughServer(
      routes({
        '/robots.txt': (_request, response) => void response.end('User-agent: *\nDisallow: /secret/'),
        '/open/': (_request, response) => void response.writeHead(302, { Location: '/secret/' }).end(),
        '/ajax': (_request, response) => page(response),
      }),
    )
    expect(await failing({ url: `${server.url}open/` })).toMatchObject({ exitCode: 8 })
    const ajax = { url: `${server.url}ajax`, form: {}, nonce: 'activity', referer: `${server.url}secret/` } as const
    expect(await failing(ajax)).toMatchObject({ exitCode: 8, message: expect.stringContaining('/secret/') })
    expect(server.paths()).not.toContain('/secret/')
  })

  it('is not obeyed with --ignore-robots, and what it says is told', async () => {
    const rules = 'User-agent: *\nDisallow: /x/\nCrawl-delay: 30\n'
    const server = await withRobots((_request, response) => void response.end(rules))
    const heard: string[] = []
    const clock = fakeClock()
    await capturing({ url: `${server.url}x/` }, { ignoreRobots: true, heard, clock })
    expect(server.paths()).toEqual(['/robots.txt', '/x/'])
    expect(clock.slept).toEqual([])
    expect(heard.filter(line => line.startsWith('ignored'))).toEqual([
      `ignored ${server.url}x/ it asks for 30 seconds between two requests`,
      `ignored ${server.url}x/ it asks programs not to read it`,
    ])
  })

  it('need not be there with --ignore-robots', async () => {
    const server = await withRobots(status(500))
    await capturing({ url: `${server.url}x/` }, { ignoreRobots: true })
    expect(server.paths()).toEqual(['/robots.txt', '/x/'])
  })
})
