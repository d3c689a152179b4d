import { TYPED_LABELS } from '../../model/columns/post-labels.js'
import { withAddresses } from '../../model/markup/hidden-addresses.js'
import type { Erasure } from '../../model/reports/forget.js'
import type { Stepwise } from '../../model/steps.js'
import { nextKey } from '../database/key-order.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { unpackedBody } from '../database/stored-body.js'
import { FIELDS, storedJson } from '../schema/stored-json.js'
import { REVISIONS_OF } from '../write/blank-post.js'
import { filesOf } from './media.js'
import { anyOfMarks, type Marks, marksOfHashes, marksOfText, plainMarks } from './name-marks.js'
import { containsName, containsPhrase, mayContainName, mayContainNameSql } from './name-search.js'
import type { Person } from './person.js'
import { tracesOf } from './traces.js'

/** What an erasure removes. */
export interface ErasurePlan {
  person: Person
  names: Marks
  /** Row ids of bodies. */
  blobs: number[]
  /** Row ids of files that nobody else shows. */
  files: number[]
  /** Posts of others that name the member. */
  mentions: Mention[]
  /** Targets, URLs and log lines that name the member. */
  traces: ReturnType<typeof tracesOf>
  counts: Erasure
}

/** Hashes identify names that no row has any more, but then no text can be skipped by a quick test. */
export const marksOf = ({ names, known }: Person): Marks =>
  known.length === 0 ? plainMarks(names) : anyOfMarks([plainMarks(names), ...known.map(marksOfHashes)])

/** Finds everything of a member and changes nothing. Bodies are read one at a time; the steps count them. */
export function* planErasure(sql: Statements, person: Person): Stepwise<ErasurePlan> {
  const list = JSON.stringify(person.rows)
  const names = marksOf(person)
  const blobs = yield* blobsOf(sql, person, names)
  const files = filesOf(sql, person.rows)
  const traces = tracesOf(sql, names)
  const mentions = [...mentionsOf(sql, person, names)]
  const posts = `posts WHERE member_id ${IN_LIST}`
  const count = (query: string, ...values: unknown[]) => sql.one<number>(query, ...values) ?? 0
  return {
    person,
    names,
    blobs,
    files,
    mentions,
    traces,
    counts: {
      posts: count(`SELECT count(*) FROM ${posts}`, list),
      revisions: count(`SELECT count(*) FROM revisions WHERE ${REVISIONS_OF}`, list, list),
      captures: blobs.reduce((sum, blob) => sum + count('SELECT count(*) FROM captures WHERE blob_id = ?', blob), 0),
      traces: traces.others.length,
      targets: traces.targets.length,
      files: files.length,
      mentions: mentions.map(({ id }) => id),
    },
  }
}

/** Bodies that contain the member's words or name, or that are the response to a request for one of their posts. */
function* blobsOf(sql: Statements, person: Person, names: Marks): Stepwise<number[]> {
  const marks = { names, texts: plainMarks(textMarks(sql, person)) }
  const ids = (after: number) =>
    sql.rows<{ id: number }>('SELECT id FROM blobs WHERE id > ? ORDER BY id LIMIT 500', after)
  const total = sql.one<number>('SELECT count(*) FROM blobs') ?? 0
  const requested = bodiesOfPosts(sql, person)
  const found: number[] = []
  let [done, after] = [0, 0]
  for (let list = ids(after); list.length > 0; list = ids(after)) {
    after = nextKey(after, list.at(-1)?.id)
    for (const { id } of list) {
      if (++done % 20 === 0) yield { what: 'Searching captures', done, total }
      if (requested.has(id) || mayHold(sql, id, marks)) found.push(id)
    }
  }
  return found
}

export function* textMarks(sql: Statements, { rows }: Person): Generator<string> {
  const list = JSON.stringify(rows)
  const query = `SELECT text, heading FROM posts WHERE member_id ${IN_LIST}
    UNION ALL SELECT text, heading FROM revisions WHERE ${REVISIONS_OF}`
  for (const { text, heading } of sql.db.prepare(query).iterate(list, list, list) as Iterable<Texts>) {
    yield* marksOfText(text)
    yield* marksOfText(heading ?? '')
  }
}

interface Texts {
  text: string
  heading: string | null
}

/** Bodies from which their posts were read, or that were requested for one of their posts: such a text may name nobody. */
function bodiesOfPosts(sql: Statements, { rows }: Person): Set<number> {
  const ids = new Set(
    sql
      .rows<{ id: string }>(`SELECT site_post_id AS id FROM posts WHERE member_id ${IN_LIST}`, JSON.stringify(rows))
      .map(({ id }) => id),
  )
  const blobs = new Set(readIn(sql, rows))
  const forms = sql.db.prepare('SELECT blob_id AS id, form FROM captures WHERE form IS NOT NULL').iterate()
  for (const { id, form } of forms as Iterable<{ id: number; form: string }>)
    if (Object.values(storedJson(FIELDS, form, 'captures.form')).some(value => ids.has(value))) blobs.add(id)
  return blobs
}

function readIn(sql: Statements, rows: readonly number[]): number[] {
  const list = JSON.stringify(rows)
  const theirs = `(SELECT id FROM posts WHERE member_id ${IN_LIST})`
  const query = `SELECT blob_id AS id FROM captures WHERE id IN (
    SELECT text_capture_id FROM posts WHERE id IN ${theirs} UNION SELECT last_capture_id FROM posts WHERE id IN ${theirs}
    UNION SELECT text_capture_id FROM revisions WHERE ${REVISIONS_OF}
    UNION SELECT replaced_by_id FROM revisions WHERE ${REVISIONS_OF})`
  return sql.rows<{ id: number }>(query, list, list, list, list, list, list).map(({ id }) => id)
}

/** True for a body that cannot be read: it may hold anything. */
function mayHold(sql: Statements, blob: number, { names, texts }: Record<'names' | 'texts', Marks>): boolean {
  try {
    return holdsAny(captureText(sql, blob), { names, texts })
  } catch {
    return true
  }
}

/** Whether a text has one of the names, or words of one of the texts. */
const holdsAny = (text: string, { names, texts }: Record<'names' | 'texts', Marks>): boolean =>
  (mayContainName(text, names) && containsName(text, names)) || containsPhrase(text, texts)

/** The body as text, with the addresses that a proxy has hidden, decoded as UTF-8 or else as Windows-1252. Throws if it cannot be unpacked. */
export function captureText(sql: Statements, blob: number): string {
  const row = sql.row<{ body: Buffer; size: number }>('SELECT body, size FROM blobs WHERE id = ?', blob)
  return withAddresses(textOf(row ? unpackedBody(row.body, row.size) : Buffer.alloc(0)))
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const latin = new TextDecoder('windows-1252')
    // In one call Node 20 decodes 0x80 to 0x9F as control characters.
    return latin.decode(bytes, { stream: true }) + latin.decode()
  }
}

export interface Mention {
  row: number
  id: string
  site: string
}

/** All texts of a post, present and earlier, with its links and attachments, as one. */
const allTexts = (sql: Statements): string => `posts.html || ' ' || posts.text || ' ' || COALESCE(posts.heading, '')
  ${TYPED_LABELS.map(name => `|| ' ' || COALESCE(${sql.columnOrNull('posts', name)}, '')`).join(' ')}
  || COALESCE((SELECT group_concat(' ' || html || ' ' || text || ' ' || COALESCE(heading, '')) FROM revisions WHERE post_id = posts.id), '')
  || COALESCE((SELECT group_concat(' ' || url || ' ' || COALESCE(text, '')) FROM links WHERE post_id = posts.id), '')
  || COALESCE((SELECT group_concat(' ' || url || ' ' || COALESCE(name, '')) FROM attachments WHERE post_id = posts.id), '')`

const others = (
  texts: string,
): string => `SELECT posts.id AS row, site_post_id AS id, sites.url AS site, ${texts} AS whole FROM posts
  JOIN sites ON sites.id = posts.site_id WHERE posts.id > ? AND posts.site_id = ?`

/** Posts of other authors that name the member. */
export function* mentionsOf(sql: Statements, person: Person, names: Marks): Generator<Mention> {
  const texts = allTexts(sql)
  const may = mayContainNameSql(texts, names)
  const page = (after: number) =>
    sql.rows<Mention & { whole: string }>(
      `${others(texts)} AND ${may.sql} AND (member_id IS NULL OR member_id NOT ${IN_LIST}) ORDER BY posts.id LIMIT 500`,
      after,
      person.site,
      ...may.values,
      JSON.stringify(person.rows),
    )
  let last = 0
  for (let list = page(last); list.length > 0; list = page(last)) {
    last = nextKey(last, list.at(-1)?.row)
    for (const { whole, ...post } of list) if (containsName(whole, names)) yield post
  }
}
