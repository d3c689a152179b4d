import { listed } from '../../export/text.js'
import type { Agreement, CodeAgreement } from '../../model/coding/agreement.js'
import { cell, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'

/** For people: who was compared, and a line a code. */
export function* agreementLines(agreement: Agreement, columns: number, paint: Paint): Generator<string> {
  const { coders, posts, units, codes } = agreement
  yield `${listed(coders.map(terminalLine))} on ${count(units, 'post')}`
  if (posts > units)
    yield `${count(posts - units, 'more post')} with a row of one coder only: left out; with --units any, the others gave no code.`
  yield ''
  if (paint.spoken) return yield* codes.map(spokenCode)
  const width = Math.min(columns - FIGURES, MOST_COLUMNS, Math.max(...codes.map(code => textWidth(nameOf(code))), 4))
  yield [cell('code', width), ...HEAD.map(name => cell(name, 7, 'right'))].join('  ')
  for (const one of codes)
    yield [cell(nameOf(one), width), ...cellsOf(one).map(text => cell(text, 7, 'right'))].join('  ')
}

const HEAD = ['posts', 'given', 'agree', 'kappa', 'alpha']
const MOST_COLUMNS = 40
/** Columns of the figures. */
const FIGURES = 9 * HEAD.length

function spokenCode(one: CodeAgreement): string {
  const cells = cellsOf(one)
  const facts = HEAD.map((name, at) => `${name} ${cells[at] === '-' ? 'not known' : cells[at]}`)
  return `Code ${nameOf(one)}: ${facts.join(', ')}`
}

const nameOf = ({ code }: CodeAgreement): string => (code === null ? 'all codes' : terminalLine(code))

const cellsOf = ({ units, given, percent, kappa, alpha }: CodeAgreement): string[] => [
  ...[String(units), String(given), percent === null ? '-' : `${(percent * 100).toFixed(1)} %`],
  ...[kappa, alpha].map(value => value?.toFixed(3) ?? '-'),
]

/** For scripts: code, posts, given, share that agrees, kappa, alpha; shares with four digits after the point. An empty code: all codes. */
export function* agreementRows({ codes }: Agreement): Generator<string> {
  for (const { code, units, given, percent, kappa, alpha } of codes)
    yield tabRow([code, units, given, ...[percent, kappa, alpha].map(rounded)])
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)))
