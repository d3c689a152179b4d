import { readFileSync } from 'node:fs'

/**
 * The text of a file that comes with threadkeep, by its path below the package. The single executable has another module in the place of
 * this one. @throws Error of Node if it is not there.
 */
export const shippedText = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
