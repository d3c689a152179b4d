import type { AnnotationFile } from './coding/records.js'
import type { SampleRequest } from './coding/sample.js'
import type { Exporter, MediaMode, OptionValue, ShownStatus } from './exporter.js'
import type { WantedPosts } from './matching.js'
import type { PrivacyRequest } from './pseudonyms/request.js'

/** What is exported, and how. */
export interface ExportRequest extends ExportSelection, SampleRequest, PrivacyRequest {
  /** Name of a format. Default: the format whose extension the destination has, else `md`. */
  format?: string
  /** Posts that are shown: `live`, `gone` or `all`. Default: those that the format shows. */
  status?: ShownStatus
  /** IANA name of the time zone of documents, such as `Europe/Berlin`. Default: that of the site where it is known, else UTC. */
  timezone?: string
  /** BCP 47 tag of the locale of dates and numbers in documents, such as `de`. Default: `en`. Their words stay English. */
  locale?: string
  /** Files of posts that were fetched: `link` to them, `copy` them into `media/`, or `none`. Default: copy into a folder, link from a file. */
  media?: MediaMode
  /** Options of the format. */
  options?: Readonly<Record<string, OptionValue>>
  /** Codes and notes of coders on posts: CSV, or a JSON object a line. docs/coding.md says what a row has. */
  annotations?: readonly AnnotationFile[]
  /** Formats of your own, besides those of threadkeep. */
  exporters?: readonly Exporter[]
}

/** Which threads are exported: those for which all of this holds. */
export interface ExportSelection {
  /** Slugs, ids, names or URLs of groups. */
  groups?: readonly string[]
  /** Ids or permalinks of threads, or of replies in them. */
  threads?: readonly string[]
  /** Slugs, ids, names or URLs of members: threads with a post of any of them. */
  members?: readonly string[]
  /** Threads with a post at or after `after`, and earlier than `before`: `2024-05-01`, or an ISO instant (UTC). */
  after?: string
  before?: string
  /** Item types of the opening post. Default: all but those that the format leaves out; named threads are never left out. */
  types?: readonly string[]
  /** Threads with a post that matches this query of the search language. */
  filter?: string
  /** `matching`: a flat format holds only posts that match `members`, `after`, `before` and `filter` by themselves. Default: all of the threads. */
  posts?: WantedPosts
}
