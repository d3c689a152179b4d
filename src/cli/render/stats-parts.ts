import type { PartFigures } from '../../model/reports/statistics.js'
import { cell, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { durationWords, figure, groupName } from '../text/phrases.js'
import { textWidth } from '../text/width.js'

/** What tells a part from the others: slug and name of the group, or the month. No group: both are empty. */
export const partName = ({ group, month }: PartFigures): { key: string; name: string | null } =>
  month === undefined ? { key: group?.slug ?? '', name: group?.name ?? null } : { key: month, name: null }

const HEADS = ['POSTS', 'THREADS', 'PEOPLE', 'NEW', 'UNANSWERED', 'REPLY AFTER', 'GINI', 'RETURNED']
const MOST_NAME = 32

/** A line a part: its posts, threads begun, people, newcomers, share without an answer, median of the first reply, Gini, reciprocity. */
export function* partLines(parts: readonly PartFigures[], width: number, paint: Paint): Generator<string> {
  const rows = parts.map(part => ({ label: labelOf(part), cells: cellsOf(part) }))
  const widths = HEADS.map((head, at) => Math.max(head.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)))
  const head = parts[0]?.month === undefined ? 'GROUP' : 'MONTH'
  const longest = Math.max(head.length, ...rows.map(({ label }) => textWidth(label)))
  if (width < widths.reduce((sum, one) => sum + one + 1, 7)) return yield* spokenParts(parts)
  const room = width - widths.reduce((sum, one) => sum + one + 1, 0)
  const name = Math.min(longest, MOST_NAME, Math.max(7, room))
  const row = (label: string, cells: readonly string[]) =>
    `${cell(label, name)} ${cells.map((text, at) => cell(text, widths[at] ?? 0, 'right')).join(' ')}`
  yield paint.dim(row(head, HEADS))
  for (const { label, cells } of rows) yield row(label, cells)
}

/** The same in words. */
export function* spokenParts(parts: readonly PartFigures[]): Generator<string> {
  for (const part of parts) {
    const cells = cellsOf(part)
    const facts = SPOKEN_HEADS.flatMap((head, at) => (cells[at] ? [`${head} ${cells[at]}`] : []))
    yield `${part.month === undefined ? 'Group' : 'Month'} ${labelOf(part)}: ${facts.join(', ')}`
  }
}

const SPOKEN_HEADS = ['posts', 'threads', 'people', 'new', 'unanswered', 'first reply after', 'Gini', 'reciprocity']

function cellsOf({ counts, people, threads, responses }: PartFigures): string[] {
  const { median } = responses.firstReply
  const numbers = [counts.posts, counts.threads, counts.people, people.newcomers]
  return [
    ...numbers.map(value => figure(value)),
    percent(threads.unansweredShare),
    median === null ? '' : durationWords(median),
    people.gini === null ? '' : people.gini.toFixed(2),
    percent(people.reciprocity),
  ]
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
