import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommunityServer, communityOf, serveCommunity } from '../community/index.js'
import { blocks, type Machine, machine } from './recipes.js'

/** The example of docs/scale.md, run as it is printed: two communities, two jobs, one archive, one folder of Parquet, DuckDB. */

const servers: CommunityServer[] = []
let here: Machine

const block = (section: string, language: string, at = 0): string => {
  const found = blocks(section, language, 'docs/scale.md')[at]
  if (found === undefined) throw new Error(`"${section}" has no block ${at} of ${language}.`)
  return here.here(found)
}

beforeAll(async () => {
  const long = [{}, { parentId: 1, memberId: 3 }, { parentId: 2 }, { html: '<p><img src="{site}bee.png"></p>' }]
  servers.push(await serveCommunity(communityOf({ posts: [{}, { parentId: 1 }] })))
  servers.push(await serveCommunity(communityOf({ members: [{}, { slug: 'ben', name: '=Ben' }], posts: long })))
  here = machine('https://community.example/')
  writeFileSync(join(here.folder, 'communities.txt'), servers.map(({ url }) => `${url}\n`).join(''))
  writeFileSync(join(here.folder, 'archive-one.sh'), block('One job a community', 'sh'))
  mkdirSync(join(here.folder, 'archives'))
  // A test need not be polite to itself.
  writeFileSync(join(here.folder, 'archives/threadkeep.yaml'), 'sleep-requests: 0\n')
})
afterAll(async () => {
  for (const server of servers) await server.close()
})

describe('many communities', () => {
  it('are archived by jobs, merged, exported and counted in DuckDB, as the archive counts them', async () => {
    expect(await here.sh(block('One job a community', 'sh', 1))).toMatchObject({ code: 0 })
    for (const section of ['One archive of all', 'Tables'])
      expect(await here.sh(block(section, 'sh').trim())).toMatchObject({ code: 0 })
    const rows = await answers(block('DuckDB', 'sql'))
    const counted = await here.sh('threadkeep list --groups --json --db all.db')
    const groups = JSON.parse(counted.out).groups as { site: string; posts: number; threads: number }[]
    expect(groups.map(({ posts }) => posts).sort()).toEqual([2, 4])
    const [perSite = [], whom = [], months = [], pictures = []] = rows
    expect(perSite.map(({ site, posts, threads }) => ({ site, posts, threads }))).toEqual(
      groups
        .map(({ site, posts, threads }) => ({ site, posts: String(posts), threads: String(threads) }))
        .sort((a, b) => (a.site < b.site ? -1 : 1)),
    )
    expect(whom).toMatchObject([
      { who: '=Ben', whom: 'ada', replies: '1' },
      { who: 'ada', whom: '=Ben', replies: '1' },
    ])
    expect(months.reduce((sum, { posts }) => sum + Number(posts), 0)).toBe(6)
    expect(pictures).toMatchObject([{ id: '4', url: `${servers[1]?.url}bee.png` }])
  })

  it('are brought up to date by the same line, and an export of the same archive writes the same files', async () => {
    const table = () => readFileSync(join(here.folder, 'posts/.threadkeep.json'), 'utf8')
    const before = table()
    expect(await here.sh(block('Tables', 'sh').trim())).toMatchObject({ code: 0 })
    expect(table()).toBe(before)
    expect(before.match(/part-0\.parquet/g)).toHaveLength(servers.length)
    expect(await here.sh(block('One job a community', 'sh', 1))).toMatchObject({ code: 0 })
    expect([1, 2].map(job => JSON.parse(here.file(`reports/${job}.json`)).newPosts)).toEqual([0, 0])
  })
})

/** The rows of each query of a text; what makes a view has none. */
async function answers(sql: string): Promise<Record<string, unknown>[][]> {
  const connection = await (await DuckDBInstance.create()).connect()
  const found: Record<string, unknown>[][] = []
  for (const query of sql.split(';').filter(text => text.trim())) {
    const rows = (await connection.runAndReadAll(query)).getRowObjectsJson()
    if (!query.startsWith('CREATE')) found.push(rows)
  }
  return found
}
