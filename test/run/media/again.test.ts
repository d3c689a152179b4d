import { describe, expect, it } from 'vitest'
import { againAt } from '../../../src/model/media/media.js'
import { testClock } from '../outside.js'
import { archiveShowing, fetching, file, HOST, hosts, png, status } from './hosts.js'

const DAY = 86_400_000
const days = (reason: Parameters<typeof againAt>[0], tries: number) => {
  const at = againAt(reason, tries, 0)
  return at === null ? null : Date.parse(at) / DAY
}

describe('a file that could not be had is requested again', () => {
  it('after a week, then after two, four, … if its host does not have it; never if that is for good', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(tries => days('not-found', tries))).toEqual([
      7, 14, 28, 56, 112, 224, 224, 224,
    ])
    expect([1, 9].map(tries => days('gone', tries))).toEqual([null, null])
    expect(['page', 'not-allowed', 'other-type', 'empty'].map(one => days(one as 'page', 1))).toEqual([7, 7, 7, 7])
    expect(['address', 'private-address', 'too-large'].map(one => days(one as 'address', 1))).toEqual([
      null,
      null,
      null,
    ])
  })

  it('by the next two runs after a failure, then after a day, two, four, …', () => {
    expect([1, 2, 3, 4, 5, 8, 50].map(tries => days('network', tries))).toEqual([0, 0, 1, 2, 4, 32, 32])
  })

  it('not each night: then it is known, and no reason for exit code 3', async () => {
    const path = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
    const { proxy, files } = await hosts({ [`${HOST}b.png`]: status(410) })
    const clock = testClock()
    const first = await fetching(path, proxy, { clock })
    expect([first.report.exitCode, first.report.media?.missed]).toEqual([3, 2])
    clock.advance(6 * DAY)
    const second = await fetching(path, proxy, { clock })
    expect([second.report.exitCode, second.report.media]).toEqual([
      0,
      { kept: 0, bytes: 0, missed: 0, missing: [], left: 0, known: 2 },
    ])
    clock.advance(2 * DAY)
    await fetching(path, proxy, { clock })
    expect(files().map(({ url }) => url)).toEqual([`${HOST}a.png`, `${HOST}b.png`, `${HOST}a.png`])
  })

  it('at once, if that is wished', async () => {
    const path = archiveShowing(`${HOST}a.png`)
    const answers: Parameters<typeof hosts>[0] = {}
    const { proxy } = await hosts(answers)
    await fetching(path, proxy)
    answers[`${HOST}a.png`] = file(png())
    expect((await fetching(path, proxy)).report.media?.kept).toBe(0)
    const { report, items } = await fetching(path, proxy, { again: true })
    expect([report.media?.kept, items[0]?.state, items[0]?.reason]).toEqual([1, 'kept', null])
  })

  it('if it was too large, once a larger one is allowed', async () => {
    const path = archiveShowing(`${HOST}a.png`)
    const { proxy, files } = await hosts({ [`${HOST}a.png`]: file(png('x'.repeat(5000))) })
    for (const maxBytes of [1000, 1000, 4000, 6000]) await fetching(path, proxy, { limits: { maxBytes } })
    const { items } = await fetching(path, proxy)
    expect([files().length, items[0]?.state]).toEqual([2, 'kept'])
  })

  it('if a visitor got a login form, and now a member asks', async () => {
    const path = archiveShowing(`${HOST}a.png`)
    const { proxy } = await hosts({
      [`${HOST}a.png`]: (response, request) =>
        void (request.headers.cookie ? response.end(png()) : response.end('<!doctype html><form>')),
    })
    await fetching(path, proxy)
    const cookie = { key: 'wordpress_logged_in_1', value: 'x', domain: 'town.example', path: '/', hostOnly: false }
    const { report } = await fetching(path, proxy, { options: { credentials: { cookies: [cookie], passwords: [] } } })
    expect(report.media?.kept).toBe(1)
  })

  it('by a later run, if its host is down: after three failures no more is asked there', async () => {
    const path = archiveShowing(...[1, 2, 3, 4, 5].map(one => `${HOST}${one}.png`), 'http://cdn.example/a.png')
    const down = Object.fromEntries([1, 2, 3, 4, 5].map(one => [`${HOST}${one}.png`, status(503)]))
    const { proxy, files } = await hosts({ ...down, 'http://cdn.example/a.png': file(png()) })
    const { report } = await fetching(path, proxy, { options: { retries: 0 } })
    expect(report.media).toMatchObject({ kept: 1, missed: 3, left: 2 })
    expect(files().map(({ url }) => url)).toEqual([
      ...[1, 2, 3].map(one => `${HOST}${one}.png`),
      'http://cdn.example/a.png',
    ])
  })
})
