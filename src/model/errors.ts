/** Exit codes of design.md, section 6. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  partial: 3,
  access: 4,
  unrecognised: 5,
  archive: 6,
  busy: 7,
  blocked: 8,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A failure that we know: shown as a sentence and an advice, never with a stack. */
export class KnownError extends Error {
  readonly exitCode: ExitCode
  /** What to do next, as a whole sentence. */
  readonly advice: string | null

  constructor(exitCode: ExitCode, message: string, advice: string | null = null, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.exitCode = exitCode
    this.advice = advice
  }
}

/** Wrong words on the command line: not a URL, a wrong date, an unknown format. Exit 2. */
export class UsageError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.usage, message, advice)
  }
}

/** The archive file can't be opened, read or written. Exit 6. */
export class ArchiveError extends KnownError {
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(EXIT.archive, message, advice, options)
  }
}

/** Another run holds the archive. Exit 7. */
export class BusyError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.busy, message, advice)
  }
}

/** No answer, or none that could be used, after all retries. Exit 3. */
export class NetworkError extends KnownError {
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(EXIT.partial, message, advice, options)
  }
}

/** A login that was refused, or a session that is none any more. Exit 4. */
export class AccessError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.access, message, advice)
  }
}

/** The session that a run was begun with no longer holds: the run stops. Exit 4. */
export class SessionEnded extends AccessError {
  constructor(url: string) {
    super(
      `${new URL(url).origin} answers as to a visitor: the session has ended, or was never accepted.`,
      'Log in again (threadkeep login SITE, or new cookies), and give the same command: it goes on where this run stopped.',
    )
  }
}

/** The site asks programs not to read this: robots.txt. Exit 8. */
export class RobotsError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.blocked, message, advice)
  }
}
