import type { Instant } from '../../model/discussion.js'
import type { FieldChange } from '../../model/reports/reparse.js'
import type { Stepwise } from '../../model/steps.js'
import type { Statements } from '../database/statements.js'
import { change, differing, fieldChanges } from './field-changes.js'
import {
  type Columns,
  dateColumns,
  type Evidence,
  frameColumns,
  type TextFrom,
  textColumns,
  textFrom,
  viewColumns,
} from './field-rules.js'
import { type PostRelations, RelationChanges } from './relations.js'
import type { RereadTexts } from './reread-texts.js'
import {
  type AttachedRows,
  counterpart,
  type FullRow,
  fullRows,
  partsOf,
  replaceParts,
  THREAD_COLUMNS,
  type ThreadColumn,
} from './rows.js'

export interface ComparisonContext {
  live: Statements
  shadow: Statements
  rereadTexts: RereadTexts
  /** All captures were read again, none of them from another archive: a value that no capture shows is wrong. */
  certain: boolean
  /** Every capture from the given date on has a body. */
  gapless: boolean
  /** The run that writes; null: nothing is written. */
  writing: { run: number; at: Instant } | null
}

interface Compared {
  outcome: 'same' | 'changed' | 'notFound' | 'untouched'
  fields: FieldChange[]
  /** Content hash of its text after the comparison. */
  key: string
}

interface NewText {
  columns: Columns
  parts: AttachedRows
  fields: FieldChange[]
}

const NO_RELATIONS: PostRelations = { columns: {}, fields: [] }

/** Compares posts of the archive with the shadow database, and updates them. */
export class PostComparison {
  readonly relations: RelationChanges

  constructor(private readonly how: ComparisonContext) {
    this.relations = new RelationChanges(how.live, how.shadow, how.writing !== null)
  }

  compare(row: FullRow): Compared {
    if (row.forgotten === 1) return { outcome: 'untouched', fields: [], key: row.content_hash }
    const evidence = this.evidenceOf(row)
    const { built, certain, wasReread } = evidence
    const from = textFrom(evidence)
    if (from === null) return { outcome: wasReread ? 'notFound' : 'untouched', fields: [], key: row.content_hash }
    const text = this.textOf(evidence, from)
    const relations = built ? this.relations.of(row, built, certain) : NO_RELATIONS
    const changes = differing(row, [...this.frameOf(evidence), relations.columns, text?.columns ?? {}])
    const fields = [...fieldChanges(row, changes), ...relations.fields, ...(text?.fields ?? [])]
    if (this.how.writing) this.write(row, changes, text)
    return { outcome: fields.length > 0 ? 'changed' : 'same', fields, key: changes.content_hash ?? row.content_hash }
  }

  private evidenceOf(live: FullRow): Evidence {
    const { rereadTexts, shadow, certain, gapless } = this.how
    const built = counterpart(shadow, live) ?? null
    return {
      live,
      built,
      reread: rereadTexts.of(live.id, live.text_capture_id),
      wasReread: rereadTexts.wasReread(live.text_capture_id),
      certain,
      gapless,
      repeated: shadow.one<number>('SELECT 1 FROM repeated WHERE post = ?', built?.id ?? 0) === 1,
    }
  }

  private frameOf(evidence: Evidence): Columns[] {
    const { built } = evidence
    if (!built) return []
    const seen = { ...evidence, built }
    const back: Columns = this.isBack(evidence.live, built) ? { status: 'live' } : {}
    return [...frameColumns(seen), dateColumns(seen), viewColumns(seen), back]
  }

  /** Whether the post was marked gone only because an earlier parser overlooked it in the captures. */
  private isBack(live: FullRow, built: FullRow): boolean {
    if (live.status !== 'gone' || live.gone_reason !== 'absent from a complete thread') return false
    if ((built.last_capture_id ?? 0) <= (live.last_capture_id ?? 0)) return false
    const by = this.how.live.one<number>("SELECT max(run_id) FROM events WHERE post_id = ? AND kind = 'gone'", live.id)
    return by != null && built.last_run_id >= by
  }

  private textOf(evidence: Evidence, from: TextFrom): NewText | null {
    const { live, built, reread } = evidence
    if (from === 'reread' && reread) {
      const { content, parser } = reread
      const columns = textColumns(content, live.text_capture_id, parser, evidence)
      return { columns, parts: content, fields: this.partChanges(live, content) }
    }
    if (from !== 'built' || !built) return null
    const parts = partsOf(this.how.shadow, built.id)
    const { html, text, heading, site, text_capture_id, parser } = built
    const content = { html, text, heading, truncated: built.truncated === 1, ...parts, site }
    const columns = textColumns(content, text_capture_id, parser, evidence)
    return { columns, parts, fields: this.partChanges(live, parts) }
  }

  private partChanges({ id }: FullRow, parts: AttachedRows): FieldChange[] {
    const stored = partsOf(this.how.live, id)
    return [
      ...partChange('attachments', stored.attachments, parts.attachments, ({ kind, url, name }) => [kind, url, name]),
      ...partChange('links', stored.links, parts.links, ({ kind, url, text }) => [kind, url, text]),
    ]
  }

  private write(row: FullRow, changes: Columns, text: NewText | null): void {
    const { live, writing } = this.how
    const isOfThread = (name: string) => THREAD_COLUMNS.includes(name as ThreadColumn)
    const [thread, post] = [true, false].map(wanted =>
      Object.entries(changes).filter(([name]) => isOfThread(name) === wanted),
    )
    if (post?.length) live.update('posts', row.id, Object.fromEntries(post))
    if (thread?.length) live.update('threads', row.id, Object.fromEntries(thread))
    if (text && text.fields.length > 0) replaceParts(live, row.id, text.parts)
    if (row.status !== 'gone' || changes.status !== 'live' || !writing) return
    live.update('posts', row.id, { missed_at: null, gone_at: null, gone_reason: null })
    live.insert('events', { at: writing.at, kind: 'back', post_id: row.id, run_id: writing.run })
  }
}

function partChange<Part extends { url: string }>(
  field: string,
  stored: readonly Part[],
  seen: readonly Part[],
  valuesOf: (part: Part) => unknown[],
): FieldChange[] {
  const [before, after] = [stored, seen].map(parts => JSON.stringify(parts.map(valuesOf)))
  if (before === after) return []
  const [one, other] = [stored, seen].map(parts => parts.map(({ url }) => url).join(' ') || null)
  return [change(field, one, other)]
}

/** What a post says and who wrote it when: fields for which a capture is the proof. */
const PROVEN = new Set(['text', 'html', 'heading', 'attachments', 'links', 'date', 'author', 'parent'])

/** A post that is not what this program reads in its capture. */
export interface Misread {
  /** The post and its fields, in words. */
  place: string
  /** The version of threadkeep that read it is not the present one: the difference may be a better reading. */
  byOtherVersion: boolean
}

/**
 * Posts that differ from what the present parsers read in the same captures. By the same version, the file was changed since they were
 * written. A post that is equal is proven, whichever version has read it.
 */
export function* misread(how: ComparisonContext): Stepwise<Misread[]> {
  const posts = new PostComparison(how)
  const total = how.live.one<number>('SELECT count(*) FROM posts') ?? 0
  const found: Misread[] = []
  let done = 0
  for (const row of fullRows(how.live)) {
    if (done++ % BATCH === 0) yield { what: 'Comparing posts', done, total }
    const reread = how.rereadTexts.of(row.id, row.text_capture_id)
    if (!reread) continue
    const fields = posts.compare(row).fields.filter(({ field }) => PROVEN.has(field))
    if (fields.length === 0) continue
    const place = `post ${row.site_post_id} (row ${row.id}): ${fields.map(({ field }) => field).join(', ')}`
    found.push({ place, byOtherVersion: reread.parser !== row.parser })
  }
  return found
}

/** Number of posts between two steps. */
const BATCH = 100
