import type { Authority } from '../../archive/index.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'

/** Authority of a view. REST leaves out spam (reference 11.1, 6), so its view of a thread has no more authority than a stream. */
export const authorityOf = (task: Task, page: Page): Authority =>
  page.template !== 'rest' && (task.kind === 'thread' || page.about.kind === 'thread') ? 'permalink' : 'stream'

/** Name of the parser, as it is stored with each post: template and version. */
export const parserOf = (page: Page, version: string): string => `${page.template ?? 'none'} ${version}`
