import type { Pass } from '../../archive/index.js'
import { addressKey } from '../../model/addresses.js'
import type { Capture } from '../../model/capture.js'
import { EXIT, type ExitCode } from '../../model/errors.js'
import { type ImportCounts, PASSED_KINDS, type PassedKind } from '../../model/imports.js'
import type { Page } from '../../model/page.js'
import type { Stop } from '../../model/reports/pass.js'
import type { Note, Problem, TargetReport } from '../../model/reports/run.js'
import { isMadeId } from '../../model/unknown-site.js'
import type { LeftOver } from '../../sources/files/index.js'
import { problemOfLoader } from '../judge/problems.js'
import type { PageParser } from '../parsing/page-parser.js'
import type { RunDeps } from '../session/options.js'
import { answerOf, reportPage } from '../session/page-outcome.js'
import { PageTaker, type TakenPage } from '../session/page-taker.js'
import type { Work } from '../session/run-report.js'
import { blankReport, groupReports, threadsOf } from '../session/target-report.js'
import { cleanCapture } from './clean-capture.js'
import { OtherPages } from './other-pages.js'

/** What the import of one path needs. */
type Importing = RunDeps & Work & { parser: PageParser }

/** Sentences about what was not understood that a report holds; the others are only counted. */
const MOST = 50

/** Threads that are looked at once more at the end, to see whether their full texts have come. */
const MOST_LOOKED_AT = 500

/** What is left below one path, as it is read. */
export class ImportedPath {
  private readonly taker: PageTaker
  private readonly report: TargetReport
  private readonly counts: ImportCounts = { files: {}, captures: 0, known: 0, parts: 0, passed: {}, others: 0 }
  private readonly groups = new Set<string>()
  /** Threads without a group, and ids that were made for the threads of texts. */
  private readonly threads: { page: Pick<Page, 'site' | 'threads'>; url: string }[] = []
  private readonly madeThreads = new Set<string>()
  private readonly others = new OtherPages()
  /** Pages that hold only a loader, by the address whose posts it would load; `list`: what the list of such posts would be of. */
  private readonly loaders = new Map<string, { url: string; list: string | null }>()
  /** Addresses and lists whose posts or groups were read, or are proven to be none. */
  private readonly loaded = new Set<string>()
  /** Permalinks by thread; of a thread whose own page was read, none. */
  private readonly shortThreads = new Map<string, string>()
  private unread = 0
  /** Captures of which only the latest possible time is known. */
  private undated = 0

  constructor(
    name: string,
    pass: Pass,
    private readonly importing: Importing,
  ) {
    this.taker = new PageTaker(importing, pass)
    this.report = blankReport(name)
  }

  async add(found: LeftOver): Promise<void> {
    if (found.kind === 'capture') await this.take(found.capture)
    else if (found.kind === 'file') this.counts.files[found.door] = (this.counts.files[found.door] ?? 0) + 1
    else if (found.kind === 'part') this.counts.parts++
    else if (found.kind === 'passed') this.passedOver(found.passed)
    else this.misunderstood(found.name, found.why, found.exitCode)
  }

  private passedOver(passed: ImportCounts['passed']): void {
    const { counts } = this
    for (const kind of PASSED_KINDS) if (passed[kind]) counts.passed[kind] = (counts.passed[kind] ?? 0) + passed[kind]
  }

  /** Addresses of threads that the pages read so far show with shortened posts. */
  shortened(): string[] {
    return [...this.shortThreads.values()]
  }

  /** Something that is no part of what was found, such as an index that did not answer. */
  failed(problem: Problem): void {
    this.report.problems.push(problem)
  }

  private misunderstood(url: string, message: string, exitCode: ExitCode = EXIT.unrecognised): void {
    const text = message.includes(url) ? message : `${url}: ${message}`
    if (++this.unread <= MOST) this.report.problems.push({ url, message: text, advice: null, exitCode })
  }

  private async take(found: Capture): Promise<void> {
    const { archive, clock, report, reporter } = this.importing
    const capture = cleanCapture(found, clock.now())
    this.counts.captures++
    if (archive.holdsCapture(capture)) {
      this.noteTime(capture)
      return void this.counts.known++
    }
    const taken = await this.taker.read(capture)
    if (!taken) return
    const { page } = taken
    if (page.wall) return this.others.add(taken)
    this.noteTime(capture)
    const answer = answerOf(capture)
    const result = this.taker.save(taken)
    report.improvedPosts += result.improvedPosts
    reportPage(page, result, answer, { report, target: this.report, reporter })
    reporter.saved(report, page.group?.name ?? capture.imported?.origin ?? page.url, null)
    this.note(taken, listOf(page, result.group))
  }

  private noteTime({ timeIsBound }: Capture): void {
    if (timeIsBound) this.undated++
  }

  private note({ capture, page }: TakenPage, list: string | null): void {
    for (const group of [page.group, ...page.posts.map(post => post.group)]) if (group) this.groups.add(group.url)
    this.others.belongs(page.site.url)
    const { referer, url } = capture.request
    const isLoaded = page.posts.length > 0 || page.groups.length > 0 || page.provenEmpty
    if (page.loader && !isLoaded) this.loaders.set(addressKey(page.url), { url: page.url, list })
    if (isLoaded && list !== null) this.loaded.add(list)
    const homes = page.posts.flatMap(({ group }) => group?.url ?? [])
    if (isLoaded) for (const shown of [referer ?? url, ...homes]) this.loaded.add(addressKey(shown))
    this.noteShortened(page)
    for (const { threadId } of page.posts) if (isMadeId(threadId)) this.madeThreads.add(threadId)
    const { about, site, threads, posts } = page
    if (about.kind === 'thread' && !posts[0]?.group) this.threads.push({ page: { site, threads }, url: page.url })
  }

  private noteShortened({ about, posts }: Page): void {
    const openings = new Map(posts.filter(post => post.parentId === null).map(post => [post.id, post.url]))
    for (const { truncated, threadId } of posts) {
      const url = openings.get(threadId)
      if (truncated && url && about.kind !== 'thread') this.shortThreads.set(threadId, url)
    }
    if (about.kind === 'thread') this.shortThreads.delete(about.id)
  }

  described(why: Stop | null): TargetReport {
    const problems = [...this.report.problems, ...this.problemsOfPages()]
    const isRead = this.report.posts > 0 || this.counts.known > 0 || this.groups.size > 0
    if (problems.length === 0 && !isRead && !why) problems.push(this.problemOfNothing())
    const state = why ? 'interrupted' : problems.length === 0 ? 'done' : isRead ? 'partial' : 'failed'
    this.counts.others = this.others.count
    return {
      ...this.report,
      ...{ state, stopped: why, problems, imported: this.counts },
      notes: [
        ...this.report.notes,
        ...this.others.notes(),
        ...this.notesOfPassed(),
        ...this.notesOfTime(),
        ...this.notesOfShortened(),
      ],
    }
  }

  /** What the archive holds of all this. Call it at the end of the run, when the posts of texts have their rows. */
  inventory(): Pick<TargetReport, 'groups' | 'threads'> {
    const { archive } = this.importing
    const urls = new Set([...this.groups, ...archive.groupsOfMade([...this.madeThreads])])
    return {
      groups: groupReports(
        archive,
        [...urls].map(url => ({ url, access: null })),
      ),
      threads: this.threads.flatMap(({ page, url }) => threadsOf(archive, page, url)),
    }
  }

  private notesOfPassed(): Note[] {
    const kinds = Object.entries(this.counts.passed).map(
      ([kind, number]) => `${PASSED_WORDS[kind as PassedKind]} (${number})`,
    )
    if (kinds.length === 0) return []
    return [{ url: this.report.target, message: `Records without pages, which were passed over: ${kinds.join(', ')}.` }]
  }

  /** Relative dates on such pages have no beginning. */
  private notesOfTime(): Note[] {
    if (this.undated === 0) return []
    const files = this.undated === 1 ? 'One page or text does not say' : `${this.undated} pages or texts do not say`
    const message = `${files} when it was saved: relative dates count back from the date of the file at the latest. Give --captured-at DATE if you know it.`
    return [{ url: this.report.target, message }]
  }

  /** Lists of a site shorten long posts: the full text may be among the files of another import. */
  private notesOfShortened(): Note[] {
    const short = this.shortened()
      .slice(0, MOST_LOOKED_AT)
      .filter(url => this.taker.shortened(url).length > 0)
    if (short.length === 0) return []
    const threads = short.length === 1 ? 'One thread has' : `${short.length} threads have`
    const message = `${threads} shortened posts, whose full texts are not among these files, such as ${short[0]}`
    return [{ url: this.report.target, message }]
  }

  private problemsOfPages(): Problem[] {
    const isLoaded = (key: string | null) => key !== null && this.loaded.has(key)
    const alone = [...this.loaders].filter(([key, { list }]) => !isLoaded(key) && !isLoaded(list))
    const more = this.unread - MOST
    const rest = { url: this.report.target, message: `${more} more things were not understood.`, advice: null }
    return [
      ...this.others.problems(),
      ...alone.map(([, { url }]) => problemOfLoader(url)),
      ...(more > 0 ? [{ ...rest, exitCode: EXIT.unrecognised }] : []),
    ]
  }

  private problemOfNothing(): Problem {
    const { target: url } = this.report
    const message = `${url} holds nothing of a community that threadkeep can read.`
    return { url, message, advice: 'docs/import.md says what import understands.', exitCode: EXIT.unrecognised }
  }
}

const PASSED_WORDS: Record<PassedKind, string> = {
  picture: 'pictures',
  style: 'style sheets',
  script: 'scripts',
  font: 'fonts',
  media: 'films and sounds',
  document: 'documents',
  data: 'other data',
  redirect: 'redirects',
  empty: 'answers without a body',
  other: 'other files',
  crawl: 'records of the crawler about itself',
}

/** Which list a page shows, whatever its address: REST and AJAX have addresses of their own. `group`: row id. Null: none. */
function listOf({ about: { kind }, site }: Page, group: number | null): string | null {
  if (kind === 'directory') return `groups of ${site.url}`
  return group !== null && ['group', 'stream'].includes(kind) ? `posts of group ${group}` : null
}
