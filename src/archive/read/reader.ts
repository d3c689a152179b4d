import type {
  ArchiveReader,
  EarlierVersion,
  GroupSummary,
  KeptCapture,
  NamedGroup,
  PostSource,
  Selection,
  StoredFile,
  StoredThread,
  ThreadSummary,
} from '../../model/archive.js'
import type { KnownPerson } from '../../model/people/known-person.js'
import type { ArchiveStatus } from '../../model/reports/archive-status.js'
import type { Provenance } from '../../model/reports/provenance.js'
import type { Statements } from '../database/statements.js'
import { MediaReader } from '../media/media-reader.js'
import { SiteMoves } from '../moves/site-moves.js'
import { provenanceOf } from '../provenance/provenance.js'
import { conditionOfAny } from '../query/selection.js'
import { archiveStatus } from '../status/status.js'
import { threadIds } from './browse.js'
import { keptCaptures, sourceOf } from './captures.js'
import { earlierVersions } from './earlier-versions.js'
import { matchingPosts } from './matching-posts.js'
import { knownPeople } from './people.js'
import { WHOLE_POSTS } from './post-cells.js'
import { POSTS_AS_JSON } from './post-json.js'
import { PostReader } from './post-reader.js'
import { batches } from './posts-in-context.js'
import {
  GROUPS,
  type GroupRow,
  groupSummary,
  NAMED_GROUPS,
  type ThreadRow,
  threadSummary,
  threadsQuery,
} from './rows.js'
import { storedThreads } from './thread-batch.js'

/** Reads threads, groups and the status for exporters and commands. */
export class Reader implements ArchiveReader {
  private readonly media: MediaReader
  private threadSql: string | null = null

  constructor(private readonly sql: Statements) {
    this.media = new MediaReader(sql, sql.db.name)
  }

  *groups(): Generator<GroupSummary> {
    for (const row of this.sql.rows<GroupRow>(GROUPS)) yield groupSummary(row)
  }

  namedGroups(): NamedGroup[] {
    return this.sql.rows<NamedGroup>(NAMED_GROUPS)
  }

  presentUrl(url: string): string {
    return new SiteMoves(this.sql).url(url)
  }

  storedFile(url: string): StoredFile | null {
    return this.media.stored(url)
  }

  provenance(): Provenance {
    return provenanceOf(this.sql)
  }

  status(): ArchiveStatus {
    return archiveStatus(this.sql)
  }

  *threadSummaries(selection: Selection): Generator<ThreadSummary> {
    for (const rows of this.threadRows(selection)) yield* rows.map(threadSummary)
  }

  *threads(selection: Selection): Generator<StoredThread> {
    const matching = matchingPosts(this.sql, selection)
    const sources = {
      whole: { posts: new PostReader(this.sql, WHOLE_POSTS), matching },
      json: { posts: new PostReader(this.sql, POSTS_AS_JSON), matching },
    }
    for (const rows of this.threadRows(selection)) yield* storedThreads(this.sql, sources, rows)
  }

  earlierVersions(site: string, post: string): EarlierVersion[] {
    return earlierVersions(this.sql, site, post)
  }

  sourceOf(site: string, post: string): PostSource | null {
    return sourceOf(this.sql, site, post)
  }

  people(): Generator<KnownPerson> {
    return knownPeople(this.sql)
  }

  *texts(): Generator<string> {
    for (const { text } of this.sql.each<{ text: string }>('SELECT text FROM posts')) yield text
  }

  captures(selections: readonly Selection[]): Generator<KeptCapture> {
    return keptCaptures(this.sql, conditionOfAny(selections))
  }

  private *threadRows(selection: Selection): Generator<ThreadRow[]> {
    this.threadSql ??= threadsQuery(this.sql)
    for (const ids of batches(threadIds(this.sql, selection))) {
      const rows = new Map(this.sql.records<ThreadRow>(this.threadSql, JSON.stringify(ids)).map(row => [row.id, row]))
      yield ids.flatMap(id => rows.get(id) ?? [])
    }
  }
}
