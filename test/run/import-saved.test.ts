import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { desk, newFile } from './outside.js'

const saved = (name: string) => fileURLToPath(new URL(`../../fixtures/saved/${name}/input`, import.meta.url))

/** Files that programs have saved of one community, worst first: each holds thread 40. */
const KINDS = [
  'translated',
  'cut-off',
  'chromium-complete',
  'singlefile',
  'chromium-mhtml',
  'httrack',
  'wget',
  'chromium-html-only',
]

const TREE = [
  { id: '40', parent: null },
  { id: '41', parent: '40' },
  { id: '43', parent: '41' },
  { id: '45', parent: '41' },
  { id: '44', parent: '40' },
]

const treeIn = (one: ReturnType<typeof desk>) =>
  one
    .threads()
    .filter(({ id }) => id === '40')
    .flatMap(({ posts }) => posts.map(({ post }) => ({ id: post.id, parent: post.parentId })))

describe('an import of saved pages', () => {
  it.each(KINDS)('has the tree of the thread: %s', async kind => {
    const one = desk()
    await one.imports([saved(kind)])
    expect(treeIn(one)).toEqual(TREE)
  })

  it('has no text twice, whatever comes first, and nothing new the second time', async () => {
    for (const order of [KINDS, KINDS.toReversed()]) {
      const one = desk()
      for (const kind of order) await one.imports([saved(kind)])
      expect(treeIn(one)).toEqual(TREE)
      expect(one.sql('SELECT text FROM revisions')).toEqual([])
      expect(await one.imports(KINDS.map(saved))).toMatchObject({ newPosts: 0, changedPosts: 0 })
    }
  })

  it('takes the picture, whose address a complete page has lost, from any other source', async () => {
    for (const order of [
      ['chromium-complete', 'chromium-mhtml'],
      ['chromium-mhtml', 'chromium-complete'],
    ]) {
      const one = desk()
      for (const kind of order) await one.imports([saved(kind)])
      expect(
        one.sql(
          "SELECT attachments.url, truncated FROM attachments JOIN posts ON posts.id = post_id WHERE site_post_id = '44'",
        ),
      ).toEqual([{ url: 'https://town.example/files/swarm.jpg', truncated: 0 }])
    }
  })

  it('names a login form, and a page of other software', async () => {
    const report = await desk().imports([saved('walls')])
    const messages = report.targets.flatMap(({ problems }) => problems.map(({ message }) => message)).join('\n')
    expect(messages).toContain('login form')
    expect(messages).toContain('Discourse')
    expect(report.exitCode).toBe(5)
  })

  it('names a page that was saved before its posts had come', async () => {
    const file = newFile('page.html')
    const url = 'https://town.example/groups/gardeners/'
    const loader = '<div id="activity-stream" data-bp-list="activity"><div id="bp-ajax-loader"></div></div>'
    writeFileSync(
      file,
      `<!doctype html><html><head><link rel="canonical" href="${url}"></head><body class="buddypress single-item groups group-gardeners"><div id="buddypress">${loader}</div></body></html>`,
    )
    const report = await desk().imports([file])
    expect(report.targets[0]?.problems).toMatchObject([{ message: expect.stringContaining('holds only a loader') }])
    expect(report.exitCode).toBe(3)
  })

  it('says what to do where a file does not name its site, and reads it with --site', async () => {
    const without = await desk().imports([saved('without-address')])
    expect(without.targets[0]?.problems[0]?.message).toContain('--site URL')
    expect(without.exitCode).toBe(5)
    const one = desk()
    await one.imports([saved('site-by-user')], { site: 'https://town.example/' })
    expect(treeIn(one)).toEqual(TREE)
  })
})
