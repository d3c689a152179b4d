import { describe, expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, outcome } from './outside.js'
import { type Held, webArchive } from './web-archive.js'

const LONG = `<p>${'Beans need a long pole. '.repeat(30)}</p>\n`
const GROUP = 'http://gone.example/groups/beans/'

/** Two states of a group by the Legacy pack, as a web archive has kept them, and the page of a thread that is shortened in the list. */
async function history(): Promise<Held[]> {
  const post = (id: number, html: string) => ({ id, groupSlug: 'beans', html })
  const stateOf = async (posts: ReturnType<typeof post>[], timestamp: string): Promise<Held[]> => {
    const { server, get } = await town({ pack: 'legacy' }, communityOf({ groups: [{ slug: 'beans' }], posts }))
    const old = (text: string) => text.replaceAll(server.url.replace(/\/$/, ''), 'http://gone.example')
    const location = (await get('activity/p/3/')).headers.get('location') ?? server.url
    return [
      { timestamp, url: GROUP, body: old((await get('groups/beans/')).body) },
      { timestamp, url: 'http://gone.example/activity/p/3/', body: '', location: old(location) },
      { timestamp, url: old(location), body: old((await get(location)).body) },
    ]
  }
  const before = [post(1, '<p>First words.</p>\n'), post(2, '<p>Soon deleted.</p>\n')]
  const after = [post(1, '<p>Other words.</p>\n'), post(3, LONG)]
  return [
    ...(await stateOf(after, '20260201000000')),
    ...(await stateOf(before, '20250101000000')).slice(0, 1),
    { timestamp: '20250101000000', url: `${GROUP}picture.png`, body: 'PNG', type: 'image/png' },
  ]
}

describe('archive --wayback', () => {
  it('reads all captures: earlier ones become revisions, deleted posts stay, shortened ones get their text', async () => {
    const one = desk()
    const { api, requests } = await webArchive(await history())
    const report = await one.wayback({ targets: [GROUP], api, newestOnly: false })
    expect(report.targets[0]?.problems).toEqual([])
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(report.targets[0]?.imported).toMatchObject({ captures: 3, known: 0, others: 0 })
    expect(idsHeld(one)).toEqual([1, 2, 3])
    const texts = one.threads().flatMap(({ posts }) => posts.map(({ post }) => [post.id, post.text, post.truncated]))
    expect(texts).toContainEqual(['1', 'Other words.', false])
    expect(texts).toContainEqual(['3', 'Beans need a long pole. '.repeat(30).trim(), false])
    expect(
      one.sql("SELECT revisions.text FROM revisions JOIN posts ON posts.id = post_id WHERE site_post_id = '1'"),
    ).toEqual([{ text: 'First words.' }])
    // Nothing of the community's cookies is kept, and pictures are not requested.
    expect(one.sql("SELECT 1 FROM captures WHERE headers LIKE '%secret%' OR headers LIKE '%c0ffee%'")).toEqual([])
    expect(requests.some(path => path.endsWith('.png'))).toBe(false)
  })

  it('brings nothing new the second time, and registers nothing for sync', async () => {
    const one = desk()
    const { api } = await webArchive(await history())
    await one.wayback({ targets: [GROUP], api, newestOnly: false })
    const again = await one.wayback({ targets: [GROUP], api, newestOnly: false })
    expect(again).toMatchObject({ exitCode: 0, newPosts: 0, changedPosts: 0 })
    expect(one.standing().targets).toEqual([])
  })

  it('reads only the newest capture of each page if that is wanted', async () => {
    const one = desk()
    const { api } = await webArchive(await history())
    await one.wayback({ targets: [GROUP], api, newestOnly: true })
    expect(idsHeld(one)).toEqual([1, 3])
  })

  it('names captures that cannot be had, and reads the rest', async () => {
    const one = desk()
    const { api } = await webArchive(await history(), path => path.startsWith('/web/2025'))
    const report = await one.wayback({ targets: [GROUP], api, newestOnly: false })
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(outcome(report).message).toContain('HTTP 404')
    expect(idsHeld(one)).toEqual([1, 3])
  })

  it('is blocked, not only partly done, where the web archive refuses', async () => {
    const { api } = await webArchive(await history(), path => path.startsWith('/web/2025'), 403)
    const report = await desk().wayback({ targets: [GROUP], api, newestOnly: false }, { retries: 0 })
    expect(outcome(report)).toMatchObject({ code: 8, state: 'partial' })
  })

  it('leaves out lines of the index that no archive has', async () => {
    const one = desk()
    const body = (await history())[0]?.body ?? ''
    const odd = [
      { timestamp: '20250101000000', url: 'javascript:alert(1)', body },
      { timestamp: '99999999999999', url: `${GROUP}?odd`, body },
    ]
    const { api } = await webArchive([...odd, ...(await history())])
    const targets = ['http://gone.example/']
    expect(outcome(await one.wayback({ targets, api, newestOnly: false }))).toMatchObject({ code: 0 })
    expect(idsHeld(one)).toEqual([1, 2, 3])
    expect(one.sql("SELECT captured_at FROM captures WHERE captured_at > '2027'")).toEqual([])
  })

  it('takes a capture from the future as one of now at the latest', async () => {
    const one = desk()
    const [newest] = await history()
    const { api } = await webArchive([{ ...newest, timestamp: '90000101000000' } as Held])
    await one.wayback({ targets: [GROUP], api, newestOnly: false })
    expect(one.sql('SELECT DISTINCT time_is_bound FROM captures')).toEqual([{ time_is_bound: 1 }])
    expect(one.sql("SELECT 1 FROM captures WHERE captured_at > '2027'")).toEqual([])
  })

  it('says so if the index does not answer, or if nothing was ever captured', async () => {
    const broken = await webArchive([], path => path.startsWith('/cdx'))
    const report = await desk().wayback({ targets: [GROUP], api: broken.api, newestOnly: false })
    expect(outcome(report)).toMatchObject({ code: 3, state: 'failed' })
    expect(outcome(report).message).toContain('The index of the web archive did not answer as expected')
    const empty = await webArchive([])
    const nothing = await desk().wayback({ targets: [GROUP], api: empty.api, newestOnly: false })
    expect(outcome(nothing)).toMatchObject({ code: 5, state: 'failed' })
  })
})
