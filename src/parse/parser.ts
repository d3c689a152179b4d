import type { Capture } from '../model/capture.js'
import type { Page } from '../model/page.js'

/** WHAT a capture means. Pure: no network, files or clock, so that parse(live) = parse(kept). */
export interface Parser {
  name: string
  accepts(capture: Capture): boolean
  parse(capture: Capture): Page
}
