import { DAY_MS } from './time.js'

/** An application password (WordPress 5.6 and later), which authenticates REST requests without cookies. */
export interface ApplicationPassword {
  /** Base URL of the site: the password is sent only to URLs below it. */
  site: string
  user: string
  password: string
}

/** A reader's credentials, as JSON. They are stored in the user's own folder, never in an archive. */
export interface Credentials {
  /** Serialised by tough-cookie. */
  cookies: readonly Readonly<Record<string, unknown>>[]
  passwords: readonly ApplicationPassword[]
}

export const NO_CREDENTIALS: Credentials = { cookies: [], passwords: [] }

export const mergeCredentials = (all: readonly Credentials[]): Credentials => ({
  cookies: all.flatMap(({ cookies }) => cookies),
  passwords: all.flatMap(({ passwords }) => passwords),
})

/** One cookie of a browser. */
export interface CookieFields {
  domain: string
  /** Also sent to the hosts below the domain. */
  subdomains: boolean
  path: string
  secure: boolean
  /** Unix seconds; 0: the end of the browser's session. */
  expires: number
  key: string
  value: string
}

/** Milliseconds: a warning comes this long before a session ends, which is time to log in again on a working day. */
export const SESSION_MARGIN = 3 * DAY_MS
