import type { Archive, ArchiveEnv } from '../../archive/index.js'
import type { PackName } from '../../demo/recording.js'
import type { Exporter } from '../../export/exporter.js'
import type { Credentials } from '../../model/credentials.js'
import type { DoctorReport } from '../../model/reports/doctor.js'
import type { ReparseReport } from '../../model/reports/reparse.js'
import type { RunReport } from '../../model/reports/run.js'
import type {
  ArchiveOptions,
  DoctorDeps,
  Login,
  LoginRequest,
  ReparseDeps,
  ReparseRequest,
  RunDeps,
  SyncRequest,
} from '../../run/run.js'

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
  /** What people paste of their browser's cookies; throws UsageError where there is none. */
  credentials(text: string, site: string | null): Promise<Credentials>
  /** Unix milliseconds, or null. */
  sessionEnds(credentials: Credentials, url: string): Promise<number | null>
  logIn(request: LoginRequest, options: ArchiveOptions, deps: DoctorDeps): Promise<Login>
  archiveTargets(targets: string[], options: ArchiveOptions, deps: RunDeps): Promise<RunReport>
  syncTargets(request: SyncRequest, options: ArchiveOptions, deps: RunDeps): Promise<RunReport>
  reparseArchive(request: ReparseRequest, deps: ReparseDeps): Promise<ReparseReport>
  examine(target: string, options: ArchiveOptions, deps: DoctorDeps): Promise<DoctorReport>
  exporters(): Promise<readonly Exporter[]>
  serveDemo(pack: PackName): Promise<Served>
}

export const PARTS: Parts = {
  async openArchive(file, mode, env) {
    const { openArchive } = await import('../../archive/index.js')
    return openArchive(file, mode, env)
  },
  async targetUrls(words) {
    const { targetUrl } = await import('../../run/run.js')
    return words.map(targetUrl)
  },
  async credentials(text, site) {
    const { credentialsIn } = await import('../../run/run.js')
    return credentialsIn(text, site)
  },
  async sessionEnds(credentials, url) {
    const { sessionEnds } = await import('../../run/run.js')
    return sessionEnds(credentials, url)
  },
  async logIn(request, options, deps) {
    const { logIn } = await import('../../run/run.js')
    return logIn(request, options, deps)
  },
  async archiveTargets(targets, options, deps) {
    const { archiveTargets } = await import('../../run/run.js')
    return archiveTargets(targets, options, deps)
  },
  async syncTargets(request, options, deps) {
    const { syncTargets } = await import('../../run/run.js')
    return syncTargets(request, options, deps)
  },
  async reparseArchive(request, deps) {
    const { reparseArchive } = await import('../../run/run.js')
    return reparseArchive(request, deps)
  },
  async examine(target, options, deps) {
    const { examine } = await import('../../run/run.js')
    return examine(target, options, deps)
  },
  async exporters() {
    const { EXPORTERS } = await import('../../export/index.js')
    return EXPORTERS
  },
  async serveDemo(pack) {
    const { serveDemo } = await import('../../demo/replay.js')
    return serveDemo(pack)
  },
}
