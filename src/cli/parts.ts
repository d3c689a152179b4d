import type { Archive, ArchiveEnv } from '../archive/index.js'
import type { PackName } from '../demo/index.js'
import type { Exporter } from '../export/exporter.js'
import type { DoctorReport } from '../model/doctor.js'
import type { RunReport } from '../model/report.js'
import type { ArchiveOptions, DoctorDeps, RunDeps } from '../run.js'

/** A community served on loopback. */
export interface Served {
  url: string
  close(): Promise<void> | void
}

/**
 * The rest of threadkeep as the commands see it. Each part is loaded when it is used first, so that `--version` and
 * `--help` never wait for SQLite, Cheerio or undici. Tests put their own in its place.
 */
export interface Parts {
  openArchive(file: string, mode: 'read' | 'write', env: ArchiveEnv): Promise<Archive>
  /** Targets as full addresses; throws UsageError for what is none. */
  targetUrls(words: string[]): Promise<string[]>
  /** The text of a cookies.txt, checked; throws UsageError for what is none. */
  cookies(text: string): Promise<string>
  archiveTargets(targets: string[], options: ArchiveOptions, deps: RunDeps): Promise<RunReport>
  examine(target: string, options: ArchiveOptions, deps: DoctorDeps): Promise<DoctorReport>
  exporters(): Promise<readonly Exporter[]>
  serveDemo(pack: PackName): Promise<Served>
}

export const PARTS: Parts = {
  async openArchive(file, mode, env) {
    const { openArchive } = await import('../archive/index.js')
    return openArchive(file, mode, env)
  },
  async targetUrls(words) {
    const { targetUrl } = await import('../run.js')
    return words.map(targetUrl)
  },
  async cookies(text) {
    const { checkedCookies } = await import('../run.js')
    return checkedCookies(text)
  },
  async archiveTargets(targets, options, deps) {
    const { archiveTargets } = await import('../run.js')
    return archiveTargets(targets, options, deps)
  },
  async examine(target, options, deps) {
    const { examine } = await import('../run.js')
    return examine(target, options, deps)
  },
  async exporters() {
    const { EXPORTERS } = await import('../export/index.js')
    return EXPORTERS
  },
  async serveDemo(pack) {
    const { DEMO, serveCommunity } = await import('../demo/index.js')
    return serveCommunity(DEMO, { pack })
  },
}
