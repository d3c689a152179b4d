import type { SampleFigures } from '../coding/sample.js'

/** What people say of a package: no archive knows it. */
export interface PackageAbout {
  title: string
  description: string
  /** At least one. */
  creators: readonly Creator[]
  /** An SPDX id such as `CC-BY-4.0`, an address, or the terms in words. */
  licence: string
  /** How the people in the data were asked or informed. */
  consent: string
  /** Who answers questions. */
  contact: string
  ethics?: string | undefined
  keywords?: readonly string[] | undefined
  funding?: readonly { funder: string; award?: string | undefined }[] | undefined
  language?: string | undefined
  version?: string | undefined
  identifier?: string | undefined
  /** Addresses. */
  related?: readonly string[] | undefined
  /** `2026-11-27`. Default: the day of the archive's last run. */
  published?: string | undefined
}

export interface Creator {
  name: string
  orcid?: string | undefined
  affiliation?: string | undefined
}

/** What a package holds, as it was written. */
export interface PackageReport {
  title: string
  /** Number of files of data, and their bytes. */
  files: number
  bytes: number
  threads: number
  /** How they were drawn; null: all that were selected are there. */
  sample: SampleFigures | null
  /** True: something is missing, which the first page names. */
  hasGaps: boolean
  formats: readonly PackagedFormat[]
  /** Names of the documents besides. */
  documents: readonly string[]
}

export interface PackagedFormat {
  format: string
  /** A file, or with `/` at its end a folder. */
  name: string
  threads: number
  posts: number
  /** Null: the format renders threads. */
  captures: number | null
  /** Its tables and files of records, each with its number of rows; null: its rows are not lines. */
  data: readonly { name: string; rows: number | null }[]
}
