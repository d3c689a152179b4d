import fc from 'fast-check'
import type { Member, Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, group, member, page, post, rows } from '../shelf.js'
import type { Look } from './merging.js'

/** Random readings of an invented site on which posts are edited, and authors and groups change, and what is in the tables afterwards. */

/** A reply of the invented site: the hours at which something happened to it. Its parent is an earlier reply. */
interface Life {
  edits: number[]
  parent: number
  authorChanged: number
}

export interface World {
  lives: Life[]
  renamed: number
  regrouped: number
}

export interface Reading {
  hour: number
  archive: number
  route: 'rest' | 'stream'
  isNameless: boolean
  isGroupless: boolean
  shortens: boolean
  flattens: boolean
}

const hour = fc.integer({ min: 1, max: 20 })
const sometime = hour.map(at => at + 0.5)

export const world: fc.Arbitrary<World> = fc.record({
  lives: fc.array(
    fc.record({
      edits: fc.array(sometime, { maxLength: 2 }),
      parent: fc.nat(3),
      authorChanged: fc.oneof(sometime, fc.constant(99)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  ...{ renamed: sometime, regrouped: sometime },
})

/** Since when a text that is edited later was another author's is only known to the archive that read both. */
export const steady = (site: World): World => ({
  ...site,
  lives: site.lives.map(life => (life.edits.length > 0 ? { ...life, authorChanged: 99 } : life)),
})

export const readings: fc.Arbitrary<Reading[]> = fc
  .uniqueArray(
    fc.record({
      ...{ hour, archive: fc.nat(2), route: fc.constantFrom('rest' as const, 'stream' as const) },
      ...{ isNameless: fc.boolean(), isGroupless: fc.boolean(), shortens: fc.boolean(), flattens: fc.boolean() },
    }),
    { minLength: 2, maxLength: 6, selector: one => one.hour },
  )
  .map(list => list.sort((a, b) => a.hour - b.hour))

const BEA = member('bea', { id: '3' })
const BAKERS = group('bakers', { id: '2', name: 'Bakers' })

export function look(site: World, how: Reading): Look {
  const inGroup = how.hour > site.regrouped ? BAKERS : GARDENERS
  const name = how.hour > site.renamed ? 'Ada King' : 'Ada'
  const ada = member(how.isNameless ? null : 'ada', { id: '2', name: how.isNameless ? null : name })
  const lives: Life[] = [{ edits: [], parent: 0, authorChanged: 99 }, ...site.lives]
  const posts = lives.map((life, n) => view(life, n, how, life.authorChanged < how.hour ? BEA : ada))
  const shown = posts.map(one => ({ ...one, group: how.isGroupless ? undefined : inGroup }))
  return { page: page(shown), hour: how.hour, parser: how.route === 'rest' ? 'rest 1' : 'legacy 1' }
}

function view(life: Life, n: number, how: Reading, author: Member): Post {
  const isRest = how.route === 'rest'
  const whole = `Version ${life.edits.filter(edit => edit < how.hour).length} of a text that is long enough`
  // Which of two views of one text an earlier version has is only known to its own archive.
  const isChanged = life.edits.length > 0 || life.authorChanged < 99
  const text =
    isRest && !isChanged ? `[gallery ids="1"] ${whole}` : how.shortens && !isRest ? `${whole.slice(0, 14)}…` : whole
  const parent = n === 0 ? null : !isRest && how.flattens ? '1' : `${Math.min(life.parent, n - 1) + 1}`
  return post(`${n + 1}`, parent, {
    ...{ threadId: '1', author, text, html: `<p>${text}</p>`, truncated: !isRest && how.shortens },
    ...(isRest && n > 0 && { parentNamed: true as const }),
    when: isRest
      ? exactly('2025-06-01T12:00:00Z')
      : { from: '2025-06-01T00:00:00Z', to: `2025-06-0${2 + (how.hour % 7)}T00:00:00Z` },
  })
}

/** What is in the tables, in the site's own ids and in times. */
const TABLES = [
  `SELECT post.site_post_id, root.site_post_id AS thread, post.thread_seen_at, post.position, parent.site_post_id AS parent,
    post.parent_named, post.parent_seen_at, groups.site_group_id AS in_group, members.site_member_id AS author, post.member_seen_at,
    post.type, post.title, post.html, post.content_hash, post.truncated, read.captured_at AS read_at, post.text_seen_at,
    post.posted_at, post.posted_from, post.posted_to, post.url, post.url_seen_at, post.status, post.first_seen_at, post.last_seen_at
    FROM posts AS post JOIN posts AS root ON root.id = post.thread_id LEFT JOIN posts AS parent ON parent.id = post.parent_id
    LEFT JOIN groups ON groups.id = post.group_id LEFT JOIN members ON members.id = post.member_id
    LEFT JOIN captures AS read ON read.id = post.text_capture_id ORDER BY 1`,
  'SELECT claimed, whole_view_at, whole_view_in FROM threads',
  `SELECT post.site_post_id, old.html, members.site_member_id AS author, read.captured_at AS read_at, old.last_seen_at, old.replaced_at
    FROM revisions AS old JOIN posts AS post ON post.id = old.post_id LEFT JOIN members ON members.id = old.member_id
    LEFT JOIN captures AS read ON read.id = old.text_capture_id ORDER BY 1, read_at, old.html`,
  'SELECT site_post_id, reader, sightings.first_seen_at, sightings.last_seen_at FROM sightings JOIN posts ON posts.id = post_id ORDER BY 1, 2',
  'SELECT site_member_id, slug, name, first_seen_at, last_seen_at, named_at FROM members ORDER BY 1',
  'SELECT site_group_id, slug, name, first_seen_at, last_seen_at FROM groups ORDER BY 1',
]

export const tablesOf = (file: string) => TABLES.map(sql => rows(file, sql))
