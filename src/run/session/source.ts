import type { Arrival, FetchRequest } from '../../model/capture.js'
import { NO_CREDENTIALS } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { isLive, kindOf, type LiveSource, type SiteListener, type Source } from '../../sources/index.js'
import type { ArchiveOptions, RunDeps } from './options.js'

/** What a source needs of the outside. */
export type SourceDeps = Pick<RunDeps, 'clock' | 'signal' | 'version' | 'sources' | 'environment'> & {
  reporter: SiteListener
}

/** @throws UsageError if no source accepts the target. */
export function openSource(target: string, options: ArchiveOptions, deps: SourceDeps): Source {
  const kind = kindOf(target, deps.sources)
  if (!kind) throw new UsageError(`"${target}" is nothing that threadkeep can read.`, 'Give the address of a site.')
  const { clock, reporter: listener, signal } = deps
  if (options.userAgent !== null)
    listener.noted?.(target, `Requests were made as "${options.userAgent}", not under the name of threadkeep.`)
  return kind.open(target, settingsOf(options, deps), { clock, listener, signal })
}

/** A source of a host that members of a site name: no session, and public addresses only. */
export function openPublic(url: string, options: ArchiveOptions, deps: SourceDeps): Source | null {
  const { clock, reporter, signal } = deps
  const settings = { ...settingsOf(options, deps), credentials: NO_CREDENTIALS, ignoreRobots: false, publicOnly: true }
  // That a proxy is used was noted for the site.
  const { noted: _noted, ...listener } = reporter
  return kindOf(url, deps.sources)?.open(url, settings, { clock, listener, signal }) ?? null
}

/** Opens a site, calls `work` with it, and closes it in any case. @throws UsageError if it is no site that can be asked. */
export async function withLive<Result>(
  target: string,
  options: ArchiveOptions,
  deps: SourceDeps,
  work: (source: LiveSource) => Promise<Result>,
): Promise<Result> {
  const source = openSource(target, options, deps)
  if (!isLive(source))
    throw new UsageError(
      `${target} is no site that can be asked.`,
      'Give the address of a site, as the browser shows it.',
    )
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

/** How a live site is asked, under the name of this program. */
export function settingsOf(
  options: ArchiveOptions,
  { version, environment }: Pick<SourceDeps, 'version' | 'environment'>,
) {
  const contact = options.contact === null ? '' : `; +${options.contact}`
  return {
    userAgent: options.userAgent ?? `threadkeep/${version} (archives group discussions; a person started it${contact})`,
    timeoutMilliseconds: options.timeoutSeconds * 1000,
    pauseMilliseconds: [options.sleepSeconds[0] * 1000, options.sleepSeconds[1] * 1000] as const,
    retries: options.retries,
    ignoreRobots: options.ignoreRobots,
    credentials: options.credentials,
    // `all_proxy` alone: `--proxy` is for all requests, whatever the environment excepts.
    ...(options.proxy !== null ? { environment: { all_proxy: options.proxy } } : environment && { environment }),
  }
}

/** What one request brings. Null: the run was stopped before. */
export async function arrivalOf(source: LiveSource, request: FetchRequest): Promise<Arrival | null> {
  const waiting = [request]
  for await (const arrival of source.captures({ next: () => waiting.shift() ?? null })) return arrival
  return null
}
