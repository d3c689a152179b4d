import type { PartFigures } from '../../model/reports/statistics.js'
import { cell, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { durationWords, groupName } from '../text/phrases.js'

/** What tells a part from the others: slug and name of the group, or the month. No group: both are empty. */
export const partName = ({ group, month }: PartFigures): { key: string; name: string | null } =>
  month === undefined ? { key: group?.slug ?? '', name: group?.name ?? null } : { key: month, name: null }

const HEADS = ['POSTS', 'THREADS', 'PEOPLE', 'NEW', 'UNANSWERED', 'REPLY AFTER', 'GINI', 'RETURNED']
const WIDTHS = [7, 8, 7, 6, 11, 12, 5, 9]

/** A line a part: its posts, threads begun, people, newcomers, share without an answer, median of the first reply, Gini, reciprocity. */
export function* partLines(parts: readonly PartFigures[], width: number, paint: Paint): Generator<string> {
  const name = Math.max(7, Math.min(32, width - WIDTHS.reduce((sum, one) => sum + one + 1, 0)))
  const row = (label: string, cells: readonly string[]) =>
    `${cell(label, name)} ${cells.map((text, at) => cell(text, WIDTHS[at] ?? 9, 'right')).join(' ')}`
  yield paint.dim(row(parts[0]?.month === undefined ? 'GROUP' : 'MONTH', HEADS))
  for (const part of parts) {
    const { counts, people, threads, responses } = part
    const numbers = [counts.posts, counts.threads, counts.people, people.newcomers].map(value =>
      value.toLocaleString('en-US'),
    )
    const { median } = responses.firstReply
    yield row(labelOf(part), [
      ...numbers,
      percent(threads.unansweredShare),
      median === null ? '' : durationWords(median),
      people.gini === null ? '' : people.gini.toFixed(2),
      percent(people.reciprocity),
    ])
  }
}

const labelOf = ({ group, month }: PartFigures): string => month ?? (group ? groupName(group) : 'no group')

const percent = (share: number | null): string => (share === null ? '' : `${(share * 100).toFixed(1)}\u00a0%`)

/** For scripts: `part`, key, name, and the same figures, not rounded. */
export function* partRows(parts: readonly PartFigures[]): Generator<string> {
  for (const part of parts) {
    const { counts, people, threads, responses } = part
    const { key, name } = partName(part)
    yield tabRow([
      ...['part', key, name],
      ...[counts.posts, counts.threads, counts.people, people.newcomers],
      ...[threads.unansweredShare, responses.firstReply.median, people.gini, people.reciprocity],
    ])
  }
}
