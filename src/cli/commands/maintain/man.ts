import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import { VERSION, VERSION_DATE } from '../../../model/version.js'
import type { Globals } from '../../options/globals.js'
import type { ManPage } from '../../reference/man/page.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { suggestion } from '../../text/suggestions.js'
import { terminalLine } from '../../text/terminal-text.js'

export interface Options extends Globals {
  word: string | undefined
  output?: string
}

export const examples = ['man', 'man export', 'man export > export.1', 'man -o ~/.local/share/man/man1/']

export function add(command: Command): void {
  command
    .description(
      'Shows the manual page of the program or of a command, by the program "man" at a\n' +
        'terminal. Into a pipe or a file, it prints the source of the page (roff).',
    )
    .argument('[command]', 'a command (default: the program)')
    .optionsGroup('Output:')
    .option('-o, --output <folder>', 'write the pages of all commands into this folder')
}

export async function run(options: Options, io: Io, program: () => Promise<Command>): Promise<void> {
  const { factsOf } = await import('../../reference/facts.js')
  const { manPages, pageOf } = await import('../../reference/man/page.js')
  const { topics } = await import('../../reference/man/topics.js')
  const edition = { version: VERSION, date: VERSION_DATE, topics: await topics() }
  const pages = manPages(factsOf(await program()), edition)
  if (options.output !== undefined) return writePages(pages, options.output, options, io)
  const wanted = options.word === undefined ? 'threadkeep' : pageOf(options.word)
  const page = pages.find(({ name }) => name === wanted)
  if (!page) throw unknownPage(options.word ?? '', pages)
  if (io.stdout.isTTY && (await isShown(page.text, io))) return
  io.stdout.write(page.text)
}

function unknownPage(word: string, pages: readonly ManPage[]): UsageError {
  const commands = pages.map(({ name }) => name.replace(/^threadkeep-?/, '')).filter(name => name !== '')
  const near = suggestion(word, commands, name => [name]).slice(0, 3)
  return new UsageError(
    `There is no command "${word}".`,
    `Closest: ${near.join(', ')}. All commands: threadkeep --help`,
  )
}

/** Says where the page is of use if nothing can show it here. Ctrl-C is for the pager. */
async function isShown(page: string, io: Io): Promise<boolean> {
  const { showManPage } = await import('../../../node/man-viewer.js')
  if (await interruptible(io, () => showManPage(page, io))) return true
  io.stderr.write(
    'No program "man" could show the page: this is its source. To read the same: threadkeep help COMMAND\n',
  )
  return false
}

async function writePages(pages: readonly ManPage[], output: string, { quiet }: Options, io: Io): Promise<void> {
  const { writeAtomically } = await import('../../../node/atomic-write.js')
  const folder = resolve(io.cwd, output)
  for (const { name, text } of pages) await writeAtomically(join(folder, `${name}.1`), [text], async () => {})
  if (!quiet) io.stderr.write(`${pages.length} pages were written to ${terminalLine(folder)}\n`)
}
