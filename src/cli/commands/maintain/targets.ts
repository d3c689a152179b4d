import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { UsageError } from '../../../model/errors.js'
import { VERSION } from '../../../model/version.js'
import { notes, page, reflow } from '../../help/layout.js'
import { text as targetText } from '../../help/targets.js'
import { waitLock } from '../../options/flag-values.js'
import { archiveFile, commandLine, type Globals, withArchive } from '../../options/globals.js'
import {
  removedLines,
  renameLines,
  type TargetsReport,
  targetLines,
  targetRecord,
  targetRows,
} from '../../render/targets.js'
import type { Io } from '../../terminal/io.js'
import { printForm } from '../../terminal/print.js'
import { terminalJson } from '../../text/terminal-text.js'

export interface Options extends Globals {
  words: string[]
  dryRun?: boolean
}

export const examples = [
  'targets',
  'targets remove https://community.example/groups/gardeners/',
  'targets rename https://old.example/ https://new.example/ --dry-run',
  'targets rename https://example.org/community/ https://community.example/',
]

export function add(command: Command): void {
  command
    .description(
      'Lists what sync updates: each target with what it turned out to be, how it is\n' +
        'read, and when it was read last. "remove" takes targets off the list, or one\n' +
        'group off the target that is its whole site, such as a group that was deleted\n' +
        'there; what was read of them stays. "rename" gives a community that has moved\n' +
        'its new address: the same posts stay the same rows, so that sync finds edits\n' +
        'and deletions.',
    )
    .argument('[action]', 'remove or rename; without it, the targets are listed')
    .argument(
      '[url...]',
      'remove: targets, or groups of a site; rename: an old address and the new address of the same page',
    )
    .optionsGroup('Action:')
    .option('-n, --dry-run', 'only show what would be changed')
    .addOption(waitLock())
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.targets/1)')
    .addHelpText(
      'after',
      notes(width => page(reflow(HELP, width), targetText(width))),
    )
}

const HELP = `
A renamed site keeps its history; its captured responses keep the addresses from
which they came. A login for the old address is not used at the new one: log in
again with threadkeep login. "rename" refuses where the archive already holds
posts of the new address.`

export async function run(options: Options, io: Io): Promise<void> {
  const [action, ...words] = options.words
  if (action === undefined) return list(options, io)
  const { targetOf } = await import('../../../run/run.js')
  const urls = words.map(word => targetOf(word))
  if (action === 'remove') return remove(urls, options, io)
  if (action === 'rename') return rename(urls, options, io)
  throw new UsageError(
    `"${action}" is nothing that targets can do.`,
    'Use remove or rename, or nothing to list the targets.',
  )
}

const list = (options: Options, io: Io): Promise<void> =>
  withArchive('read', options, io, archive => report(archive, { removed: [], renamed: null }, options, io))

async function remove(urls: readonly string[], options: Options, io: Io): Promise<void> {
  if (urls.length === 0) throw new UsageError('No target was named.', 'List the targets: threadkeep targets')
  await withArchive(options.dryRun ? 'read' : 'change', options, io, async archive => {
    const removed = urls.map(url => archive.removable(url))
    if (!options.dryRun) archive.remove(removed)
    await report(archive, { removed, renamed: null }, options, io)
  })
}

async function rename([from, to, ...more]: readonly string[], options: Options, io: Io): Promise<void> {
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(
      'rename takes two addresses.',
      'Name the old one, then the new one: threadkeep targets rename OLD NEW',
    )
  await withArchive(options.dryRun ? 'read' : 'change', options, io, async archive => {
    const renamed = archive.planRename(from, to)
    if (!options.dryRun) archive.renameNow(renamed, { command: commandLine(io), version: VERSION, now: io.now })
    await report(archive, { removed: [], renamed }, options, io)
  })
}

/** The targets after the change, or the change alone for people. */
async function report(
  archive: Archive,
  change: Omit<TargetsReport, 'targets'>,
  options: Options,
  io: Io,
): Promise<void> {
  const { targets } = archive.reader.status()
  const document = {
    schema: 'threadkeep.targets/1',
    archive: archiveFile(options, io),
    dryRun: options.dryRun === true,
    removed: change.removed.map(({ url }) => url),
    renamed: change.renamed,
  }
  const isList = change.removed.length === 0 && change.renamed === null
  if (options.json)
    return void io.stdout.write(`${terminalJson({ ...document, targets: targets.map(targetRecord) })}\n`)
  if (isList)
    return printForm(
      { json: [], rows: targetRows(targets), lines: (_, paint) => targetLines(targets, paint) },
      options,
      io,
    )
  if (options.quiet) return
  const lines = change.renamed
    ? renameLines(change.renamed, options.dryRun === true)
    : removedLines(change.removed, options.dryRun === true)
  for (const line of lines) io.stdout.write(`${line}\n`)
}
