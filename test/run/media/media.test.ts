import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { archiveShowing, attached, fetching, file, HOST, hosts, png, redirect, status } from './hosts.js'

const CDN = 'http://cdn.example/'
const PRIVATE = ['refused', 'private-address', null] as const
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const namesBelow = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('.'))
    : []

describe('the files of posts', () => {
  it('are kept by their content, each once, with what is known of them', async () => {
    const path = archiveShowing(`${HOST}up/a.png`, `${CDN}b.png`, {
      kind: 'document',
      url: `${HOST}up/Plan%20B.pdf`,
      name: null,
    })
    const { proxy } = await hosts({
      [`${HOST}up/a.png`]: file(png('one')),
      [`${CDN}b.png`]: file(png('one'), { 'content-type': 'image/jpeg' }),
      [`${HOST}up/Plan%20B.pdf`]: file('%PDF-1.7', { 'content-type': 'application/octet-stream' }),
    })
    const { report, items, folder } = await fetching(path, proxy)
    expect([report.exitCode, report.media]).toEqual([
      0,
      { kept: 3, bytes: 30, missed: 0, missing: [], left: 0, known: 0 },
    ])
    const [hash, pdf] = [sha(png('one')), sha(Buffer.from('%PDF-1.7'))]
    expect(folder.path).toBe(path.replace(/\.db$/, '.media'))
    expect(namesBelow(folder.path).sort()).toEqual(
      [`${hash.slice(0, 2)}/${hash}.png`, `${pdf.slice(0, 2)}/${pdf}.pdf`].sort(),
    )
    expect(
      items.map(({ url, sha256, type, declaredType, size, name }) => [url, sha256, type, declaredType, size, name]),
    ).toEqual([
      [`${HOST}up/a.png`, hash, 'image/png', 'image/png', 11, 'a.png'],
      [`${CDN}b.png`, hash, 'image/png', 'image/jpeg', 11, 'b.png'],
      [`${HOST}up/Plan%20B.pdf`, pdf, 'application/pdf', 'application/octet-stream', 8, 'Plan B.pdf'],
    ])
    expect(readFileSync(folder.at(`${hash.slice(0, 2)}/${hash}.png`)).equals(png('one'))).toBe(true)
  })

  it('are requested once: the next run asks for new ones only', async () => {
    const path = archiveShowing(`${HOST}a.png`)
    const { proxy, files } = await hosts({ [`${HOST}a.png`]: file(png()) })
    await fetching(path, proxy)
    const { report } = await fetching(path, proxy)
    expect([files().length, report.media?.kept, report.exitCode]).toEqual([1, 0, 0])
  })

  it('come at the pace of the site, after its robots.txt', async () => {
    const path = archiveShowing(`${HOST}a.png`, `${HOST}secret/b.png`, `${HOST}c.png`)
    const { proxy, seen } = await hosts({
      [`${HOST}robots.txt`]: file('User-agent: *\nDisallow: /secret/\nCrawl-delay: 7', {
        'content-type': 'text/plain',
      }),
      [`${HOST}a.png`]: file(png('a')),
      [`${HOST}c.png`]: file(png('c')),
    })
    const { report, items } = await fetching(path, proxy, { options: { sleepSeconds: [2, 2] } })
    expect(seen.map(({ url }) => url)).toEqual([`${HOST}robots.txt`, `${HOST}a.png`, `${HOST}c.png`])
    expect(report.visit.meanSecondsBetweenRequests).toBeGreaterThanOrEqual(6.9)
    expect(items.map(({ state, reason }) => [state, reason])).toEqual([
      ['kept', null],
      ['refused', 'robots'],
      ['kept', null],
    ])
    expect(report.exitCode).toBe(3)
  })

  it('are pictures of members only where that is wished, and of these kinds', async () => {
    const path = archiveShowing(`${HOST}a.png`, attached(`${HOST}b.mp4`, 'video'))
    const { proxy, files } = await hosts({
      [`${HOST}a.png`]: file(png('a')),
      [`${HOST}avatars/ada.png`]: file(png('ada')),
    })
    const { report } = await fetching(path, proxy, { limits: { kinds: ['image'], avatars: true } })
    expect(files().map(({ url }) => url)).toEqual([`${HOST}a.png`, `${HOST}avatars/ada.png`])
    expect(report.media).toMatchObject({ kept: 2, missed: 0 })
  })

  it('stop at the size of all together', async () => {
    const path = archiveShowing(`${HOST}a.png`, `${HOST}b.png`, `${HOST}c.png`)
    const { proxy } = await hosts({ [`${HOST}a.png`]: file(png('a')), [`${HOST}b.png`]: file(png('b')) })
    const { report } = await fetching(path, proxy, { limits: { totalBytes: 15 } })
    expect([report.media, report.exitCode, report.reason]).toEqual([
      { kept: 2, bytes: 18, missed: 0, missing: [], left: 1, known: 0 },
      3,
      'limit',
    ])
  })
})

describe('a session', () => {
  const cookie = { key: 'wordpress_logged_in_1', value: 'secret', domain: 'example', path: '/', hostOnly: false }
  const own = { key: 'wordpress_logged_in_2', value: 'secret', domain: 'town.example', path: '/', hostOnly: false }
  const credentials = { cookies: [cookie, own], passwords: [] }

  it('goes to the site itself only, and so does a Referer', async () => {
    const path = archiveShowing(`${HOST}a.png`, `${CDN}b.png`, 'http://files.town.example/c.png', `${HOST}d.png`)
    const { proxy, files, seen } = await hosts({
      [`${HOST}a.png`]: file(png('a')),
      [`${CDN}b.png`]: file(png('b')),
      'http://files.town.example/c.png': file(png('c')),
      [`${HOST}d.png`]: redirect(`${CDN}d.png`),
      [`${CDN}d.png`]: file(png('d')),
    })
    const { report } = await fetching(path, proxy, { options: { credentials } })
    expect(report.media).toMatchObject({ kept: 4 })
    const secret = (one: { headers: object }) => /secret/.test(JSON.stringify(one.headers))
    expect(
      files()
        .filter(secret)
        .map(({ url }) => url),
    ).toEqual([`${HOST}a.png`, `${HOST}d.png`])
    expect(
      seen.filter(({ url, headers }) => !url.startsWith(HOST) && (secret({ headers }) || headers.referer)),
    ).toEqual([])
    expect(files()[0]?.headers.referer).toBe(HOST)
  })
})

/** What a host answers, and what becomes of its file. Each has a host of its own, named as its place in the list. */
const NOT_KEPT: Record<string, [(host: string) => Parameters<typeof hosts>[0] | string, ...unknown[]]> = {
  'a login page in place of a picture': [
    host => ({ [host]: file('<!DOCTYPE html><form>', { 'content-type': 'image/png' }) }),
    ...['refused', 'page', null],
  ],
  'another kind of content': [host => ({ [host]: file('PK\x03\x04') }), 'refused', 'other-type', 'application/zip'],
  'a text in place of a picture': [host => ({ [host]: file('Log in.') }), 'refused', 'other-type', 'text/plain'],
  nothing: [host => ({ [host]: file('') }), 'refused', 'empty', null],
  '404': [() => ({}), 'missing', 'not-found', 'HTTP 404'],
  '410': [host => ({ [host]: status(410) }), 'missing', 'gone', 'HTTP 410'],
  '403': [host => ({ [host]: status(403) }), 'refused', 'not-allowed', 'HTTP 403'],
  '500': [host => ({ [host]: status(500) }), 'failed', 'status', 'HTTP 500'],
  '429': [host => ({ [host]: status(429, { 'retry-after': '2' }) }), 'failed', 'status', 'HTTP 429'],
  'a size over the limit': [host => ({ [host]: file(png('x'.repeat(2_000_000))) }), 'refused', 'too-large', null],
  'a redirect to this machine': [host => ({ [host]: redirect('http://127.0.0.1:8080/x') }), ...PRIVATE],
  'a redirect to a private network': [host => ({ [host]: redirect('http://10.1.2.3/x.png') }), ...PRIVATE],
  'a redirect to a link-local address': [host => ({ [host]: redirect('http://169.254.169.254/latest') }), ...PRIVATE],
  'a redirect to another spelling': [host => ({ [host]: redirect('http://[::ffff:7f00:1]/') }), ...PRIVATE],
  'a redirect to a number': [host => ({ [host]: redirect('http://2130706433/') }), ...PRIVATE],
  'a redirect by way of a public host': [
    host => ({ [host]: redirect(`${CDN}way`), [`${CDN}way`]: redirect('http://localhost/') }),
    ...PRIVATE,
  ],
  'a private address that a member wrote': [() => 'http://192.168.1.1/reboot', ...PRIVATE],
  'redirects in a circle': [
    host => ({ [host]: redirect(host) }),
    ...['failed', 'network', expect.stringContaining('in a circle')],
  ],
  'redirects from host to host': [
    host => ({ [host]: redirect(`${CDN}back`), [`${CDN}back`]: redirect(host) }),
    ...['failed', 'network', 'it redirects from host to host'],
  ],
  'a picture in its own address': [() => 'data:image/png;base64,iVBORw0KGgo=', 'refused', 'address', null],
}

describe('what is not kept is named', () => {
  it('with the reason, and leaves no file; no private address is asked', async () => {
    const all = Object.values(NOT_KEPT).map(([answers], at) => {
      const url = `http://host-${at}.example/a.png`
      const made = answers(url)
      return typeof made === 'string' ? { url: made, answers: {} } : { url, answers: made }
    })
    const path = archiveShowing(...all.map(({ url }) => url))
    const { proxy, seen } = await hosts(Object.assign({}, ...all.map(({ answers }) => answers)))
    const { report, items, folder } = await fetching(path, proxy, { options: { retries: 0 } })
    const found = Object.keys(NOT_KEPT).map((what, at) => [
      what,
      items[at]?.state,
      items[at]?.reason,
      items[at]?.detail,
    ])
    expect(found).toEqual(Object.entries(NOT_KEPT).map(([what, [, ...expected]]) => [what, ...expected]))
    expect([report.exitCode, report.reason, report.media?.kept, report.media?.missed]).toEqual([
      3,
      'gap',
      0,
      all.length,
    ])
    expect(report.media?.missing.map(({ state, reason }) => [state, reason])).toEqual(
      items.map(({ state, reason }) => [state, reason]),
    )
    expect(existsSync(folder.path)).toBe(false)
    expect(seen.filter(({ url }) => !/^http:\/\/(?:host-\d+|cdn)\.example\//.test(url))).toEqual([])
  })

  it('an endless body ends at the limit, also if it is compressed', async () => {
    const { gzipSync } = await import('node:zlib')
    let sent = 0
    const path = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
    const { proxy } = await hosts({
      [`${HOST}a.png`]: response => {
        response.writeHead(200, { 'content-type': 'image/png' })
        const more = () => {
          while (!response.destroyed && response.write(png('x'.repeat(65_536)))) sent += 65_536
        }
        response.on('drain', more)
        more()
      },
      [`${HOST}b.png`]: file(gzipSync(png('x'.repeat(20_000_000))), { 'content-encoding': 'gzip' }),
    })
    const { items, folder } = await fetching(path, proxy)
    expect(items.map(({ reason }) => reason)).toEqual(['too-large', 'too-large'])
    expect(sent).toBeLessThan(20_000_000)
    expect(existsSync(folder.path)).toBe(false)
  })

  it('a body that comes byte by byte is given up', async () => {
    const path = archiveShowing(`${HOST}a.png`)
    const { proxy } = await hosts({
      [`${HOST}a.png`]: response => {
        response.writeHead(200, { 'content-type': 'image/png' })
        const drip = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(drip))
      },
    })
    const { items } = await fetching(path, proxy, { options: { timeoutSeconds: 0.1, retries: 0 } })
    expect([items[0]?.state, items[0]?.detail]).toEqual(['failed', 'the file came too slowly'])
  })

  it('relative and protocol-relative addresses are of the site', async () => {
    const path = archiveShowing('/up/a.png', '//cdn.example/b.png')
    const { proxy, files } = await hosts({ [`${HOST}up/a.png`]: file(png('a')), [`${CDN}b.png`]: file(png('b')) })
    const { report } = await fetching(path, proxy)
    expect([report.media?.kept, files().map(({ url }) => url)]).toEqual([2, [`${HOST}up/a.png`, `${CDN}b.png`]])
  })

  it('an embed is a page of another site, and no file', async () => {
    const path = archiveShowing(attached('http://films.example/watch', 'embed'))
    const { proxy, seen } = await hosts({})
    const { report } = await fetching(path, proxy)
    expect([report.media?.missed, seen.length]).toEqual([0, 0])
  })
})
