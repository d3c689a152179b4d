import { describe, expect, it } from 'vitest'
import { NO_CREDENTIALS } from '../../../src/model/credentials.js'
import { type LoginRequest, logIn } from '../../../src/run/run.js'
import type { SeenRequest, ServeOptions } from '../../community/index.js'
import { town } from '../../community/town.js'
import { OPTIONS, SILENT, testClock } from '../outside.js'

const PASSWORD = 'correct horse'
const COOKIE = 'wordpress_logged_in_1=anna%7C1795596972%7Ctoken%7Chmac; path=/; HttpOnly'
const FORM =
  '<html><body class="login"><form id="loginform" method="post"><input name="log"><input type="password" name="pwd">' +
  '<input type="hidden" name="guard" value="a&amp;b"><input type="hidden" name="testcookie" value="1"></form></body></html>'

type Intercept = NonNullable<ServeOptions['intercept']>

/** wp-login.php as WordPress has it. */
const wordpress: Intercept = (request, response) => {
  if (request.query.get('action') === 'rest-nonce') {
    const isMember = request.headers['cookie']?.includes('wordpress_logged_in_1=')
    response.writeHead(isMember ? 200 : 400).end(isMember ? 'ab12cd34ef' : '0')
    return true
  }
  if (!request.path.endsWith('/wp-login.php')) return false
  const { log, pwd } = request.form
  if (log === 'anna' && pwd === PASSWORD)
    response.writeHead(302, { 'Set-Cookie': COOKIE, Location: '/wp-admin/' }).end()
  else if (log === undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(FORM)
  else {
    const error = `<div id="login_error"><strong>Error:</strong> The password for <b>${log}</b> is wrong. <a href="#">Lost?</a></div>`
    response.writeHead(200, { 'content-type': 'text/html' }).end(FORM.replace('<form', `${error}<form`))
  }
  return true
}

async function loggingIn(change: Partial<LoginRequest> = {}, options: ServeOptions = {}, credentials = NO_CREDENTIALS) {
  const { server } = await town({ intercept: wordpress, ...options })
  const request = { site: `${server.url}groups/mend-and-make/`, user: 'anna', password: PASSWORD, ...change }
  const deps = { clock: testClock(), signal: new AbortController().signal, version: '0.0.0', reporter: SILENT }
  const whole: LoginRequest = { isApplication: false, form: null, insecure: false, ...request }
  const result = logIn(whole, { ...OPTIONS, credentials }, deps)
  return { server, result }
}

const posts = (requests: SeenRequest[]) => requests.filter(({ method }) => method === 'POST')

describe('a login by the form', () => {
  it('gives the session, for the base of the community, and says how long it lasts', async () => {
    const { server, result } = await loggingIn()
    const login = await result
    expect(login).toMatchObject({ site: server.url, user: 'anna', endsAt: 1_795_596_972_000 })
    expect(login.credentials.cookies.map(({ key }) => key)).toContain('wordpress_logged_in_1')
    expect(posts(server.requests).map(({ form }) => form)).toEqual([
      { guard: 'a&b', testcookie: '1', log: 'anna', pwd: PASSWORD, rememberme: 'forever', 'wp-submit': 'Log In' },
    ])
    expect(posts(server.requests)[0]?.headers['cookie']).toContain('wordpress_test_cookie=')
    expect(JSON.stringify(login)).not.toContain(PASSWORD)
  })

  it('a wrong password is told in the words of the site, without the password', async () => {
    const { result } = await loggingIn({ password: 'wrong horse' })
    await expect(result).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('The site says: Error: The password for anna is wrong.'),
      advice: expect.stringContaining('second factor'),
    })
    await expect(result).rejects.not.toThrow(/horse/)
  })

  it('is sent once, also where the site fails', async () => {
    const { server, result } = await loggingIn(
      {},
      {
        intercept: (request, response) => {
          if (request.method !== 'POST') return wordpress(request, response)
          response.writeHead(503, { 'content-type': 'text/html' }).end('<html>busy</html>')
          return true
        },
      },
    )
    await expect(result).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining('HTTP 503') })
    expect(posts(server.requests)).toHaveLength(1)
  })

  it('that brings no session in truth is refused', async () => {
    const { result } = await loggingIn(
      {},
      {
        intercept: (request, response) => {
          if (request.query.get('action') !== 'rest-nonce') return wordpress(request, response)
          response.writeHead(400).end('0')
          return true
        },
      },
    )
    await expect(result).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('treats this reader as a visitor'),
    })
  })

  it('is kept where the site does not say what it makes of it', async () => {
    const { result } = await loggingIn(
      {},
      {
        intercept: (request, response) => {
          if (request.query.get('action') !== 'rest-nonce') return wordpress(request, response)
          response.writeHead(404, { 'content-type': 'text/html' }).end('<html><body>Nothing here</body></html>')
          return true
        },
      },
    )
    expect((await result).user).toBe('anna')
  })

  it('a page without the form is told, and another address may be named', async () => {
    const moved: Intercept = (request, response) => {
      if (request.path === '/wp-login.php') {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Nothing here</body></html>')
        return true
      }
      return wordpress(request.path === '/enter/' ? { ...request, path: '/wp-login.php' } : request, response)
    }
    const lost = await loggingIn({}, { intercept: moved })
    await expect(lost.result).rejects.toMatchObject({ exitCode: 4, advice: expect.stringContaining('--login-url') })
    expect(posts(lost.server.requests)).toEqual([])
    const found = await loggingIn({ form: '/enter/' }, { intercept: moved })
    expect((await found.result).user).toBe('anna')
  })

  it('at a form of another host is refused: its cookies would be of no use', async () => {
    const { server, result } = await loggingIn({ form: 'https://sso.example/login' })
    await expect(result).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('another host') })
    expect(posts(server.requests)).toEqual([])
  })

  it('that is led to another host sends nothing there', async () => {
    const { server, result } = await loggingIn(
      {},
      {
        intercept: (request, response) => {
          if (!request.path.endsWith('/wp-login.php')) return wordpress(request, response)
          response.writeHead(302, { Location: 'https://evil.example/wp-login.php' }).end()
          return true
        },
      },
    )
    await expect(result).rejects.toThrow(/redirects to another site/)
    expect(posts(server.requests)).toEqual([])
  })

  it.each(['http://community.example/', 'http://10.0.0.7/', 'http://localhost.example/'])(
    'over %s is refused before anything is asked, for all on the way could read it',
    async site => {
      const { server, result } = await loggingIn({ site })
      await expect(result).rejects.toMatchObject({ exitCode: 2, advice: expect.stringContaining('--insecure') })
      expect(server.requests).toEqual([])
    },
  )
})

describe('a login that fails', () => {
  it('says to log in again later, because nothing can be continued', async () => {
    const down: Intercept = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('')
      return true
    }
    const { result } = await loggingIn({}, { intercept: down })
    await expect(result).rejects.toMatchObject({ advice: expect.stringContaining('Run threadkeep login again later.') })
    await expect(result).rejects.not.toMatchObject({ advice: expect.stringContaining('continues') })
  })

  it('with a session of a browser that has ended says to log in again', async () => {
    const { result } = await loggingIn({ user: '' }, { intercept: () => false })
    await expect(result).rejects.toMatchObject({
      exitCode: 4,
      advice: expect.stringMatching(/^Log in again \(threadkeep login http:\/\/\S+\/, or new cookies\)\.$/),
    })
  })
})

describe('an application password', () => {
  const rest =
    (status: number): Intercept =>
    (request, response) => {
      if (!request.path.endsWith('/members/me')) return false
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":2}')
      return true
    }

  it('is kept when the site knows whose it is', async () => {
    const { server, result } = await loggingIn({ isApplication: true }, { rest: true, intercept: rest(200) })
    const passwords = [{ site: server.url, user: 'anna', password: PASSWORD }]
    expect(await result).toEqual({
      site: server.url,
      user: 'anna',
      credentials: { cookies: [], passwords },
      endsAt: null,
    })
    expect(server.requests.find(({ path }) => path.endsWith('/members/me'))?.headers['authorization']).toMatch(
      /^Basic /,
    )
  })

  it('is refused where it makes a visitor, and where there is no REST', async () => {
    const wrong = await loggingIn({ isApplication: true }, { rest: true, intercept: rest(401) })
    await expect(wrong.result).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining('HTTP 401') })
    await expect(wrong.result).rejects.not.toThrow(/horse/)
    const without = await loggingIn({ isApplication: true }, { rest: false })
    await expect(without.result).rejects.toThrow(/has no REST/)
  })
})

it("a browser's session is kept only if the site takes it", async () => {
  const cookies = [
    { key: 'wordpress_logged_in_1', value: 'anna|1795596972|t|h', domain: '127.0.0.1', path: '/', hostOnly: true },
  ]
  const known = await loggingIn({ user: '', password: '' }, {}, { cookies, passwords: [] })
  expect(await known.result).toMatchObject({ user: '', endsAt: 1_795_596_972_000 })
  const other = [{ ...cookies[0], key: 'wordpress_logged_in_2' }]
  const unknown = await loggingIn({ user: '', password: '' }, {}, { cookies: other, passwords: [] })
  await expect(unknown.result).rejects.toMatchObject({ exitCode: 4 })
})
