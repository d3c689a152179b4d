import Sqlite from 'better-sqlite3'
import { load } from 'cheerio'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Member } from '../../../../src/model/discussion.js'
import { exactly } from '../../../../src/model/time.js'
import { GARDENERS, group, member, page, post, type Shelf, shelf } from '../../../archive/shelf.js'
import { attached, fetching, file, HOST, hosts, png } from '../../../run/media/hosts.js'
import { running, type TestIo, testIo } from '../../test-io.js'

const on = (day: string) => ({ when: exactly(`${day}T12:00:00Z`) })
const ATTACK = {
  html: '<p>Bees <script>alert(1)</script><img src="https://other.example/x.png" alt="hive"></p>',
  text: 'Bees',
}

function town(): Shelf {
  const one = shelf()
  one.save(
    page([
      post('1', null, { ...on('2025-05-01'), ...ATTACK }),
      post('2', '1', { ...on('2025-05-02'), html: '<p>Wasps</p>', text: 'Wasps' }),
      post('3', null, { ...on('2025-06-01'), html: '<p>Beans</p>', text: 'Beans' }),
      post('4', null, { ...on('2025-06-02'), group: group('bakers', { id: '2' }) }),
      post('5', null, { ...on('2025-06-03'), type: 'joined_group', html: '', text: '' }),
    ]),
  )
  return one
}

let io: TestIo | null = null
let running_: Promise<{ code: number; out: string; err: string }> | null = null

/** Starts the command, and waits for the address that it prints, or for its end. */
async function viewing(one: Shelf, ...flags: string[]): Promise<string> {
  const own = testIo()
  io = own
  let isOver = false
  running_ = running(['view', '--db', one.file, ...flags], own).finally(() => {
    isOver = true
  })
  // The last line that it writes: from then on it hears Ctrl-C.
  await vi.waitFor(() => expect(isOver || own.stderr.text.includes('until Ctrl-C')).toBe(true), { timeout: 30_000 })
  return own.stdout.text.trim()
}

const shown = async (url: string) => load(await (await fetch(url)).text())
const AT = 'town.example/gardeners'

afterEach(async () => {
  io?.interrupt()
  await running_
  io = null
})

describe('threadkeep view', () => {
  it('prints its address and nothing else, and ends with 0 at Ctrl-C', async () => {
    const url = await viewing(town())
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    io?.interrupt()
    expect(await running_).toEqual({
      code: 0,
      out: `${url}\n`,
      err: 'Open this address in a browser. The archive is served to this machine only, until Ctrl-C.\n',
    })
  })

  it('wraps what it says between words at a terminal', async () => {
    const own = testIo()
    own.stderr.isTTY = true
    const done = running(['view', '--db', town().file], own)
    await vi.waitFor(() => expect(own.stderr.text).toContain('Ctrl-C'), { timeout: 30_000 })
    own.interrupt()
    await done
    expect(own.stderr.text).toMatch(/only,\nuntil Ctrl-C\.\n$/)
  })

  it('shows groups, a group, a month and a thread at the addresses of an exported site, by links that lead there', async () => {
    const url = await viewing(town())
    const seen = new Set<string>()
    const open = [url]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const response = await fetch(next)
      expect(response.status, next).toBe(200)
      const found = load(await response.text())
      expect(found('script, img').length, next).toBe(0)
      for (const link of found('a[href]').toArray()) {
        const to = new URL(link.attribs['href'] ?? '', next)
        const address = to.href.replace(/#.*/, '')
        if (!address.startsWith(url) || seen.has(address)) continue
        seen.add(address)
        open.push(address)
      }
    }
    const paths = [...seen].map(address => address.slice(url.length)).sort()
    expect(paths).toEqual([
      '',
      'index.html',
      'town.example/bakers/2025-06.html',
      'town.example/bakers/index.html',
      'town.example/bakers/thread-4.html',
      `${AT}/2025-05.html`,
      `${AT}/2025-06.html`,
      `${AT}/index.html`,
      `${AT}/thread-1.html`,
      `${AT}/thread-3.html`,
    ])
    const thread = await shown(`${url}${AT}/thread-1.html`)
    expect(thread('#post-1 .body').text()).toBe('Bees hive (picture)')
    expect(thread('[rel=next]').attr('href')).toBe('thread-3.html')
    expect((await fetch(`${url}style.css`)).headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect((await fetch(`${url}${AT}/thread-999.html`)).status).toBe(404)
    expect((await fetch(`${url}../../etc/passwd`)).status).toBe(404)
    const index = await shown(`${url}${AT}/index.html`)
    expect(index('svg').length).toBe(3)
    expect(index('.status').text()).toContain('Both threads of Gardeners: 3 posts by 1 person')
  })

  it('shows kept pictures from the folder of the archive, and gives any other file to be stored', async () => {
    const one = shelf()
    const names = ['a.png', 'draw.svg', 'gone.png']
    const html = '<p><img src="/a.png" alt="A"> <img src="/draw.svg" alt="Plan"> <img src="/gone.png" alt="G"></p>'
    const attachments = names.map(name => attached(`${HOST}${name}`))
    const site = { url: HOST, name: 'Town' }
    one.save(page([post('1', null, { url: `${HOST}activity/p/1/`, html, text: 'x', attachments })], { site }))
    one.close()
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    const { proxy } = await hosts({ [`${HOST}a.png`]: file(png('a')), [`${HOST}draw.svg`]: file(drawing) })
    await fetching(one.file, proxy)
    const url = await viewing(one)
    const thread = await shown(`${url}${AT}/thread-1.html`)
    const [src] = thread('img')
      .toArray()
      .map(image => image.attribs['src'])
    const links = thread('.body a')
      .toArray()
      .map(link => link.attribs['href'] ?? '')
    expect([thread('img').length, links.length, links[1]]).toEqual([1, 2, `${HOST}gone.png`])
    const answer = await fetch(new URL(src ?? '', `${url}${AT}/thread-1.html`))
    expect(Buffer.from(await answer.arrayBuffer()).equals(png('a'))).toBe(true)
    const { headers } = answer
    expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual(['image/png', 'nosniff'])
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/)
    const other = await fetch(new URL(links[0] ?? '', `${url}${AT}/thread-1.html`))
    expect(other.headers.get('content-type')).toBe('application/octet-stream')
    expect(other.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''draw-[0-9a-f]{8}\.svg$/)
    expect(await other.text()).toBe(drawing)
    for (const wrong of ['media/a.png', 'media/x?of=file:///etc/passwd', `media/x?of=${HOST}gone.png`, 'media/../x'])
      expect((await fetch(`${url}${wrong}`)).status, wrong).toBe(404)
  })

  it('searches in the query language, and leads to each hit', async () => {
    const url = await viewing(town())
    const hits = await shown(`${url}search?q=${encodeURIComponent('bea* OR bees -wasps')}`)
    expect(hits('#found').text()).toBe('2 posts')
    const links = hits('.hits a')
      .toArray()
      .map(link => link.attribs['href'])
    expect(links).toContain(`${AT}/thread-1.html?post=1#post-1`)
    expect((await shown(`${url}${links[0]}`))('article').length).toBeGreaterThan(0)
    const wrong = await shown(`${url}search?q=${encodeURIComponent('after:whenever')}`)
    expect(wrong('#found').text()).toContain('"whenever" is not a date')
    const mistyped = await shown(`${url}search?q=${encodeURIComponent('from:nobody bees')}`)
    expect(mistyped('#found[role=alert]').text()).toContain('No member "nobody" is in this archive.')
    expect(mistyped('#found br').length).toBeGreaterThan(1)
    expect((await shown(`${url}search?q=${encodeURIComponent('"><script>x')}`))('script').length).toBe(0)
    expect((await shown(`${url}search`))('#found').length).toBe(0)
  })

  it("shows what a run has written since, and is in nobody's way", async () => {
    const one = town()
    const url = await viewing(one)
    expect((await fetch(`${url}${AT}/thread-9.html`)).status).toBe(404)
    one.save(page([post('9', null, { ...on('2025-07-01'), html: '<p>New</p>', text: 'New' })]))
    expect((await shown(`${url}${AT}/thread-9.html`))('#post-9 .body').text()).toBe('New')
    expect((await shown(`${url}${AT}/index.html`))('main').text()).toContain('July 2025')
    expect((await shown(`${url}search?q=new`))('#found').text()).toBe('1 post')
  })

  it('shows no gone post, by default, also not to the search', async () => {
    const one = town()
    const db = new Sqlite(one.file)
    db.prepare("UPDATE posts SET status = 'gone', gone_at = '2025-08-01T00:00:00Z' WHERE site_post_id = '2'").run()
    db.close()
    const url = await viewing(one)
    expect((await shown(`${url}search?q=wasps`))('#found').text()).toBe('No post')
    expect((await shown(`${url}${AT}/thread-1.html`))('#post-2').text()).toMatch(/^#2 is gone from the site/)
    io?.interrupt()
    await running_
    const all = await viewing(one, '--status', 'all', '--timezone', 'Asia/Tokyo', '--locale', 'fr')
    expect((await shown(`${all}search?q=wasps`))('#found').text()).toBe('1 post')
    expect((await shown(`${all}${AT}/thread-1.html`))('#post-2 .when').text()).toContain('2 mai 2025, 21:00')
  })

  it.each([
    [['--port', '70000'], /It is a number up to 65535/],
    [['--port', 'x'], /It is a number up to 65535/],
    [['--timezone', 'Mars'], /"Mars" is no time zone/],
    [['--locale', 'German'], /A language is named by its code: de\./],
    [['--status', 'dead'], /Allowed choices are live, gone, all/],
  ])('refuses %j', async (flags, words) => {
    await viewing(town(), ...flags)
    expect(await running_).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
  })

  it('says which port is in use, and which archive there is not', async () => {
    const one = town()
    const { port } = new URL(await viewing(one))
    const twice = await running(['view', '--db', one.file, '--port', port], testIo())
    expect(twice).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`The port ${port} is in use.`) })
    const absent = await running(['view', '--db', '/nowhere/none.db'], testIo())
    expect(absent).toMatchObject({ code: 6, out: '' })
  })

  describe('with pseudonyms', () => {
    const MAGDA = member('magda-kowalska', { id: '7', name: 'Magda Kowalska' })
    const BEN = member('ben', { id: '8', name: 'Zoë Ben' })
    const said = (id: string, parent: string | null, author: Member, text: string) =>
      post(id, parent, { ...on('2025-05-01'), author, html: `<p>${text}</p>`, text })

    async function covered(...flags: string[]): Promise<{ url: string; one: Shelf }> {
      const one = shelf()
      one.save(
        page([
          said('1', null, MAGDA, 'Bees and hives of Magda Kowalska'),
          said('2', '1', BEN, 'Bees, said Kowalska to Zoë'),
          said('3', '1', BEN, 'Beans only'),
        ]),
      )
      return { url: await viewing(one, '--pseudonyms', `${one.file}.key.json`, ...flags), one }
    }

    it('shows no name on any page', async () => {
      const { url } = await covered()
      for (const path of ['', `${AT}/index.html`, `${AT}/2025-05.html`, `${AT}/thread-1.html`, 'search?q=bees']) {
        const text = await (await fetch(url + path)).text()
        expect(text, path).not.toMatch(/kowalska|magda|zo[eë]|\bben\b/i)
        expect(text, path).toContain(path === '' ? 'Gardeners' : 'Member 00')
      }
    })

    it('finds what the pages show, and no name', async () => {
      const { url } = await covered()
      const found = async (q: string) =>
        (await shown(`${url}search?q=${encodeURIComponent(q)}`))('#found').text().split('.')[0]
      expect(await found('bees')).toBe('2 posts')
      expect(await found('"bees and"')).toBe('1 post')
      for (const name of [
        'Kowalska',
        'kowal*',
        'zoe',
        '"said Kowalska"',
        'bees kowalska',
        'from:magda-kowalska',
        'from:7',
      ])
        expect(await found(name), name).toBe('No post')
      for (const query of ['bees OR kowalska', 'bees -kowalska', '(-bees)'])
        expect(await found(query), query).toContain('With pseudonyms, a search has neither OR nor -')
      const hits = await shown(`${url}search?q=hives`)
      const who = hits('.meta bdi').first().text()
      expect(who).toMatch(/^Member \d{3}$/)
      expect(await found(`from:"${who}" in:gardeners`)).toBe('1 post')
      expect(await found(`from:${who.toLowerCase().replace(' ', '-')} beans`)).toBe('No post')
      expect(await found('in:bakers')).toBe('No post')
    })

    it('shows what was written since, with pseudonyms for those who are new', async () => {
      const { url, one } = await covered()
      one.save(page([said('4', null, member('cleo', { id: '9', name: 'Cleo Novak' }), 'Hello, I am Cleo Novak')]))
      const text = await (await fetch(`${url}${AT}/thread-4.html`)).text()
      expect(text).toMatch(/Hello, I am Member \d{3}/)
      expect(text).not.toMatch(/cleo|novak/i)
    })

    it('refuses a list of names without a key', async () => {
      await viewing(town(), '--names', 'names.txt')
      expect(await running_).toMatchObject({ code: 2, out: '' })
    })
  })

  it('keeps the groups of another site apart', async () => {
    const one = town()
    const theirs = { ...GARDENERS, url: 'https://other.example/groups/gardeners/' }
    const site = { url: 'https://other.example/', name: null }
    one.save(
      page(
        [
          post('1', null, {
            ...on('2025-05-01'),
            group: theirs,
            url: 'https://other.example/activity/p/1/',
            text: 'Theirs',
            html: '<p>Theirs</p>',
          }),
        ],
        { site },
      ),
    )
    const url = await viewing(one)
    expect((await shown(`${url}other.example/gardeners/thread-1.html`))('#post-1 .body').text()).toBe('Theirs')
    expect((await shown(`${url}${AT}/thread-1.html`))('#post-1 .body').text()).toContain('Bees')
  })
})
