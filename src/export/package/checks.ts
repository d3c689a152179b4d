/** The files of a package, in a folder or in a zip file. */
export interface PackageSource {
  files: readonly { name: string; bytes: number }[]
  /** What cannot be in a package: links, names that lead out of it, entries that cannot be unpacked. */
  refused: readonly PackageFinding[]
  read(name: string): AsyncIterable<Uint8Array>
}

export interface PackageFinding {
  /** Name of the file below the package; empty: the package as a whole. */
  file: string
  what: string
}

export interface PackageCheck {
  name: string
  /** What is checked, as a phrase. */
  what: string
  findings: readonly PackageFinding[]
}

/** What a file holds, as it was read. */
export interface ReadFile {
  sha256: string
  bytes: number
  /** Null: its rows are not lines. */
  rows: number | null
  /** The first line of a table; null: it has none. */
  head: string | null
}

/** All files as they were read, by name. */
export type ReadFiles = ReadonlyMap<string, ReadFile>

/** The text of a file by its name; null: there is none, or it is longer than metadata are. */
export type TextOf = (name: string) => Promise<string | null>
