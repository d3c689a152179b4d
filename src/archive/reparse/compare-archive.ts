import type { PostChange, PostName, ReparseReport } from '../../model/reports/reparse.js'
import type { Stepwise } from '../../model/steps.js'
import { settleTrees } from '../fold/trees.js'
import { AddedPosts } from './added-posts.js'
import { type ComparisonContext, PostComparison } from './compare-posts.js'
import { RevisionChanges } from './revisions.js'
import { type FullRow, fullRows, nameOf } from './rows.js'

export type Writing = NonNullable<ComparisonContext['writing']>
export type Found = Pick<ReparseReport, 'captures' | 'posts' | 'revisions' | 'names' | 'changes' | 'notFound'>
type Differences = Omit<Found, 'captures'>

export const noDifferences = (): Differences => ({
  posts: { same: 0, changed: 0, added: 0, notFound: 0, untouched: 0 },
  revisions: { changed: 0, dropped: 0 },
  names: 0,
  changes: [],
  notFound: [],
})

/** Number of posts that a report lists. */
const MOST_NAMED = 1000

/** Compares the whole archive with the shadow database, and writes the differences if `how.writing` is given. */
/** Number of posts between two steps. */
const BATCH = 100

export class ArchiveComparison {
  private readonly posts: PostComparison
  private readonly revisions: RevisionChanges
  private readonly added: AddedPosts
  private readonly writes: boolean
  private readonly found = noDifferences()

  constructor(private readonly how: ComparisonContext) {
    this.writes = how.writing !== null
    this.posts = new PostComparison(how)
    this.revisions = new RevisionChanges(how.live, how.rereadTexts, this.writes)
    this.added = new AddedPosts(how.live, how.shadow, this.posts.relations)
  }

  /** Adds new posts first: they may be parents of posts that the archive has. */
  *compare(): Stepwise<Differences> {
    const { found, how } = this
    const { groups, members } = this.posts.relations
    found.names = groups.updateNames() + members.updateNames()
    const newest = how.live.one<number | null>('SELECT max(id) FROM posts') ?? 0
    this.addPosts()
    let done = 0
    for (const row of fullRows(how.live, newest)) {
      if (done++ % BATCH === 0) yield { what: 'Comparing posts', done, total: newest }
      this.comparePost(row)
    }
    if (!this.writes) return found
    for (const row of this.addedRows()) this.added.attach(row)
    settleTrees(how.live)
    this.writeCaptures()
    if (how.certain) this.writeUnreadItems()
    return found
  }

  private addPosts(): void {
    for (const row of this.added.missing()) {
      if (row.status !== 'unread') this.reportAdded(row)
      this.how.shadow.run('INSERT INTO added VALUES (?)', row.id)
    }
    if (this.writes) for (const row of this.addedRows()) this.added.add(row)
  }

  private addedRows(): Generator<FullRow> {
    return fullRows(this.how.shadow, Number.MAX_SAFE_INTEGER, 'posts.id IN (SELECT post FROM added)')
  }

  private reportAdded(row: FullRow): void {
    this.found.posts.added++
    addLimited(this.found.changes, { ...nameOf(row), kind: 'added', fields: [] })
  }

  private comparePost(row: FullRow): void {
    const { outcome, fields, key } = this.posts.compare(row)
    const { posts, revisions, changes, notFound } = this.found
    const { changed, dropped } = this.revisions.reread(row, key, key !== row.content_hash)
    revisions.changed += changed
    revisions.dropped += dropped
    // The archive knew it only from its replies.
    if (row.status === 'unread') {
      if (fields.some(({ field }) => field === 'status')) this.reportAdded(row)
      return
    }
    posts[outcome]++
    if (outcome === 'changed') addLimited(changes, { ...nameOf(row), kind: 'changed', fields })
    if (outcome === 'notFound') addLimited(notFound, nameOf(row))
  }

  private writeCaptures(): void {
    const { live, shadow } = this.how
    const next = 'SELECT capture, wall, fingerprint FROM judged WHERE capture > ? ORDER BY capture LIMIT 1'
    type ChangedCapture = { capture: number; wall: string | null; fingerprint: string }
    let row = shadow.row<ChangedCapture>(next, 0)
    while (row) {
      live.update('captures', row.capture, { wall: row.wall, fingerprint: row.fingerprint })
      row = shadow.row<ChangedCapture>(next, row.capture)
    }
  }

  /** Corrects the number of feed items that no parser could read. */
  private writeUnreadItems(): void {
    const { live, shadow } = this.how
    const groups = shadow.rows<{ key: string; slug: string; items: number }>(
      'SELECT sites.key, slug, left_out AS items FROM groups JOIN sites ON sites.id = site_id',
    )
    for (const { key, slug, items } of groups)
      live.run(
        'UPDATE groups SET left_out = ? WHERE slug = ? AND left_out <> ? AND site_id = (SELECT id FROM sites WHERE key = ?)',
        items,
        slug,
        items,
        key,
      )
  }
}

function addLimited<Named extends PostName | PostChange>(list: Named[], one: Named): void {
  if (list.length < MOST_NAMED) list.push(one)
}
