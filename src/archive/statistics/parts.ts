import type { StoredGroup } from '../../model/archive.js'
import type { PartFigures, StatisticsRequest } from '../../model/reports/statistics.js'
import type { Statements } from '../database/statements.js'
import { isoMonth, monthOf } from './calendar.js'
import { PartTally } from './part-tally.js'
import type { CountedPost, CountedThread } from './threads.js'

/** The figures of each group, or of each month. A post whose month is not known is in none. */
export class Parts {
  /** By the row id of the group (null: no group), or by the number of the month. */
  private readonly tallies = new Map<number | null, PartTally>()

  constructor(
    private readonly by: 'group' | 'month',
    private readonly period: Pick<StatisticsRequest, 'after' | 'before'>,
  ) {}

  /** Any post of the selection: who is new in a group depends on posts before the period, too. */
  see(post: CountedPost): void {
    if (this.by === 'group') this.tally(post.group).newcomers.see(post)
  }

  add(post: CountedPost, thread: CountedThread): void {
    if (this.by === 'group') this.tally(post.group).add(post, thread)
    if (this.by === 'group') return
    const month = monthOf(post.from)
    if (month !== null && month === monthOf(post.to)) this.tally(month).add(post, thread)
  }

  private tally(key: number | null): PartTally {
    const tally = this.tallies.get(key) ?? new PartTally(this.period)
    this.tallies.set(key, tally)
    return tally
  }

  /** `newcomers`: of the whole, by month. */
  figures(sql: Statements, newcomers: ReadonlyMap<number, number>): PartFigures[] {
    const parts = [...this.tallies].map(([key, tally]) => ({ key, ...tally.figures() }))
    if (this.by === 'group') {
      const groups = parts.map(({ key, ...part }) => ({ group: groupOf(key, sql), ...part }))
      return groups.filter(({ counts }) => counts.posts > 0).sort((a, b) => compare(nameOf(a.group), nameOf(b.group)))
    }
    parts.sort((a, b) => Number(a.key) - Number(b.key))
    return parts.map(({ key, people, ...part }) => ({
      ...{ month: isoMonth(Number(key)), ...part },
      people: { ...people, newcomers: newcomers.get(Number(key)) ?? 0, newcomersUnsure: 0 },
    }))
  }
}

function groupOf(row: number | null, sql: Statements): StoredGroup | null {
  if (row === null) return null
  return sql.row<StoredGroup>('SELECT site_group_id AS id, slug, name, url FROM groups WHERE id = ?', row) ?? null
}

/** Threads in no group come last. */
const nameOf = (group: StoredGroup | null): string =>
  group ? ` ${(group.name ?? group.slug).toLowerCase()} ${group.url}` : '\uffff'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
