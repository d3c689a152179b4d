import type { Archive, Pass } from '../../archive/index.js'
import type { TargetReport } from '../../model/reports/run.js'
import { spellings } from '../../model/urls.js'
import type { LiveSource } from '../../sources/index.js'
import { noteOfParts, problemOfEarlierRun, problemOfMoved, problemOfReader } from '../judge/problems.js'
import { MoveWatch } from './leaving-site.js'
import { partsOf } from './one-spelling.js'
import type { TargetReading } from './options.js'
import { TargetReader } from './target-reader.js'
import { blankReport, describeTarget } from './target-report.js'

/** Reads one target until no task is left, or nothing more can be read now. */
export async function readTarget(given: Omit<TargetReading, 'reader'>): Promise<TargetReport> {
  const report = await readAsKnown(given)
  const [part, ...parts] = partsOf(report.target, given.archive)
  return part ? { ...report, notes: [...report.notes, noteOfParts(report.target, [part, ...parts])] } : report
}

async function readAsKnown(given: Omit<TargetReading, 'reader'>): Promise<TargetReport> {
  const { archive, source, report, job } = given
  const { url } = job
  const down = given.down.get(new URL(url).origin)
  if (down) return { ...blankReport(url), state: 'failed', problems: [down] }
  const reading = { ...given, reader: readerOf(url, source) }
  if (job.registered && job.registered.options.reader !== 'visitor' && reading.reader === 'visitor')
    return withoutLogin(reading)
  const isContinued = report.seriesStartedAt < report.startedAt
  const pass = isContinued ? archive.readSince(url, reading.reader, report.seriesStartedAt) : null
  return pass ? readBefore(url, pass, archive) : readNow(reading)
}

/**
 * Nothing is read as another reader than before. With --moved the target's own address is requested once, because the login may be
 * missing only because the site has moved, and the new login is for its new address.
 */
async function withoutLogin({ archive, source, job }: TargetReading): Promise<TargetReport> {
  const { url, follows } = job
  const move = follows ? await new MoveWatch(archive, source).moveOf(url) : null
  const report = { ...blankReport(url), state: 'failed' as const }
  return move
    ? { ...report, moved: move, problems: [problemOfMoved(move)] }
    : { ...report, problems: [problemOfReader(url)] }
}

/** A sync that finishes the pass of an earlier run has read some of it long ago, so it reads the target once more. */
async function readNow(reading: TargetReading): Promise<TargetReport> {
  const first = new TargetReader(reading)
  const report = await first.read()
  if (!reading.job.sync || !first.resumed || report.state === 'interrupted' || !first.isRead) return report
  const again = await new TargetReader(reading).read()
  return { ...again, posts: report.posts + again.posts, notes: [...report.notes, ...again.notes] }
}

/** The site may redirect to another spelling of its address, to which the session belongs. */
function readerOf(url: string, source: LiveSource): ReturnType<LiveSource['reader']> {
  const readers = spellings(url).map(spelling => (URL.canParse(spelling) ? source.reader(spelling) : 'visitor'))
  return readers.find(reader => reader !== 'visitor') ?? 'visitor'
}

/** An earlier run of the same command read this target before the command was stopped. */
function readBefore(url: string, pass: Pass & { finishedAt: string }, archive: Archive): TargetReport {
  const message = `${url} was read at ${pass.finishedAt}, before this command was stopped. Once it has read all of its targets, it begins anew.`
  const problems = archive.frontier.gaps.failures(pass).map(problemOfEarlierRun)
  const report = { ...blankReport(url), problems, notes: [{ url, message }] }
  return describeTarget(report, { archive, pass, thread: null, stopped: null })
}
