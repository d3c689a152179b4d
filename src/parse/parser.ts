import type { Capture } from '../model/capture.js'
import type { Page } from '../model/page.js'

/** Turns a capture into a page. Pure: it uses no network, files or clock, so a stored capture gives the same page as a live one. */
export interface Parser {
  name: string
  accepts(capture: Capture): boolean
  parse(capture: Capture): Page
}
