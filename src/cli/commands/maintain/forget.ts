import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Command, Option } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { UsageError } from '../../../model/errors.js'
import {
  type Erasure,
  type ExportedFile,
  type ForgetReport,
  type MemberSummary,
  REWRITING,
} from '../../../model/reports/forget.js'
import type { Step } from '../../../model/steps.js'
import { VERSION } from '../../../model/version.js'
import { notes } from '../../help/layout.js'
import { collect, waitLock } from '../../options/flag-values.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { resolveMember } from '../../options/resolve.js'
import { doneLines, planLines, untouchedLines } from '../../render/forget-lines.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { withSteps } from '../../terminal/steps.js'
import { day } from '../../text/phrases.js'
import { terminalJson } from '../../text/terminal-text.js'

export interface Options extends Globals {
  word: string
  site?: string
  mentions: 'keep' | 'redact'
  exports?: string[]
  yes?: boolean
  dryRun?: boolean
}

type Forgetting = Archive['forgetting']

export const examples = [
  'forget maeve --dry-run',
  'forget https://community.example/members/maeve/',
  'forget 17 --site https://community.example/ --yes',
  'forget maeve --mentions redact',
]

export function add(command: Command): void {
  command
    .description(
      'Erases a member from the archive, for example after a withdrawn consent: the\n' +
        'words of their posts, earlier texts and pictures, their names, and the captured\n' +
        'responses that contain any of these. It cannot be undone.\n' +
        'Their posts stay in the threads without content, so that the replies of others\n' +
        'keep their place. Later runs do not bring the content back: the archive keeps\n' +
        'the number of the member on the site, and hashes of the names.',
    )
    .argument('<member>', 'slug, number, display name or profile URL')
    .option('--site <url>', 'the community, if several have such a member (default: the only one)')
    .addOption(
      new Option('--mentions <what>', 'what happens to the name in posts of others')
        .choices(['keep', 'redact'])
        .default('keep'),
    )
    .option(
      '--exports <path>',
      'also list exported files and packages at or below this path that hold the member; may be given several times',
      collect,
    )
    .option('-y, --yes', 'do not ask for confirmation')
    .option('-n, --dry-run', 'only show what would be erased')
    .addOption(waitLock())
    .optionsGroup('Output:')
    .option('--json', 'print what was erased as one JSON document (threadkeep.forget/1), without names')
    .addHelpText('after', notes(HELP))
}

const HELP = `
Copies of the archive, backups and exports are not changed. Exported files that
hold the member are listed: those of folders (export -o notes/) and packages
below the folder of the archive, the current folder, and --exports. Export again
into the same folder with the same selection, and they are replaced; make
packages again. Single files (-o posts.csv) are not searched.`

export async function run(options: Options, io: Io): Promise<void> {
  refuseUnconfirmed(options, io)
  // The run log and the lock of this run must not name the member.
  const nameless = { ...io, argv: ['forget'] }
  const mode = options.dryRun ? 'read' : 'change'
  const report = await withArchive(mode, options, nameless, ({ forgetting }) => forgotten(forgetting, options, io))
  if (report) printReport(report, options, io)
}

function refuseUnconfirmed({ yes, dryRun, input, json }: Options, io: Io): void {
  const mayAsk = io.stdinIsTTY && input !== false && !json
  if (yes || dryRun || mayAsk) return
  throw new UsageError(
    'This erases a member, and nobody is at the terminal to confirm it.',
    'Use --dry-run to see what would be erased, then --yes.',
  )
}

/** The erasure of one member. */
interface Work {
  forgetting: Forgetting
  member: MemberSummary
  /** Exported files that hold the member. */
  exports: ExportedFile[]
  options: Options
  io: Io
}

/** Null if the user did not confirm. */
async function forgotten(forgetting: Forgetting, options: Options, io: Io): Promise<ForgetReport | null> {
  const member = resolveMember(options.word, options.site ?? null, forgetting.people)
  const { exportedFiles } = await import('./forget-exports.js')
  const exports = await exportedFiles(forgetting.exportTest(member), options, io)
  const work = { forgetting, member, exports, options, io }
  if (member.forgottenAt !== null && !forgetting.hasReturned(member)) return alreadyForgotten(work)
  // Once the name was redacted in the posts of others, it stays redacted.
  return erased(forgetting.redacts(member.row) ? { ...work, options: { ...options, mentions: 'redact' } } : work)
}

async function erased(work: Work): Promise<ForgetReport | null> {
  const { forgetting, member, options, io } = work
  const redact = options.mentions === 'redact'
  const plan = await plannedErasure(work)
  if (options.dryRun) return reportOf(work, plan, 'dry-run', member.forgottenAt)
  if (!options.yes && !(await isConfirmed(io))) return null
  const at = new Date(io.now()).toISOString()
  const done = await withSteps(options, io, forgetting.erasing(member, { at, version: VERSION, redact }), kept)
  return reportOf(work, done, 'forgotten', at)
}

/** Shows the plan to the person who confirms it; not made with --yes. */
async function plannedErasure({ forgetting, member, options, io }: Work): Promise<Erasure> {
  if (options.yes && !options.dryRun) return NOTHING
  const plan = await withSteps(options, io, forgetting.planning(member), kept)
  const out = options.dryRun ? io.stdout : io.stderr
  if (!options.json) writeLines(planLines(member, plan, options.mentions === 'redact'), out)
  return plan
}

async function isConfirmed(io: Io): Promise<boolean> {
  const answer = await io.ask('Erase this member? It cannot be undone. [y/N] ')
  const yes = /^y(es)?$/i.test(answer?.trim() ?? '')
  if (!yes) io.stderr.write('Nothing was changed.\n')
  return yes
}

/** Rewrites the file if an earlier run could not, because another process had it open or the disk was full. */
function alreadyForgotten(work: Work): ForgetReport {
  const { forgetting, member, options } = work
  if (!options.dryRun && !forgetting.isWiped(member)) forgetting.wipe(member.row)
  return reportOf(work, NOTHING, 'already', member.forgottenAt)
}

const NOTHING: Erasure = { posts: 0, revisions: 0, captures: 0, traces: 0, targets: 0, files: 0, mentions: [] }

/** What a stopped erasure leaves, in words. */
const kept = ({ what }: Step): string =>
  what === REWRITING
    ? 'the member is erased, but the file still contains the erased bytes. Run the same command again to rewrite the file.'
    : 'nothing was erased.'

function reportOf(
  { member: { site, id }, exports, options, io }: Work,
  erasure: Erasure,
  state: ForgetReport['state'],
  forgottenAt: string | null,
): ForgetReport {
  const archive = archiveFile(options, io)
  return {
    ...{ schema: 'threadkeep.forget/1', archive, site, member: id, state, forgottenAt, ...erasure },
    mentionsAre: options.mentions === 'redact' ? 'redacted' : 'kept',
    untouched: siblingCopies(archive),
    exports,
  }
}

function printReport(report: ForgetReport, options: Options, io: Io): void {
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  if (options.json || options.quiet) return
  if (report.state === 'already')
    io.stdout.write(`This member was already erased on ${day(report.forgottenAt ?? '')}.\n`)
  writeLines(report.state === 'forgotten' ? doneLines(report) : untouchedLines(report), io.stdout)
}

/** Other states of the archive in its folder: copies from before a migration, remains of a killed merge, and backups. */
function siblingCopies(file: string): string[] {
  const folder = dirname(file)
  if (!existsSync(folder)) return []
  const own = [basename(file), `${basename(file)}-wal`, `${basename(file)}-shm`, `${basename(file)}-journal`]
  return readdirSync(folder)
    .filter(name => (name.startsWith(basename(file)) || name.startsWith(`.${basename(file)}.`)) && !own.includes(name))
    .sort()
    .map(name => join(folder, name))
}
