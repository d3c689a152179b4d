import { type SiteListener, SOURCES, type Source } from '../../sources/index.js'
import type { ArchiveOptions, RunDeps } from './options.js'

/** What a source needs of the outside. */
export type SourceDeps = Pick<RunDeps, 'clock' | 'signal' | 'version'> & {
  reporter: SiteListener
}

/** The live site, under the name of this program. */
export const openSource = (options: ArchiveOptions, deps: SourceDeps): Source =>
  SOURCES[0].open(settingsOf(options, deps), deps.clock, deps.reporter, deps.signal)

/** What a live site is asked with. */
export function settingsOf(options: ArchiveOptions, { version }: Pick<SourceDeps, 'version'>) {
  const contact = options.contact === null ? '' : `; +${options.contact}`
  return {
    userAgent: `threadkeep/${version} (archives group discussions; a person started it${contact})`,
    timeoutMilliseconds: options.timeoutSeconds * 1000,
    pauseMilliseconds: [options.sleepSeconds[0] * 1000, options.sleepSeconds[1] * 1000] as const,
    retries: options.retries,
    ignoreRobots: options.ignoreRobots,
    credentials: options.credentials,
  }
}
