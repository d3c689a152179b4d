import type { Values } from '../../model/columns/value-facts.js'
import { knownDate } from '../../model/time.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { Column } from '../table/column.js'
import { siteColumn } from '../table/shared-columns.js'
import { SOURCES } from '../table/sources.js'
import type { Edge } from './network.js'
import type { Node } from './nodes.js'

const KINDS: Values = {
  member: 'who wrote one of the posts, was answered or is mentioned',
  group: 'where one of the posts is, with memberships only',
}

const RELATIONS: Values = {
  reply: 'the source answers a post of the target',
  mention: 'the source names the target in a post',
  membership: 'the source wrote in the target, which is a group',
}

/** All columns of a table of nodes, in their order. Columns may be added at the end; none is renamed, removed or given another meaning. */
export const NODE_COLUMNS: readonly Column<Node>[] = [
  {
    ...{ name: 'id', type: 'text', certainty: 'derived' },
    meaning: 'the node in `source` and `target` of edges: site, kind and slug; the same in each export',
    value: ({ id }) => id,
  },
  {
    ...{ name: 'label', type: 'text', certainty: 'derived', meaning: 'name, else slug, on one line, for pictures' },
    value: ({ label }) => label,
  },
  {
    ...{ name: 'kind', type: 'text', certainty: 'observed', meaning: '`member` or `group`' },
    values: KINDS,
    value: ({ kind }) => kind,
  },
  siteColumn(({ site }) => site),
  {
    ...{ name: 'site_id', type: 'id', certainty: 'stated', meaning: 'id of the member or group on the site' },
    missing: 'no page showed it',
    source: SOURCES.authorId,
    value: ({ siteId }) => siteId,
  },
  {
    ...{ name: 'slug', type: 'text', certainty: 'stated', meaning: 'name of the member or group in URLs' },
    missing: 'no page showed it, or the member was deleted on the site',
    source: SOURCES.authorSlug,
    value: ({ slug }) => slug,
  },
  {
    ...{ name: 'name', type: 'text', certainty: 'stated', meaning: 'name of the member or group as shown' },
    missing: 'no page showed it, as of a member whom only a mention names',
    source: SOURCES.authorName,
    value: ({ name }) => name,
  },
  {
    ...{ name: 'posts', type: 'number', certainty: 'derived' },
    meaning: 'number of posts of the export that the member wrote, or that are in the group',
    value: ({ posts }) => posts,
  },
  {
    ...{ name: 'threads', type: 'number', certainty: 'derived' },
    meaning: 'number of threads of the export that the member began, or that are in the group',
    value: ({ threads }) => threads,
  },
  {
    ...{ name: 'first_post', type: 'time', certainty: 'bound' },
    meaning: 'date of the first of these posts; of an interval its beginning, so that none is earlier',
    missing: 'no posts, or no date is known',
    value: ({ when }) => when.from,
  },
  {
    ...{ name: 'last_post', type: 'time', certainty: 'bound' },
    meaning: 'date of the last of these posts; of an interval its end, so that none is later',
    missing: 'no posts, or no date is known',
    value: ({ when }) => when.to,
  },
  {
    ...{ name: 'url', type: 'url', certainty: 'stated', meaning: 'address of the member or group' },
    missing: 'the address is not known',
    source: SOURCES.memberUrl,
    value: ({ url }) => url,
  },
]

/** All columns of a table of edges, in their order, by the same promise. */
export const EDGE_COLUMNS: readonly Column<Edge>[] = [
  {
    ...{
      name: 'source',
      type: 'text',
      certainty: 'derived',
      meaning: '`id` of the node that replies, mentions or wrote',
    },
    value: ({ source }) => source.id,
  },
  {
    ...{ name: 'target', type: 'text', certainty: 'derived' },
    meaning: '`id` of the node that is answered or mentioned, or of the group',
    value: ({ target }) => target.id,
  },
  {
    ...{ name: 'relation', type: 'text', certainty: 'derived' },
    meaning: '`reply`, `mention`, or `membership`: the member wrote in the group',
    values: RELATIONS,
    value: ({ relation }) => relation,
  },
  {
    ...{ name: 'weight', type: 'number', certainty: 'derived', meaning: 'number of posts that the edge is made of' },
    value: ({ weight }) => weight,
  },
  {
    ...{ name: 'posted_at', type: 'time', certainty: 'stated', meaning: 'date of the post, to the second' },
    missing: 'only an interval is known, or the edge is made of posts of several dates',
    source: SOURCES.when,
    value: ({ when }) => knownDate(when),
  },
  {
    ...{ name: 'posted_from', type: 'time', certainty: 'bound' },
    meaning: 'no post of the edge is known to be earlier; equals `posted_at` if that is known',
    missing: 'no earliest time is known',
    value: ({ when }) => when.from,
  },
  {
    ...{ name: 'posted_to', type: 'time', certainty: 'bound' },
    meaning: 'no post of the edge is known to be later; equals `posted_at` if that is known',
    missing: 'no latest time is known',
    value: ({ when }) => when.to,
  },
  {
    ...{ name: 'post', type: 'id', certainty: 'stated', meaning: 'id of the post that replies or mentions' },
    missing: 'the edge is made of several posts, or is a membership',
    source: SOURCES.id,
    value: ({ post }) => post?.id ?? null,
  },
  {
    ...{ name: 'thread', type: 'id', certainty: 'stated', meaning: 'id of the thread of this post' },
    missing: 'the edge is made of several posts, or is a membership',
    source: SOURCES.thread,
    value: ({ post }) => post?.thread ?? null,
  },
  {
    ...{ name: 'group_slug', type: 'text', certainty: 'stated', meaning: 'name of the group of this post in its URL' },
    missing: 'no group, several posts, or a membership, whose target is the group',
    source: SOURCES.groupSlug,
    value: ({ post }) => post?.group ?? null,
  },
  {
    ...{ name: 'site', type: 'url', certainty: 'stated', meaning: 'base URL of the community, with a closing slash' },
    missing: 'the address is not known, as for a text that somebody copied',
    source: SOURCES.site,
    value: ({ source }) => knownAddress(source.site),
  },
]
