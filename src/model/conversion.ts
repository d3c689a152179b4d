/** Programs of others that make documents. */
export type Program = 'pandoc' | 'browser' | 'libreoffice'

/** A program of this machine. */
export interface FoundProgram {
  program: Program
  /** Absolute path. */
  path: string
  /** As it names itself, such as `2.17.1.1`; null: it cannot be asked. */
  version: string | null
  /** Arguments without which it does not run on this machine. */
  flags: readonly string[]
}

/** One run of a program that turns files into a file, in a private folder that is removed afterwards. */
export interface Conversion {
  program: FoundProgram
  /** `folder`: the private folder, which is also the working folder. No argument holds a word of a member. */
  args(folder: string): readonly string[]
  /** What is written into the private folder before the run, one file after the other; a file may be known only when those before it are written. */
  files: Iterable<ConversionFile>
  /** The file that the program reads as standard input; absent: its standard input is empty. */
  stdin?: string
  /** The file that the program writes. */
  output: string
  /** What to say, and to advise, where the program ends with this exit code. */
  failures?: Readonly<Record<number, Failure>>
  /** Seconds since 1970: what the program takes for the present time. Called when the files are written. */
  epoch(): number
}

/** Two sentences. */
type Failure = readonly [words: string, advice: string]

/** A file that a program reads. */
export interface ConversionFile {
  name: string
  body: Pieces
  /** With more bytes than these, the program cannot hold it, and is not started. */
  most?: { bytes: number; failure: Failure }
}

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** Runs programs of others. An exporter says what to run; it never starts a process. */
export interface Converter {
  /**
   * The first of these programs that is installed.
   * @throws KnownError (2) if there is none, or if it is too old: what to install, and what to use instead.
   */
  find(programs: readonly Program[]): Promise<FoundProgram>
  /**
   * The bytes of the output. The run begins when they are asked for.
   * @throws KnownError (2) if the program fails, writes nothing, or takes too long.
   */
  convert(conversion: Conversion): AsyncIterable<Uint8Array>
}
