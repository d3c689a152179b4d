import { type Command, Option } from 'commander'
import { tableOf } from '../../../export/table/column.js'
import { type Agreement, agreementOf, type UnitRule } from '../../../model/coding/agreement.js'
import { UsageError } from '../../../model/errors.js'
import { readTextFile } from '../../files/text-file.js'
import { notes } from '../../help/layout.js'
import { csvFlag } from '../../options/flag-values.js'
import type { Globals } from '../../options/globals.js'
import { agreementLines, agreementRows } from '../../render/agreement.js'
import { AGREEMENT_COLUMNS } from '../../render/table/agreement.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

export interface Options extends Globals {
  words: string[]
  units: UnitRule
}

export const examples = [
  'agreement kim.csv lee.csv',
  'agreement codes.csv --units any',
  'agreement codes.csv --json > agreement.json',
]

export function add(command: Command): void {
  command
    .description(
      'Compares what coders gave posts: for each code how often they agree, and how\n' +
        'much of that chance does not explain. It reads files of annotations, as for\n' +
        'export --annotations, and needs no archive. When the output is not a terminal,\n' +
        'it is tab-separated, a line a code.',
    )
    .argument('<file...>', 'CSV, or a JSON object a line: id (or url), coder, code; - is standard input')
    .addOption(
      new Option('--units <which>', 'posts that count: shared by two coders, or any')
        .choices(['shared', 'any'])
        .default('shared'),
    )
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.agreement/1)')
    .addOption(csvFlag())
    .addHelpText('after', notes(HELP))
}

const HELP = `
A row without a code says that its coder has looked at the post and given none.
A file without the column coder is of one coder, who has the name of the file.

  posts    Posts that at least two coders have a row for. With --units any, all;
           a coder without a row for a post has then given it no code.
  given    How often coders gave the code to these posts.
  agree    Of all pairs of coders and posts: the share in which both gave the
           code, or both did not.
  kappa    Cohen's kappa: agreement beyond what the shares of both coders let
           expect. Only of two coders; 1 is full agreement, 0 that of chance.
  alpha    Krippendorff's alpha, nominal: the same for any number of coders who
           need not have looked at each post.

Cells of a line: code (empty: all codes), posts, given, agree, kappa, alpha. The
last three are rounded to four digits, and empty where they are not known; --csv
and --json do not round.

Kappa and alpha are not known where nobody differs in what they say of any post.
The row "all codes" compares which one code each post has; it is there only
where no coder gave a post more than one.`

export async function run(options: Options, io: Io): Promise<void> {
  const { readAnnotations } = await import('../../../export/coding/read-annotations.js')
  const files = await Promise.all(
    options.words.map(async name => ({
      name,
      text: await readTextFile(name, 'file of annotations', 'Name a CSV file with the columns id, coder and code.', io),
    })),
  )
  const agreement = agreementOf(readAnnotations(files), options.units)
  refuseEmpty(agreement)
  const json = [`${terminalJson({ schema: 'threadkeep.agreement/1', ...agreement })}\n`]
  const csv = tableOf(AGREEMENT_COLUMNS, agreement.codes)
  const lines: Forms['lines'] = (width, paint) => agreementLines(agreement, width, paint)
  const forms = { json, csv, rows: agreementRows(agreement), lines }
  await printForm(forms, options, io)
}

/** @throws UsageError if nothing can be compared: an empty table would look like a result. */
function refuseEmpty({ coders, units, codes }: Agreement): void {
  const [only, ...others] = coders
  if (only === undefined) throw new UsageError('The files have no row of a coder.', 'See threadkeep agreement --help.')
  if (others.length === 0)
    throw new UsageError(
      `All rows are of ${terminalLine(only)}.`,
      'Agreement is between two coders or more: give the files of all.',
    )
  if (units === 0)
    throw new UsageError(
      'No post has rows of two coders.',
      'Name posts in the same way in all files, by id or by url. With --units any, a post without a row has no code.',
    )
  if (codes.length === 0) throw new UsageError('No coder gave any post a code.', 'Fill in the column code.')
}
