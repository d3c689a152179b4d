import { type Community, communityOf, type DemoPost, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'

type Intercept = NonNullable<ServeOptions['intercept']>

interface Filtered extends Omit<ServeOptions, 'intercept'> {
  /** The posts that the lists of the site show; its feeds and own pages show all. */
  shows(post: DemoPost): boolean
  intercept?: Intercept
}

/** A site whose theme asks for its lists with a filter of its own. Posts in `gone` are deleted from it. */
export async function filteredTown(community: Community, { shows, intercept, ...options }: Filtered) {
  const all = [...community.posts]
  const gone = new Set<number>()
  let isList = false
  const live = () => all.filter(({ id }) => !gone.has(id))
  Object.defineProperty(community, 'posts', { get: () => (isList ? live().filter(shows) : live()) })
  const { server } = await town(
    {
      pack: 'legacy',
      ...options,
      intercept: (asked, response) => {
        const { path, referer } = asked
        const place = path.endsWith('admin-ajax.php') && referer ? new URL(referer).pathname : path
        isList = /^\/groups\/[^/]+\/$/.test(place) || place === '/activity/'
        return intercept?.(asked, response) ?? false
      },
    },
    community,
  )
  return { server, gone, all }
}

/** Notices of members who joined a group: themes leave them out. */
export const notices = (count: number, groupSlug: string, first = 1) =>
  Array.from({ length: count }, (_, at) => ({ id: first + at, groupSlug, html: '', type: 'joined_group' }))

export const update = (id: number, groupSlug: string) => ({ id, groupSlug, html: `<p>Beans of bed ${id}.</p>\n` })

export const inGroups = (...posts: { id: number; groupSlug: string; html: string }[]): Community =>
  communityOf({ groups: [...new Set(posts.map(({ groupSlug }) => groupSlug))].map(slug => ({ slug })), posts })

export const noNotice = ({ type }: DemoPost): boolean => type !== 'joined_group'
