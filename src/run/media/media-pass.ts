import type { Archive, MediaTask, NewFile } from '../../archive/index.js'
import { NetworkError, RobotsError } from '../../model/errors.js'
import type { MediaLimits, MediaReport } from '../../model/media/media.js'
import { stateOf } from '../../model/media/media.js'
import type { Reporter, RunReport } from '../../model/reports/run.js'
import { withoutSecrets } from '../../model/urls.js'
import type { Clock, Downloaded, LiveSource } from '../../sources/index.js'
import { type FileVerdict, isMissed, judgeFailure, judgeFile } from '../judge/file.js'
import type { Stopping } from '../session/stopping.js'
import { isOfSite, type OtherHosts, requestUrl } from './media-sources.js'

/** What a pass over files needs. */
interface MediaWork {
  archive: Archive
  clock: Clock
  report: RunReport
  reporter: Reporter
  stopping: Stopping
  limits: MediaLimits
  /** Also those whose time to be requested again has not come. */
  again: boolean
  others: OtherHosts
}

/** The source of the site itself, with the reader's session; null: the site is not asked. */
type OwnSource = LiveSource | null

/** Redirects to another host that are followed. */
const MAX_HOSTS = 5
/** So many failures one after the other show that a host is down. */
const DOWN = 3
/** Missing files that a report lists. */
const MAX_LISTED = 100

export const blankMediaReport = (): MediaReport => ({ kept: 0, bytes: 0, missed: 0, missing: [], left: 0, known: 0 })

/** Fetches the files that posts show, one after the other. What it does not come to is left for the next run. */
export class MediaPass {
  private readonly failures = new Map<string, number>()
  private readonly reader: string
  private readonly media: Archive['media']
  private readonly report: MediaReport

  constructor(
    private readonly work: MediaWork,
    private readonly own: OwnSource,
    /** Base URL of the site of `own`, as it is read. */
    private readonly site: string | null,
  ) {
    this.media = work.archive.media
    work.report.media ??= blankMediaReport()
    this.report = work.report.media
    this.reader = own && site !== null ? own.reader(site) : 'visitor'
  }

  /** Fetches the files of targets (URLs). @throws ArchiveError if a file can't be written. */
  async fetch(targets: readonly string[]): Promise<void> {
    const { limits, again } = this.work
    const before = this.report.missed
    await this.run(this.media.plan({ targets, limits, again, reader: this.reader, at: this.now() }))
    this.report.known += this.media.missed(targets) - (this.report.missed - before)
  }

  /** Fetches the files of these rows. @throws ArchiveError if a file can't be written. */
  async run(ids: readonly number[]): Promise<void> {
    const { stopping, reporter, report } = this.work
    this.media.folder.removeRests()
    for (const [done, id] of ids.entries()) {
      if (stopping.signal.aborted || this.isFull()) {
        this.report.left += ids.length - done
        return
      }
      const task = this.media.task(id)
      if (task && !(await this.one(task))) this.report.left++
      reporter.saved(report, 'files', { done: done + 1, total: ids.length, of: 'file' })
    }
  }

  private isFull(): boolean {
    const { totalBytes } = this.work.limits
    return totalBytes !== null && this.media.counts().bytes >= totalBytes
  }

  /** False: it is left for the next run. */
  private async one(task: MediaTask): Promise<boolean> {
    const url = requestUrl(task.url, task.site)
    if (url === null) return this.settled(task, { reason: 'address', detail: null })
    if (this.isDown(url)) return false
    const file = this.media.folder.begin()
    try {
      const answer = await this.answerTo(task, url, file)
      if (answer.end === 'interrupted') return false
      this.count(url, answer)
      const { kinds } = this.work.limits
      const verdict = answer.end === 'answered' ? judgeFile(task.kind, answer, file, kinds) : judgeFailure(answer)
      return this.settled(task, verdict, file)
    } finally {
      file.abandon()
    }
  }

  /** Follows redirects from host to host. Only the site itself is asked with the session. */
  private async answerTo(task: MediaTask, from: string, file: NewFile): Promise<Answer> {
    let url = from
    for (let hosts = 0; hosts < MAX_HOSTS; hosts++) {
      const answer = await this.asked(task, url, file)
      if (file.failure) throw file.failure
      if (answer.end !== 'elsewhere') return answer
      url = answer.url
    }
    return { end: 'failed', error: new NetworkError('it redirects from host to host.') }
  }

  private asked({ tries, site }: MediaTask, url: string, file: NewFile): Promise<Downloaded> {
    const request = { url, maxBytes: this.work.limits.maxBytes, ...(tries > 0 && { once: true as const }) }
    if (this.own?.download && isOfSite(url, site) && isOfSite(url, this.site))
      return this.own.download({ ...request, referer: this.site ?? url }, file)
    return this.work.others.use(
      url,
      async source =>
        (await source?.download?.(request, file)) ?? { end: 'failed', error: new NetworkError(NO_SOURCE) },
    )
  }

  /** Always true: the file needs no request any more in this run. */
  private settled(task: MediaTask, verdict: FileVerdict, file?: NewFile): true {
    const step = { run: this.work.report.run, at: this.now(), reader: this.reader }
    if (!isMissed(verdict) && file) {
      this.report.kept++
      this.report.bytes += file.size
      this.work.report.bytes += file.size
      this.media.keep(task, file, verdict, step)
    } else if (isMissed(verdict)) {
      const { reason, detail } = verdict
      const againAt = this.media.miss(task, verdict, step)
      this.report.missed++
      if (this.report.missing.length < MAX_LISTED)
        this.report.missing.push({ url: withoutSecrets(task.url), state: stateOf(reason), reason, detail, againAt })
    }
    return true
  }

  /** A host that fails again and again is not asked for its other files. */
  private count(url: string, answer: Answer): void {
    const { host } = new URL(url)
    const isFailure =
      answer.end === 'failed'
        ? !(answer.error instanceof RobotsError)
        : answer.end === 'answered' && (answer.status >= 500 || answer.status === 429)
    this.failures.set(host, isFailure ? (this.failures.get(host) ?? 0) + 1 : 0)
    if (isFailure && this.isDown(url))
      this.work.reporter.warning(`${host} does not answer: its other files are left for the next run.`)
  }

  private isDown(url: string): boolean {
    return (this.failures.get(new URL(url).host) ?? 0) >= DOWN
  }

  private now(): string {
    return new Date(this.work.clock.now()).toISOString()
  }
}

type Answer = Exclude<Downloaded, { end: 'elsewhere' }>

const NO_SOURCE = 'there is no way to ask for it.'
