import type { Authority } from '../../archive/index.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'

/** REST shows no spam (reference 11.1, 6), so that it says of a thread what a stream says. */
export const authorityOf = (task: Task, page: Page): Authority =>
  page.template !== 'rest' && (task.kind === 'thread' || page.about.kind === 'thread') ? 'permalink' : 'stream'

/** As each post names it. */
export const parserOf = (page: Page, version: string): string => `${page.template ?? 'none'} ${version}`
