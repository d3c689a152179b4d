/** threadkeep as a library: named re-exports only. */
export { type Archive, type ArchiveEnv, openArchive } from './archive/index.js'
export { EXPORTERS, type Exporter } from './export/index.js'
export type * from './model/archive.js'
export type * from './model/capture.js'
export { type ApplicationPassword, type Credentials, NOBODY } from './model/credentials.js'
export type * from './model/discussion.js'
export type * from './model/doctor.js'
export * from './model/errors.js'
export type * from './model/history.js'
export type { MergedArchive, MergeInput, MergeReport, TextConflict, TextSource } from './model/merge.js'
export type * from './model/page.js'
export { parseQuery } from './model/parse-query.js'
export type { Query } from './model/query.js'
export type * from './model/reparse.js'
export type * from './model/report.js'
export type { Hit, Piece, SearchRequest } from './model/search.js'
export type * from './model/statistics.js'
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
} from './run.js'
