import { type Command, Option } from 'commander'
import type { AnnotationFile } from '../../../export/coding/records.js'
import { type SampleRequest, STRATIFICATIONS, sampleWords } from '../../../export/coding/sample.js'
import type { SampleFigures } from '../../../export/exporter.js'
import { readTextFile } from '../../files/text-file.js'
import { collect, wholeAbove0 } from '../../options/flag-values.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

/** What researchers ask for: a random sample, and their own codes. */
export interface CodingOptions extends SampleRequest {
  annotations?: string[]
}

export function addCodingFlags(command: Command): void {
  command
    .option('--sample <threads>', 'draw so many of the threads at random', wholeAbove0)
    .option('--seed <words>', 'draw the same threads as with this seed before (default: one is made, and said)')
    .addOption(
      new Option('--stratify <by>', 'draw of each group, or month (UTC), in proportion').choices(STRATIFICATIONS),
    )
    .option(
      '--annotations <file>',
      'codes and notes of coders on posts, for tables, jsonl, json and qdpx; may be given several times',
      collect,
    )
}

export const readAnnotationFiles = (names: readonly string[], io: Io): Promise<AnnotationFile[]> =>
  Promise.all(names.map(async name => ({ name, text: await readTextFile(name, 'file of annotations', ADVICE, io) })))

const ADVICE = 'Name a CSV file with the columns id (or url), coder, code and note.'

/** More strata than this are only in the list of exports. */
const MOST_STRATA = 12

/** What was drawn of what, in lines for stderr. */
export function sampleLines(sample: SampleFigures): string {
  const strata = sample.strata.map(({ name, drawn, of }) => `${terminalLine(name) || 'none'} ${drawn} of ${of}`)
  const shown = strata.slice(0, MOST_STRATA).join(', ')
  const more = strata.length > MOST_STRATA ? `, and ${strata.length - MOST_STRATA} more` : ''
  return `Sample: ${terminalLine(sampleWords(sample))}.${strata.length > 0 ? ` ${shown}${more}.` : ''}\n`
}
