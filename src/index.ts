/** threadkeep as a library: named re-exports only. */
export { type Archive, type ArchiveEnv, openArchive } from './archive/index.js'
export { EXPORTERS, type Exporter } from './export/index.js'
export type * from './model/archive.js'
export type * from './model/capture.js'
export { type ApplicationPassword, type Credentials, NO_CREDENTIALS } from './model/credentials.js'
export type * from './model/discussion.js'
export * from './model/errors.js'
export type * from './model/page.js'
export { parseQuery } from './model/query/parse-query.js'
export type { Query } from './model/query/query.js'
export type * from './model/reports/doctor.js'
export type * from './model/reports/history.js'
export type { MergedArchive, MergeInput, MergeReport, TextConflict, TextSource } from './model/reports/merge.js'
export type * from './model/reports/reparse.js'
export type * from './model/reports/run.js'
export type { Hit, Piece, SearchRequest } from './model/reports/search.js'
export type * from './model/reports/statistics.js'
export type * from './model/sync.js'
export { parse } from './parse/index.js'
export {
  type ArchiveOptions,
  archiveTargets,
  credentialsIn,
  type DoctorDeps,
  examine,
  type Login,
  type LoginRequest,
  logIn,
  type ReparseDeps,
  type ReparseRequest,
  type RunDeps,
  reparseArchive,
  type SyncRequest,
  syncTargets,
} from './run/run.js'
