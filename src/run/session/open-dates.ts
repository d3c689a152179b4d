import type { Archive } from '../../archive/index.js'
import type { Site } from '../../model/discussion.js'
import type { Page, UnreadDates } from '../../model/page.js'
import type { Note } from '../../model/reports/run.js'

/** Posts whose dates are in words that threadkeep cannot read, over all pages of a target. */
export class OpenDates {
  private readonly posts = new Set<string>()
  private site: Site | null = null
  private first: UnreadDates | null = null

  add({ site, unreadDates }: Page): void {
    if (!unreadDates) return
    for (const id of unreadDates.posts) this.posts.add(id)
    this.site ??= site
    this.first ??= unreadDates
  }

  /** A note, if dates stay open; other responses may have given some of them. */
  notes(archive: Archive, url: string): Note[] {
    const { site, first } = this
    const open = site ? archive.openDates(site, [...this.posts]) : 0
    if (!first || open === 0) return []
    const [whose, stay] = open === 1 ? ['date of one post', 'stays'] : [`dates of ${open} posts`, 'stay']
    const language = first.language ? ` in the language of this site ("${first.language}")` : ''
    const message = `The ${whose} ${stay} open: threadkeep cannot read words such as "${first.words}"${language}.`
    return [{ url, message: `${message} Only the latest possible date is known.` }]
  }
}
