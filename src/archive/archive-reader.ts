import type { Database } from 'better-sqlite3'
import {
  activityIdOf,
  addressKey,
  ancestors,
  isActivityTab,
  isPermalink,
  isSameTarget,
  isWithin,
} from '../model/addresses.js'
import type { ArchiveReader, Completeness } from '../model/archive.js'
import type { Site } from '../model/discussion.js'
import { type ArchiveError, UsageError } from '../model/errors.js'
import { isForumUrl, isTopicUrl } from '../model/forum/posts.js'
import type { ChangeQuery } from '../model/reports/changes.js'
import type { ArchiveMetadata } from '../model/reports/datasette.js'
import type { Digest } from '../model/reports/digest.js'
import type { Provenance } from '../model/reports/provenance.js'
import type { Removal } from '../model/reports/targets.js'
import type { Registered, RequestExplanation, SyncExplanation } from '../model/sync.js'
import { isAddress, sameHost, siteKey } from '../model/urls.js'
import { Statements } from './database/statements.js'
import { metadataOf } from './datasette/metadata.js'
import { buildDigest } from './digest/digest.js'
import { ChangeFeed } from './history/change-feed.js'
import { History } from './history/history.js'
import { siteOfUrl } from './moves/plan-rename.js'
import { SiteMoves } from './moves/site-moves.js'
import { provenanceOf } from './provenance/provenance.js'
import { TOPIC_AT, topicAddress } from './query/mirrors.js'
import { Browser } from './read/browse.js'
import { Reader } from './read/reader.js'
import { Search } from './search/search.js'
import { StatisticsReader } from './statistics/statistics.js'
import { type RestInstead, restInstead } from './status/rest-instead.js'
import { subjectOf } from './status/target-subject.js'
import { registeredTargets } from './status/targets.js'
import { explainRequests, explainSync } from './sync/explain.js'
import { FrontierStore, type Pass } from './sync/frontier.js'
import { holdsThread, type Opening, openings } from './sync/thread-refs.js'
import { EntityWriter } from './write/entity-writer.js'

/** Everything that reads from an archive. `Archive` adds what writes. */
export class ReadableArchive {
  readonly reader: ArchiveReader
  /** The former addresses of the sites. */
  readonly moves: SiteMoves
  readonly frontier: FrontierStore
  protected readonly entities: EntityWriter
  protected readonly sql: Statements

  constructor(
    protected readonly db: Database,
    readonly file: string,
  ) {
    const sql = new Statements(db)
    this.sql = sql
    this.entities = new EntityWriter(sql)
    this.moves = new SiteMoves(sql)
    this.frontier = new FrontierStore(sql)
    this.reader = new Reader(sql)
  }

  /** From here on, all reads show one state, whatever other runs write. */
  holdSnapshot(): void {
    if (!this.db.inTransaction) this.db.exec('BEGIN')
  }

  /** Returns what the user should know of the file that is left, if anything. */
  close(): ArchiveError | null {
    this.db.close()
    return null
  }

  get browser(): Browser {
    return new Browser(this.sql)
  }

  get history(): History {
    return new History(this.sql)
  }

  get changes(): ChangeFeed {
    return new ChangeFeed(this.sql)
  }

  /** `notices`: item types of opening posts that the digest only counts. */
  digest(query: ChangeQuery, notices: readonly string[]): Digest {
    return buildDigest(this.sql, query, notices)
  }

  get search(): Search {
    return new Search(this.sql)
  }

  get statistics(): StatisticsReader {
    return new StatisticsReader(this.sql)
  }

  provenance(): Provenance {
    return provenanceOf(this.sql)
  }

  metadata(): ArchiveMetadata {
    return metadataOf(this.sql)
  }

  registered(url: string | null = null): Registered[] {
    return registeredTargets(this.sql, url)
  }

  /**
   * The target that this URL means, in any spelling.
   * @throws UsageError if the archive has no such target.
   */
  registeredAs(url: string): string {
    const found = this.targetAt(url)
    if (found !== undefined) return found
    const known = this.registered().map(target => target.url)
    const list =
      known.length === 0 ? 'The archive has no targets.' : `Its targets:\n${known.map(one => `  ${one}`).join('\n')}`
    throw new UsageError(`${url} is no target of this archive.`, list)
  }

  private targetAt(url: string): string | undefined {
    const home = isAddress(url) ? this.homeOf(url) : null
    const known = this.registered().map(target => target.url)
    return known.find(one => [url, home].some(other => other !== null && isSameTarget(one, other)))
  }

  /**
   * What `targets remove` takes off for this URL: a target, or a group of the targets that are its whole site.
   * @throws UsageError if it is neither.
   */
  removable(url: string): Removal {
    const home = this.targetAt(url) === undefined && isAddress(url) ? this.homeOf(url) : null
    const group = home !== null && subjectOf(this.sql, home).kind === 'group' ? home : null
    const isSite = (target: string) =>
      subjectOf(this.sql, target).kind === 'site' && this.siteOf(target) === this.siteOf(group ?? '')
    const from = group === null ? [] : this.registered().flatMap(target => (isSite(target.url) ? [target.url] : []))
    return group !== null && from.length > 0
      ? { kind: 'group', url: group, from }
      : { kind: 'target', url: this.registeredAs(url) }
  }

  /** URL of the group whose page or tab this is (its forum is a target of its own), or of the member whose stream it is; null: of neither, or not in the archive. */
  homeOf(url: string): string | null {
    if (isPermalink(url)) return null
    const [parent = url, own = url] = ancestors(url).slice(-2)
    const find = (table: string, at: string) =>
      this.sql.one<string>(`SELECT url FROM ${table} WHERE address_key(url) = ?`, addressKey(at))
    return (
      find('groups', own) ??
      (isForumUrl(own) ? null : find('groups', parent)) ??
      (isActivityTab(own) ? find('members', parent) : null) ??
      null
    )
  }

  /** Base URL of the site of the archive that this URL belongs to; null: of none. */
  siteOf(url: string): string | null {
    return siteOfUrl(this.sql, url)
  }

  /** URL of a page of this site, other than its front page; null: the archive knows none. `site`: base URL. */
  pageOf(site: string): string | null {
    const first = (table: string) =>
      this.sql.one<string>(
        `SELECT url FROM ${table} WHERE site_id = (SELECT id FROM sites WHERE key = ?) LIMIT 1`,
        siteKey(site),
      )
    return first('groups') ?? first('posts') ?? null
  }

  /** How REST can read this page, which could not be read; null: the archive knows no way. */
  restInstead(url: string): RestInstead | null {
    return restInstead(this.sql, url)
  }

  /** Why each thread of a pass was read or left, and why its requests were made. */
  explained(pass: Pass): { explained: SyncExplanation[]; requests: RequestExplanation[] } {
    return { explained: explainSync(this.sql, pass), requests: explainRequests(this.sql, pass) }
  }

  /** How many posts a run found gone, and how many it found again. */
  happened(run: number): { gonePosts: number; backPosts: number } {
    const count = (kind: string) =>
      this.sql.one<number>('SELECT count(*) FROM events WHERE run_id = ? AND kind = ?', run, kind) ?? 0
    return { gonePosts: count('gone'), backPosts: count('back') }
  }

  /** URL and access of the groups that the pass has met. */
  groupsOf(pass: Pass): { url: string; access: string | null }[] {
    const ids = this.frontier.groups(pass)
    return ids.flatMap(id =>
      this.sql.rows<{ url: string; access: string | null }>('SELECT url, access FROM groups WHERE id = ?', id),
    )
  }

  /** Row id of the group with this id of the site's own; null: not in the archive. `site`: base URL. */
  groupRow(site: string, id: string): number | null {
    const sql = 'SELECT id FROM groups WHERE site_id = (SELECT id FROM sites WHERE key = ?) AND site_group_id = ?'
    return this.sql.one<number>(sql, siteKey(site), id) ?? null
  }

  /** Addresses of the groups below this one: those that its directory may list. */
  groupsBelow(url: string): string[] {
    return this.sql
      .rows<{ url: string }>('SELECT url FROM groups ORDER BY id')
      .map(group => group.url)
      .filter(group => sameHost(group, url) && isWithin(group, url))
  }

  /** True if the opening post was read before. */
  holdsThread(site: Site, thread: string): boolean {
    return holdsThread(this.sql, this.entities.site(site), thread)
  }

  /** Opening posts of a site by their ids, to compare with what a feed says. */
  openings(site: Site, ids: readonly string[]): Map<string, Opening> {
    return openings(this.sql, this.entities.site(site), ids)
  }

  /** How many of these posts have a date without a lower bound. */
  openDates(site: Site, posts: readonly string[]): number {
    const sql = `SELECT count(*) FROM posts WHERE site_id = ? AND posted_from IS NULL
      AND site_post_id IN (SELECT value FROM json_each(?))`
    return this.sql.one<number>(sql, this.entities.site(site), JSON.stringify(posts)) ?? 0
  }

  /** The thread with this permalink, in any form; null: not in the archive. */
  threadAt(url: string): { site: string; id: string; url: string | null } | null {
    const isTopic = isTopicUrl(url)
    const sql = `SELECT sites.url AS site, site_post_id AS id, posts.url FROM posts JOIN sites ON sites.id = posts.site_id
      WHERE ${isTopic ? TOPIC_AT : 'site_post_id = ?'} AND posts.id = thread_id AND status <> 'unread'
        AND substr(?, 1, length(sites.key)) = sites.key`
    const named = isTopic ? topicAddress(url) : activityIdOf(url)
    return this.sql.row<{ site: string; id: string; url: string | null }>(sql, named, siteKey(url)) ?? null
  }

  completenessOf(site: Site, thread: string): Completeness | null {
    const row = this.sql.row<{ state: Completeness['state']; held: number; claimed: number | null }>(
      'SELECT completeness AS state, held, claimed FROM readable_threads WHERE site_id = ? AND site_post_id = ?',
      this.entities.site(site),
      thread,
    )
    return row ?? null
  }
}
