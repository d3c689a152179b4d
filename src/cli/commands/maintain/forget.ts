import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Command, Option } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import type { Erasure, ForgetReport, MemberSummary } from '../../../model/reports/forget.js'
import { VERSION } from '../../../model/version.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'

export interface Options extends Globals {
  member: string
  site?: string
  mentions: 'keep' | 'redact'
  yes?: boolean
  dryRun?: boolean
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Erases a member from the archive, as after a withdrawn consent: the words of\n' +
        'their posts, earlier texts and pictures, their names, and the captured answers\n' +
        'that hold any of it. It can not be undone.\n' +
        'Their posts stay as empty places, so that the replies of others keep theirs.\n' +
        'Later readings do not bring them back: of the person stay the number that the\n' +
        'site gave them, and hashes of the names.',
    )
    .argument('<member>', 'slug, number, display name or profile address')
    .option('--site <url>', 'the community, where several have such a member')
    .addOption(
      new Option('--mentions <what>', 'what becomes of the name where others have written it')
        .choices(['keep', 'redact'])
        .default('keep'),
    )
    .option('-y, --yes', 'do not ask')
    .option('-n, --dry-run', 'only tell what would be erased')
    .optionsGroup('Output:')
    .option('--json', 'print what was erased as one JSON document, which names nobody')
    .addHelpText('after', HELP)
    .action(async (member: string, _own, self: Command) => done(await run({ ...self.optsWithGlobals(), member }, io)))
}

const HELP = `
Copies of the archive, backups and exports are not touched.
${examples('forget maeve --dry-run', 'forget https://community.example/members/maeve/', 'forget 17 --site https://community.example/ --yes', 'forget maeve --mentions redact')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  refuseUnasked(options, io)
  // The log and the lock of this very run must not name the member.
  const nameless = { ...io, argv: ['forget'] }
  const mode = options.dryRun ? 'read' : 'change'
  const report = await withArchive(mode, options, nameless, archive => forgotten(archive, options, io))
  if (report) await tell(report, options, io)
  return EXIT.done
}

const mayAsk = (options: Options, io: Io): boolean => io.stdinIsTTY && options.input !== false && !options.json

function refuseUnasked(options: Options, io: Io): void {
  if (options.yes || options.dryRun || mayAsk(options, io)) return
  throw new UsageError(
    'Nobody can be asked whether to erase this member.',
    'Look with --dry-run what would be erased, and then give --yes.',
  )
}

/** Null: they would not. */
async function forgotten(archive: Archive, options: Options, io: Io): Promise<ForgetReport | null> {
  const { forgetting } = archive
  forgetting.requireErasureSchema()
  const { resolveMember } = await import('../../options/resolve-member.js')
  const member = resolveMember(options.member, options.site ?? null, forgetting.people)
  if (member.forgottenAt !== null && !forgetting.hasReturned(member)) return again(forgetting, member, options, io)
  return erased(forgetting, member, asBefore(forgetting, member, options), io)
}

/** Whose name was taken out of what others wrote, its choice stays. */
const asBefore = (forgetting: Archive['forgetting'], { row }: MemberSummary, options: Options): Options =>
  forgetting.redacts(row) ? { ...options, mentions: 'redact' } : options

async function erased(
  forgetting: Archive['forgetting'],
  member: MemberSummary,
  options: Options,
  io: Io,
): Promise<ForgetReport | null> {
  const plan = await planned(forgetting, member, options, io)
  if (options.dryRun) return reportOf(member, plan, 'dry-run', options, io)
  if (!options.yes && !(await agreed(io))) return null
  const at = new Date(io.now()).toISOString()
  const redact = options.mentions === 'redact'
  const done = withProgress(options, io, progress =>
    forgetting.forget(member, { at, version: VERSION, redact }, progress),
  )
  return reportOf({ ...member, forgottenAt: at }, done, 'forgotten', options, io)
}

async function planned(
  forgetting: Archive['forgetting'],
  member: MemberSummary,
  options: Options,
  io: Io,
): Promise<Erasure> {
  if (options.yes && !options.dryRun) return NOTHING
  const plan = withProgress(options, io, progress => forgetting.plan(member, progress))
  const [{ planLines }, { writeLines }] = await Promise.all([
    import('../../render/forget-lines.js'),
    import('../../terminal/print.js'),
  ])
  const out = options.dryRun ? io.stdout : io.stderr
  if (!options.json) writeLines(planLines(member, plan, options.mentions === 'redact'), out)
  return plan
}

async function agreed(io: Io): Promise<boolean> {
  const answer = await io.ask('Erase this member? It can not be undone. [y/N] ', false)
  const yes = /^y(es)?$/i.test(answer?.trim() ?? '')
  if (!yes) io.stderr.write('Nothing was changed.\n')
  return yes
}

/** The file could not be written anew the last time, perhaps: somebody had it open, or the disk was full. */
function again(forgetting: Archive['forgetting'], member: MemberSummary, options: Options, io: Io): ForgetReport {
  if (!options.dryRun && !forgetting.isWiped(member)) forgetting.wipe(member.row)
  return reportOf(member, NOTHING, 'already', options, io)
}

const NOTHING: Erasure = { posts: 0, revisions: 0, captures: 0, traces: 0, targets: 0, mentions: [] }

function withProgress<Result>(
  options: Options,
  io: Io,
  work: (progress: (done: number, total: number) => void) => Result,
) {
  const line = progressLine(io, options)
  try {
    return work((done, total) => line.count('Searching captures', done, total))
  } finally {
    line.clear()
  }
}

function reportOf(
  member: MemberSummary,
  erasure: Erasure,
  state: ForgetReport['state'],
  options: Options,
  io: Io,
): ForgetReport {
  const file = archiveFile(options, io)
  const { site, id, forgottenAt } = member
  return {
    schema: 'threadkeep.forget/1',
    archive: file,
    site,
    member: id,
    state,
    forgottenAt,
    ...erasure,
    mentionsAre: options.mentions === 'redact' ? 'redacted' : 'kept',
    untouched: copiesBeside(file),
  }
}

async function tell(report: ForgetReport, options: Options, io: Io): Promise<void> {
  const [{ terminalJson }, { doneLines, untouchedLines }, { writeLines }] = await Promise.all([
    import('../../text/terminal-text.js'),
    import('../../render/forget-lines.js'),
    import('../../terminal/print.js'),
  ])
  if (options.json) return io.stdout.write(`${terminalJson(report)}\n`)
  if (options.quiet) return
  if (report.state === 'already') io.stdout.write(`This member was forgotten on ${report.forgottenAt?.slice(0, 10)}.\n`)
  writeLines(report.state === 'forgotten' ? doneLines(report) : untouchedLines(report.untouched), io.stdout)
}

/** Older states of an archive that lie beside it: the copies made before it was brought up to date, what a killed merge has left, and others' backups. */
function copiesBeside(file: string): string[] {
  const folder = dirname(file)
  if (!existsSync(folder)) return []
  const own = [basename(file), `${basename(file)}-wal`, `${basename(file)}-shm`, `${basename(file)}-journal`]
  return readdirSync(folder)
    .filter(name => (name.startsWith(basename(file)) || name.startsWith(`.${basename(file)}.`)) && !own.includes(name))
    .sort()
    .map(name => join(folder, name))
}
