import type { PackageAbout } from '../../model/reports/package.js'
import type { ExportRequest } from '../request.js'

/** What is packed, and how. */
export interface PackageRequest extends Omit<ExportRequest, 'format'> {
  /** What the package is: title, description, creators, licence, consent, contact, and more. */
  about: PackageAbout
  /** Names of formats. Default: `csv`, `jsonl`, `md`. */
  formats?: readonly string[]
}
