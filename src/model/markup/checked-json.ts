import { siteJson } from './storable-text.js'

/** What bodies hold, from the check whether they are whole until they are read, so that JSON is parsed once. */
const values = new WeakMap<Uint8Array, unknown>()

/**
 * Parses the text of a body, and keeps the value for the one who reads the body.
 * @throws SyntaxError
 */
export function checkJson(body: Uint8Array, text: string): void {
  values.set(body, siteJson(text))
}

/** The value of a checked body, once, so that it is in memory no longer than needed; else undefined. */
export function takeJson(body: Uint8Array): unknown {
  const value = values.get(body)
  values.delete(body)
  return value
}
