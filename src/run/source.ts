import { SOURCES, type Source } from '../sources/index.js'
import type { ArchiveOptions, RunDeps } from './options.js'

/** What a source needs of the outside. */
export type SourceDeps = Pick<RunDeps, 'clock' | 'signal' | 'version'> & {
  reporter: Pick<RunDeps['reporter'], 'waiting'>
}

/** The live site, under the name of this program. */
export function openSource(options: ArchiveOptions, deps: SourceDeps, request: (url: string) => void): Source {
  const settings = {
    userAgent: `threadkeep/${deps.version} (archives group discussions; a person started it)`,
    timeoutMilliseconds: options.timeoutSeconds * 1000,
    pauseMilliseconds: options.sleepSeconds * 1000,
    retries: options.retries,
    ignoreRobots: options.ignoreRobots,
    cookies: options.cookies,
  }
  const waiting = (milliseconds: number, why: string) => deps.reporter.waiting(milliseconds, why)
  return SOURCES[0].open(settings, deps.clock, { request, waiting }, deps.signal)
}
