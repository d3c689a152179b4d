import type { Archive, PageResult } from '../../archive/index.js'
import type { Capture } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { Findings, Reporter, RunReport, TargetReport } from '../../model/reports/run.js'
import type { SelfTest } from '../../model/reports/self-test.js'
import type { Task } from '../../model/task.js'
import { problemOfContradictions, problemOfItems } from '../judge/problems.js'
import { selfTest } from '../judge/self-test.js'
import { sampled } from '../plan/feeds/samples.js'
import { ownGroups } from '../plan/own-groups.js'

/** Sentences of each kind that a report holds; the others are only counted. */
const MOST = 20

interface Reports {
  report: RunReport
  target: TargetReport
  reporter: Reporter
}

/** What a report says of a response: the requested address, and the size of the body. */
export const answerOf = ({ request: { url }, body }: Capture) => ({ url, bytes: body.length })

/** Adds to both reports what a page has brought, and what is wrong with it. */
export function reportPage(
  page: Page,
  result: PageResult,
  { url, bytes }: ReturnType<typeof answerOf>,
  { report, target, reporter }: Reports,
): void {
  report.bytes += bytes
  report.newPosts += result.newPosts
  report.changedPosts += result.changedPosts
  report.posts += result.firstInRun
  target.posts += result.firstInPass
  const { contradictions } = result
  for (const warning of page.warnings) reporter.warning(warning)
  for (const warning of noted(contradictions, report.contradictions)) reporter.warning(warning)
  for (const warning of noted(result.reusedIds, report.reusedIds)) reporter.warning(warning)
  for (const message of (page.remarks ?? []).slice(0, Math.max(0, MOST - target.notes.length)))
    target.notes.push({ url, message })
  if (page.warnings.length > 0) target.problems.push(problemOfItems(url, page.warnings, page.template === 'rest'))
  if (contradictions.length > 0) target.problems.push(problemOfContradictions(url, contradictions))
}

/**
 * Compares the posts of a feed, or of REST, with those that were read from pages. The report counts all comparisons of the target. `absent`:
 * ids of posts that no page has shown, and that are requested by themselves.
 */
export function reportSelfTest(page: Page, { absent = [] }: PageResult, archive: Archive, target: TargetReport): void {
  const requested = new Set(absent)
  const samples = (page.samples ?? []).filter(({ id }) => !requested.has(id))
  const held = archive.openings(
    page.site,
    samples.map(({ id }) => id),
  )
  const test = selfTest(page.url, samples, held, page.template === 'rest' ? 'REST' : 'The feed')
  target.selfTest = target.selfTest ? bothTests(target.selfTest, test) : test
}

const bothTests = (one: SelfTest, other: SelfTest): SelfTest => ({
  url: one.url,
  compared: one.compared + other.compared,
  agreed: one.agreed + other.agreed,
  differences: [...one.differences, ...other.differences],
})

/** Adds the sentences to the findings. Returns those that the report holds. */
function noted(sentences: readonly string[], findings: Findings): readonly string[] {
  const shown = sentences.slice(0, Math.max(0, MOST - findings.first.length))
  findings.count += sentences.length
  findings.first.push(...shown)
  return shown
}

/** Warns that a report holds not all of its findings. */
export function reportRest({ contradictions, reusedIds }: RunReport, reporter: Reporter): void {
  for (const [{ count, first }, what] of [
    [contradictions, 'contradictions were not stored'],
    [reusedIds, 'ids were given to other posts'],
  ] as const)
    if (count > first.length) reporter.warning(`${count - first.length} more ${what}.`)
}

/** What is kept of a page: of the replies of the whole site those to threads that are held. */
export function heldOnly(task: Task, page: Page, archive: Archive): Page {
  if (task.kind === 'own') return ownGroups(page)
  if (task.kind === 'sample') return sampled(page)
  if (task.kind !== 'latest') return page
  return { ...page, posts: page.posts.filter(post => archive.holdsThread(page.site, post.threadId)), threads: [] }
}
