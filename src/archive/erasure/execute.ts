import { TYPED_LABELS } from '../../model/columns/post-labels.js'
import type { Attachment, Instant, Link } from '../../model/discussion.js'
import { ERASED } from '../../model/people/known-person.js'
import type { Erasure } from '../../model/reports/forget.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { contentHash, titleOf } from '../text/content-hash.js'
import { erasePosts } from '../write/blank-post.js'
import { eraseFiles, redactFiles } from './media.js'
import { hashMarks, joinStoredMarks, type Marks, type StoredMarks } from './name-marks.js'
import { redactNames } from './name-search.js'
import type { Person } from './person.js'
import { type ErasurePlan, type Mention, mentionsOf } from './plan.js'
import { eraseTraces, tracesOf } from './traces.js'
import { withholdBody } from './withhold-captures.js'

export interface ErasureOptions {
  at: Instant
  version: string
  /** Random per archive: the same name then has a different hash in each. */
  salt: string
  /** Also removes the member's name from what others wrote. */
  redact: boolean
  /** False for a temporary copy, which needs no event. */
  isLogged?: boolean
}

/** Call it inside a transaction. The erased bytes stay in the file until `Eraser.wipe` rewrites it. */
export function erase(
  sql: Statements,
  { person, names, blobs, files, counts }: ErasurePlan,
  options: ErasureOptions,
): void {
  if (options.redact) for (const mention of mentionsOf(sql, person, names)) redact(sql, mention, names)
  eraseFiles(sql, files)
  if (options.redact) redactFiles(sql, names)
  erasePosts(sql, person.rows)
  for (const blob of blobs) withholdBody(sql, blob)
  const member = eraseMember(sql, person, options)
  eraseTraces(sql, tracesOf(sql, names), names)
  if (options.isLogged !== false) logErasure(sql, member, counts, options)
}

function logErasure(
  sql: Statements,
  member: number,
  { posts, revisions, captures }: Erasure,
  options: ErasureOptions,
): void {
  sql.insert('events', {
    at: options.at,
    kind: 'forgotten',
    member_id: member,
    reason: `${posts} posts, ${revisions} earlier texts, ${captures} answers`,
    run_id: startedRun(sql, options),
  })
}

/** The run's command is `forget` alone: its arguments named the member. */
const startedRun = (sql: Statements, { at, version }: ErasureOptions): number =>
  sql.insert('runs', { command: 'forget', version, started_at: at, finished_at: at, exit_code: 0 })

/** Keeps one row, with the member's number and the hashes of their names, and returns its id. */
function eraseMember(sql: Statements, person: Person, { at, salt, redact }: ErasureOptions): number {
  const { rows, names, known, since } = person
  const [kept = 0, ...others] = [...rows].sort((a, b) => Number(hasNumber(sql, b)) - Number(hasNumber(sql, a)))
  sql.run(`DELETE FROM events WHERE member_id ${IN_LIST}`, JSON.stringify(rows))
  for (const row of others) sql.run('DELETE FROM members WHERE id = ?', row)
  sql.update('members', kept, {
    slug: null,
    name: null,
    url: null,
    avatar_url: null,
    forgotten_at: since ?? at,
    forgotten_marks: JSON.stringify(storedMarks(names, known, { salt, redact })),
  })
  return kept
}

function storedMarks(
  names: Person['names'],
  known: readonly StoredMarks[],
  { salt, redact }: Pick<ErasureOptions, 'salt' | 'redact'>,
): StoredMarks {
  const [first = { salt, hashes: [], lengths: [], redact }, ...others] = known
  return [...others, { ...hashMarks(names, first.salt), redact }].reduce(joinStoredMarks, first)
}

const hasNumber = (sql: Statements, row: number): boolean =>
  sql.one<string | null>('SELECT site_member_id FROM members WHERE id = ?', row) !== null

/** Removes the name alone from a post of another author, its earlier texts, links and attachments. */
function redact(sql: Statements, { row, site }: Mention, names: Marks): void {
  for (const [table, columns] of Object.entries(TEXT_COLUMNS)) {
    const list = `SELECT id, ${columns.join(', ')} FROM ${table} WHERE ${table === 'posts' ? 'id' : 'post_id'} = ?`
    for (const { id, ...texts } of sql.rows<{ id: number } & Texts>(list, row))
      sql.update(table, id, redactTexts(texts, names))
  }
  const post = sql.row<PostContent>('SELECT id, thread_id, text, heading FROM posts WHERE id = ?', row) as PostContent
  const links = sql.rows<Link>('SELECT kind, url, text FROM links WHERE post_id = ? ORDER BY id', row)
  const attachments = sql.rows<Attachment>('SELECT kind, url, name FROM attachments WHERE post_id = ? ORDER BY id', row)
  // With the old key the next reading would report an edit.
  const key = contentHash({ ...post, links, attachments }, site)
  const title = post.id === post.thread_id ? { title: titleOf(post) } : {}
  sql.update('posts', row, { content_hash: key, ...title })
  sql.run('DELETE FROM own_pages WHERE post_id = ?', row)
  sql.run(DELETE_EMPTY_EDITS, row)
}

/** An earlier text that differed from the present one by the name alone is no edit any more. */
const DELETE_EMPTY_EDITS = `DELETE FROM revisions WHERE post_id = ? AND EXISTS (SELECT 1 FROM posts WHERE posts.id = revisions.post_id
  AND posts.html = revisions.html AND posts.text = revisions.text AND posts.heading IS revisions.heading
  AND posts.member_id IS revisions.member_id)`

type Texts = Record<string, string | null>
type PostContent = { id: number; thread_id: number; text: string; heading: string | null }

const TEXT_COLUMNS = {
  posts: ['html', 'text', 'heading', ...TYPED_LABELS],
  revisions: ['html', 'text', 'heading'],
  links: ['url', 'text'],
  attachments: ['url', 'name'],
}

const redactTexts = (texts: Texts, names: Marks): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'string' ? redactNames(text, names, ERASED) : text,
    ]),
  )
