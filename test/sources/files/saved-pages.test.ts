import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../../src/model/capture.js'
import type { Post } from '../../../src/model/discussion.js'
import { parse } from '../../../src/parse/index.js'
import { DOORS, type LeftOver, leftOvers } from '../../../src/sources/files/index.js'
import { CASES } from '../../parse/cases.js'
import { projectionOf } from '../../parse/projection.js'

const FOLDER = fileURLToPath(new URL('../../../fixtures/saved/', import.meta.url))
/** Set it to write what is read now, then read the diff. */
const UPDATE = process.env['UPDATE_FIXTURES'] === '1'

/** One folder of `fixtures/saved/`: files below `input`, and what is found in them. */
interface Meta {
  /** The program that saved the files. */
  from: string
  /** The fixture of the page that the site sent: the saved page says the same of its posts. */
  like?: string
  modifiedAt: string
  site?: string
  capturedAt?: string
}

const space = mkdtempSync(join(tmpdir(), 'saved-'))
afterAll(() => rmSync(space, { recursive: true }))

const metaOf = (name: string) => JSON.parse(readFileSync(`${FOLDER}${name}/meta.json`, 'utf8')) as Meta

/** A copy, because the date of a file in a checkout is that of the checkout. */
async function found(name: string): Promise<LeftOver[]> {
  const { modifiedAt, site = null, capturedAt = null } = metaOf(name)
  const path = join(space, name)
  cpSync(`${FOLDER}${name}/input`, path, { recursive: true })
  for (const file of readdirSync(path, { recursive: true, encoding: 'utf8' }).map(one => join(path, one)))
    if (statSync(file).isFile()) utimesSync(file, new Date(modifiedAt), new Date(modifiedAt))
  const all = leftOvers({ path, name }, DOORS, { capturedAt, site }, new AbortController().signal)
  const list: LeftOver[] = []
  for await (const one of all) list.push(one)
  return list
}

const captures = (all: readonly LeftOver[]): Capture[] =>
  all.flatMap(one => (one.kind === 'capture' ? [one.capture] : []))

const seen = (all: readonly LeftOver[]) =>
  all
    .filter(({ kind }) => kind !== 'file')
    .map(one => {
      if (one.kind !== 'capture') return one
      const { request, capturedAt, timeIsBound, imported } = one.capture
      return { request, capturedAt, timeIsBound, door: imported?.door, page: projectionOf(parse(one.capture)) }
    })

/** What no program changes when it saves a page. Fixtures of mirrors are read without encryption. */
const said = ({ id, threadId, parentId, group, author, text, type }: Post) => ({
  ...{ id, threadId, parentId, group: group?.slug, type, text },
  author: author && { id: author.id, slug: author.slug, name: author.name, url: author.url?.replace(/^https?:/, '') },
})

const names = readdirSync(FOLDER)

describe.each(names)('%s', name => {
  const { like } = metaOf(name)
  let all: LeftOver[] = []
  beforeAll(async () => {
    all = await found(name)
  })

  it('gives what is expected', () => {
    const result = JSON.parse(JSON.stringify(seen(all))) as unknown
    const expectation = `${FOLDER}${name}/expected.json`
    if (UPDATE) writeFileSync(expectation, `${JSON.stringify(result, null, 2)}\n`)
    expect(existsSync(expectation), `${expectation} is missing`).toBe(true)
    expect(result).toEqual(JSON.parse(readFileSync(expectation, 'utf8')))
  })

  // A page that was cut off, or holds no posts, has no page of the site that it could be like.
  if (like === undefined) return
  it('says the same as the page that the site sent', () => {
    const live = CASES.find(one => one.name === like)
    expect(live).toBeDefined()
    const posts = new Map(captures(all).flatMap(one => parse(one).posts.map(post => [post.id, post])))
    for (const post of live ? parse(live.capture).posts : []) {
      const saved = posts.get(post.id)
      expect(saved && said(saved)).toEqual(said(post))
    }
  })
})
