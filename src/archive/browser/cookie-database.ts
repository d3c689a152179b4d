import type { Database } from 'better-sqlite3'
import type { CookieFields } from '../../model/credentials.js'
import { Sqlite } from '../native/sqlite.js'

/** Cookies in the database of a browser. */
export interface BrowserCookies {
  cookies: CookieFields[]
  /** Domains of cookies whose value the browser has encrypted. */
  encrypted: string[]
}

/**
 * Reads the cookie database of Firefox or of a browser of Chromium's family. Give it a copy: a browser that runs has locked its own.
 * @throws Error of SQLite if the file is none of the two.
 */
export function readCookieDatabase(file: string): BrowserCookies {
  const db = new Sqlite(file)
  try {
    db.pragma('trusted_schema = OFF')
    return hasTable(db, 'moz_cookies') ? ofFirefox(db) : ofChromium(db)
  } finally {
    db.close()
  }
}

const hasTable = (db: Database, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined

type Row = Omit<CookieFields, 'subdomains' | 'secure'> & { secure: number }

const fieldsOf = ({ secure, ...row }: Row): CookieFields => ({
  ...row,
  subdomains: row.domain.startsWith('.'),
  secure: secure === 1,
})

/** Cookies of containers and private windows have `originAttributes`. */
function ofFirefox(db: Database): BrowserCookies {
  const sql = `SELECT host AS domain, path, isSecure AS secure, expiry AS expires, name AS "key", value FROM moz_cookies
    WHERE originAttributes = ''`
  return { cookies: (db.prepare(sql).all() as Row[]).map(fieldsOf), encrypted: [] }
}

/** Microseconds since 1601; 0: the end of the browser's session. */
const EXPIRES = 'CASE expires_utc WHEN 0 THEN 0 ELSE expires_utc / 1000000 - 11644473600 END'

function ofChromium(db: Database): BrowserCookies {
  const sql = `SELECT host_key AS domain, path, is_secure AS secure, ${EXPIRES} AS expires, name AS "key", value FROM cookies
    WHERE length(encrypted_value) = 0`
  const hidden = 'SELECT DISTINCT host_key FROM cookies WHERE length(encrypted_value) > 0'
  const encrypted = db.prepare(hidden).pluck().all() as string[]
  return { cookies: (db.prepare(sql).all() as Row[]).map(fieldsOf), encrypted }
}
