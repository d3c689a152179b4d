/** Exit codes, as `threadkeep --help` lists them. */
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

/** An expected failure: shown as a message and advice, without a stack trace. */
export class KnownError extends Error {
  /** @param advice what the user can do, in whole sentences. */
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    readonly advice: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Invalid input on the command line, such as an invalid URL, date or format. Exit 2. */
export class UsageError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.usage, message, advice)
  }
}

/** The archive file cannot be opened, read or written. Exit 6. */
export class ArchiveError extends KnownError {
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(EXIT.archive, message, advice, options)
  }
}

/** Another run or another program holds the lock of the archive. Exit 7. */
export class BusyError extends KnownError {
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(EXIT.busy, message, advice, options)
  }
}

/** No usable response after all retries. Exit 3. */
export class NetworkError extends KnownError {
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(EXIT.partial, message, advice, options)
  }
}

/** Nothing of a site can be read: there is no connection to it, or its robots.txt cannot be read. Exit 3. */
export class SiteDown extends NetworkError {
  constructor(
    readonly origin: string,
    message: string,
    advice: string | null,
    options?: ErrorOptions,
  ) {
    super(message, advice, options)
  }
}

/** An endpoint of a site answers no request: a run leaves it alone. Exit 3. */
export class EndpointLeft extends NetworkError {
  constructor(endpoint: string, requests: number) {
    super(
      `${endpoint} gave no usable answer to ${requests} requests in a row, so no more like them were made.`,
      'Run the same command again later: it continues where this run stopped.',
    )
  }
}

/** A login was refused, or a session has ended. Exit 4. */
export class AccessError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.access, message, advice)
  }
}

/** The session of the run has ended: the run stops. Exit 4. */
export class SessionEnded extends AccessError {
  constructor(url: string) {
    super(
      `${new URL(url).origin} treats this reader as a visitor: the session has ended, or was never accepted.`,
      `Log in again (threadkeep login ${url.replace(INTERFACE, '')}, or new cookies) and run the same command: it continues where this run stopped.`,
    )
  }
}

/** What follows the address of a site in that of a request. */
const INTERFACE = /wp-(?:admin|json)\/.*$/

/** robots.txt disallows the request. Exit 8. */
export class RobotsError extends KnownError {
  constructor(message: string, advice: string | null = null) {
    super(EXIT.blocked, message, advice)
  }
}
