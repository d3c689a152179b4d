import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { ExportContext, OptionSpec, ShownStatus } from '../exporter.js'
import { clockOf, type ZonedClock } from '../words/clock.js'

const LAYOUTS = ['list', 'quote', 'headings', 'flat'] as const
export type LayoutName = (typeof LAYOUTS)[number]

/** How documents are written. */
export interface Style {
  clock: ZonedClock
  status: ShownStatus
  layout: LayoutName
  /** The deepest level of indentation, from 1 on. */
  depth: number
  /** The title is in the front matter, or a heading, for programs that do not show front matter. */
  hasFrontMatter: boolean
  /** Which of several documents it is; absent: it is alone. */
  part: ExportContext['part']
  /** Local copies of files. */
  media: ExportContext['media']
}

/** The options of the format. */
export const OPTIONS = {
  layout: { summary: 'how replies are set', default: 'list', choices: LAYOUTS, flag: true },
  depth: { summary: 'deepest indentation of replies', default: 4, flag: true },
  'front-matter': { summary: 'none: the title is a heading', default: 'flat', choices: ['flat', 'none'], flag: true },
  split: { summary: 'documents of so many threads (100), of a size (20mb), or by month', default: 'none', flag: true },
} as const satisfies Record<string, OptionSpec>

/** Paper has no room for more, and LaTeX takes no more than nine. */
const MAX_DEPTH = 9

/** `first`: the first thread of the document, whose site gives the time zone. @throws UsageError */
export function styleOf(about: ExportContext, first: StoredThread): Style {
  const { options, status, media, part } = about
  const depth = Number(options['depth'] ?? OPTIONS.depth.default)
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH)
    throw new UsageError(`"${options['depth']}" is no value of the option "depth".`, `It takes 1 to ${MAX_DEPTH}.`)
  return {
    ...{ clock: clockOf([first], about), status, depth, media, part },
    layout: LAYOUTS.find(name => name === options['layout']) ?? 'list',
    hasFrontMatter: options['front-matter'] !== 'none',
  }
}
