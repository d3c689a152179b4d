import type { StoredGroup } from '../../model/archive.js'
import type { ChangeQuery, PostInContext } from '../../model/reports/changes.js'
import type {
  Backlog,
  Capped,
  Digest,
  DigestCounts,
  EditNews,
  GoneNews,
  GroupNews,
  MoveNews,
  NewName,
} from '../../model/reports/digest.js'
import type { Statements } from '../database/statements.js'
import { newestRun } from '../history/run-windows.js'
import { type TimeWindow, timeWindowOf } from '../history/time-window.js'
import { postsInContext } from '../read/posts-in-context.js'
import { storedGroup } from '../read/rows.js'
import {
  type ByGroup,
  departureOf,
  editedPosts,
  goneByThemselves,
  movedPosts,
  netEdit,
  netGoneOrBack,
  netMoves,
  netNames,
} from './net-changes.js'
import { findNewPosts, type NewPostCount, type NewPosts, SECTION } from './new-posts.js'
import { threadNews } from './thread-news.js'

/** Longest list of items that are not new posts. */
const LIST_LIMIT = 25

/** Row ids of everything that a digest lists. */
interface DigestRows {
  window: TimeWindow
  newPosts: NewPosts
  edited: ByGroup
  moved: ByGroup
  /** All gone posts; `left`: without those that went together with their thread. */
  gone: ByGroup
  left: ByGroup
  back: ByGroup
  names: { groups: ReadonlyMap<number, NewName[]>; members: NewName[] }
}

/** Builds a digest. model/reports/digest.ts defines what is news. */
export function buildDigest(sql: Statements, query: ChangeQuery, notices: readonly string[]): Digest {
  const window = timeWindowOf(query)
  const found = findRows(sql, window, notices)
  const newest = newestRun(sql, query.until)
  const read = newest !== null && newest.finishedAt >= window.from ? newest : null
  return {
    since: query.since,
    until: read?.finishedAt ?? null,
    about: aboutOf(sql, window),
    incomplete: read !== null && read.exitCode !== 0,
    counts: countsOf(found),
    groups: groupsOf(sql, found),
    members: capped(found.names.members),
  }
}

function findRows(sql: Statements, window: TimeWindow, notices: readonly string[]): DigestRows {
  return {
    window,
    newPosts: findNewPosts(sql, window, notices),
    edited: editedPosts(sql, window),
    moved: movedPosts(sql, window),
    gone: netGoneOrBack(sql, window, 'gone'),
    left: goneByThemselves(sql, window),
    back: netGoneOrBack(sql, window, 'back'),
    names: netNames(sql, window),
  }
}

function countsOf({ newPosts, edited, moved, gone, back, names }: DigestRows): DigestCounts {
  const ofSection = (section: number, opens?: 0 | 1) =>
    sum(newPosts.counts.filter(count => count.section === section && (opens ?? count.opens) === count.opens))
  const size = (ids: ByGroup) => [...ids.values()].reduce((total, { length }) => total + length, 0)
  return {
    threads: ofSection(SECTION.thread, 1),
    replies: ofSection(SECTION.thread, 0) + ofSection(SECTION.reply),
    earlier: ofSection(SECTION.earlier),
    backlog: ofSection(SECTION.backlog),
    edited: size(edited),
    moved: size(moved),
    gone: size(gone),
    back: size(back),
    notices: ofSection(SECTION.notice),
    names: names.members.length + [...names.groups.values()].flat().length,
  }
}

const sum = (counts: readonly NewPostCount[]): number => counts.reduce((total, { posts }) => total + posts, 0)

/** The name of a row of sites or groups, with the address of its site where several of them have the name. */
const toldApart = (table: 'sites' | 'groups', name: string): string =>
  `${name} || CASE (SELECT count(DISTINCT site.key) FROM ${table} AS twin JOIN sites AS site
    ON site.id = twin.${table === 'sites' ? 'id' : 'site_id'} WHERE twin.name = ${name})
    WHEN 0 THEN '' WHEN 1 THEN '' ELSE ' (' || rtrim(sites.key, '/') || ')' END`

const SITE_NAME = toldApart('sites', 'COALESCE(sites.name, sites.url)')

/** Names of the groups that the digest is about, or of all sites. */
function aboutOf(sql: Statements, { all, where }: TimeWindow): string[] {
  const groups = `SELECT ${toldApart('groups', 'COALESCE(threads.name, threads.slug)')} FROM
    (SELECT id, id AS group_id, site_id, name, slug, NULL AS type FROM groups) AS threads JOIN sites ON sites.id = threads.site_id
    WHERE ${where.sql} ORDER BY threads.group_id`
  return all
    ? sql.column<string>(`SELECT ${SITE_NAME} FROM sites ORDER BY id`)
    : sql.column<string>(groups, ...where.values)
}

interface GroupRow {
  id: number
  native: string | null
  slug: string
  name: string | null
  url: string
  site: string
}

const GROUP = `SELECT groups.id, groups.site_group_id AS native, groups.slug, groups.name, groups.url, ${SITE_NAME} AS site
  FROM groups JOIN sites ON sites.id = groups.site_id WHERE groups.id = ?`

function* groupsOf(sql: Statements, found: DigestRows): Generator<GroupNews> {
  const severalSites = (sql.one<number>('SELECT count(*) FROM sites') ?? 0) > 1
  for (const id of groupsWithNews(found)) {
    const row = sql.row<GroupRow>(GROUP, id)
    const group = row ? storedGroup(row.native, row.slug, row.name, row.url) : null
    yield groupNews(sql, found, id, group, severalSites && row ? row.site : null)
  }
}

/** By id; posts outside all groups (0) come last. */
function groupsWithNews({ newPosts, edited, moved, gone, back, names }: DigestRows): number[] {
  const listed = newPosts.counts.filter(({ section }) => section !== SECTION.oldNotice).map(({ grp }) => grp)
  const others = [edited, moved, gone, back].flatMap(ids => [...ids.keys()].map(Number))
  const ids = [...new Set([...listed, ...others, ...names.groups.keys()])].sort((a, b) => a - b)
  return [...ids.filter(id => id !== 0), ...ids.filter(id => id === 0)]
}

function groupNews(
  sql: Statements,
  found: DigestRows,
  id: number,
  group: StoredGroup | null,
  site: string | null,
): GroupNews {
  const { window, newPosts, names } = found
  const counts = newPosts.counts.filter(({ grp }) => grp === id)
  const earlier = newPosts.of(id, SECTION.earlier)
  return {
    group,
    site,
    names: names.groups.get(id) ?? [],
    backlog: backlogOf(counts.filter(({ section }) => section === SECTION.backlog)),
    notices: counts.flatMap(({ section, type, posts }) =>
      section === SECTION.notice && type !== null ? [{ type, count: posts }] : [],
    ),
    threads: threadNews(sql, newPosts.of(id, SECTION.thread)),
    replies: threadNews(sql, newPosts.of(id, SECTION.reply)),
    // The newest of them.
    earlier: { items: threadNews(sql, earlier.subarray(-LIST_LIMIT)), more: Math.max(0, earlier.length - LIST_LIMIT) },
    edited: postList(sql, found.edited, id, (row, post): EditNews => ({ post, ...netEdit(sql, row, window) })),
    moved: postList(sql, found.moved, id, (row, post): MoveNews => ({ post, moves: netMoves(sql, row, window) })),
    gone: postList(sql, found.left, id, (row, post): GoneNews => ({ post, ...departureOf(sql, row, window) })),
    back: postList(sql, found.back, id, (_row, post) => post),
  }
}

function backlogOf(counts: readonly NewPostCount[]): Backlog | null {
  if (counts.length === 0) return null
  return {
    threads: sum(counts.filter(({ opens }) => opens === 1)),
    replies: sum(counts.filter(({ opens }) => opens === 0)),
    from: counts.flatMap(({ from }) => from ?? []).sort()[0] ?? null,
    to:
      counts
        .flatMap(({ to }) => to ?? [])
        .sort()
        .at(-1) ?? null,
  }
}

function postList<Item>(
  sql: Statements,
  found: ByGroup,
  group: number,
  item: (row: number, post: PostInContext) => Item,
): Capped<Item> {
  const ids = found.get(`${group}`) ?? new Float64Array()
  const first = ids.subarray(0, LIST_LIMIT)
  return { items: mapPosts(postsInContext(sql, first), item), more: ids.length - first.length }
}

function* mapPosts<Item>(
  list: Iterable<[number, PostInContext]>,
  item: (row: number, post: PostInContext) => Item,
): Generator<Item> {
  for (const [row, post] of list) yield item(row, post)
}

const capped = <Item>(items: readonly Item[]): Capped<Item> => ({
  items: items.slice(0, LIST_LIMIT),
  more: Math.max(0, items.length - LIST_LIMIT),
})
