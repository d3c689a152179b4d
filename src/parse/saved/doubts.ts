import type { Page } from '../../model/page.js'

/** How much of a saved page is what the site sent. */
interface Doubts {
  /** The file ends in the middle of the list. */
  isCutOff: boolean
  /** A browser has translated the page. */
  isTranslated: boolean
  /** A sentence for the report; null: none. */
  remark: string | null
}

/**
 * The page, with what is in doubt marked: a text that may lack its end, or is not in the words of its author, counts as shortened, so that
 * the one of any other source takes its place.
 */
export function withDoubts(read: Page, { isCutOff, isTranslated, remark }: Doubts): Page {
  const page = remark ? { ...read, remarks: [...(read.remarks ?? []), remark] } : read
  if (page.posts.length === 0 || (!isCutOff && !isTranslated)) return page
  const last = page.posts.at(-1)
  const inDoubt = (post: Page['posts'][number]) => isTranslated || post === last
  const cut = `${page.url} is cut off in the middle of its list: post ${last?.id}, the last one, may lack its end, and replies to it may be missing.`
  const translated = `${page.url} was translated by a browser: its texts are not the words of the members, and give way to those of any other source.`
  return {
    ...page,
    posts: page.posts.map(post => (inDoubt(post) ? { ...post, truncated: true } : post)),
    threads: page.threads.map(view => (isCutOff && view.id === last?.threadId ? { ...view, whole: false } : view)),
    warnings: [...page.warnings, ...(isCutOff ? [cut] : []), ...(isTranslated ? [translated] : [])],
  }
}
