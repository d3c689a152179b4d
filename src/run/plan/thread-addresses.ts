import { below, segments } from '../../model/addresses.js'
import type { Page } from '../../model/page.js'
import type { ThreadTask } from '../../model/task.js'
import { rebase } from '../../model/urls.js'

/** Consecutive redirects that show where the site leads permalinks. */
const PROOF = 2

/**
 * Where a site leads the permalinks of threads: BuddyPress redirects `/activity/p/ID/` into the author's own folder
 * (bp-activity/screens/permalink.php). Once the site has shown this, threads are requested there at once, which takes one request in place of
 * two. The first such request that does not bring its thread ends this for the run.
 */
export class ThreadAddresses {
  private folder = ''
  private times = 0
  /** True once such a request has not brought its thread. */
  isOff = false

  /** Learns from the response to the request of a thread. `page`: null if there was none. */
  note(task: ThreadTask, page: Page | null): void {
    if (task.direct) this.isOff ||= page === null || page.wall !== null
    else if (page && !page.wall && !task.request.form) this.noteRedirect(task, page)
  }

  private noteRedirect({ id, request }: ThreadTask, page: Page): void {
    const folder = segments(page.url).at(-2) ?? ''
    const author = page.posts.find(post => post.id === id)?.author
    const isOfAuthor =
      page.url !== request.url && author?.url && inFolder(author.url, folder, id, page.url) === page.url
    this.times = !isOfAuthor ? 0 : folder === this.folder ? this.times + 1 : 1
    this.folder = folder
  }

  /** The address that the permalink of a thread of `home` leads to; null: not known. */
  of(id: string, posts: Page['posts'], home: string): string | null {
    if (this.isOff || this.times < PROOF) return null
    const author = posts.find(post => post.id === id)?.author
    return author?.url ? inFolder(author.url, this.folder, id, home) : null
  }
}

const inFolder = (author: string, folder: string, id: string, home: string): string =>
  rebase(below(author, folder, id), home)
