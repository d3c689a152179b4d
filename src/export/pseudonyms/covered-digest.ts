import type { PostInContext, Wording } from '../../model/reports/changes.js'
import type {
  Capped,
  Digest,
  EditNews,
  GoneNews,
  GroupNews,
  MoveNews,
  NewName,
  ThreadNews,
} from '../../model/reports/digest.js'
import { type Cover, maybe, NO_TYPED_LABELS, whole } from './cover.js'

/** A digest with pseudonyms. That a member has a new name is left out: both names are one pseudonym. */
export function coveredDigest(digest: Digest, cover: Cover): Digest {
  const { since, until, about, incomplete, counts, groups, members } = digest
  const renamed = [...members.items].length + members.more
  return whole<Digest>({
    ...{ since, until, incomplete },
    // Names of groups or sites.
    about: about.map(name => cover.line(name, '')),
    counts: { ...counts, names: counts.names - renamed },
    groups: mapped(groups, group => coveredNews(group, cover)),
    members: { items: [], more: 0 },
  })
}

/** It can be walked again if `items` can. */
const mapped = <Item, Result = Item>(items: Iterable<Item>, change: (item: Item) => Result): Iterable<Result> => ({
  *[Symbol.iterator]() {
    for (const item of items) yield change(item)
  },
})

const capped = <Item>({ items, more }: Capped<Item>, change: (item: Item) => Item): Capped<Item> => ({
  items: mapped(items, change),
  more,
})

function coveredNews(news: GroupNews, cover: Cover): GroupNews {
  const site = news.group?.url ?? ''
  const post = (one: PostInContext) => coveredContext(one, cover)
  const threads = (list: Iterable<ThreadNews>) => mapped(list, one => coveredThreadNews(one, cover))
  return whole<GroupNews>({
    group: maybe(news.group, group => cover.group(group, site)),
    site: maybe(news.site, name => cover.line(name, site)),
    names: news.names.map(name => coveredName(name, site, cover)),
    backlog: news.backlog,
    notices: news.notices,
    threads: threads(news.threads),
    replies: threads(news.replies),
    earlier: capped(news.earlier, one => coveredThreadNews(one, cover)),
    edited: capped(news.edited, one =>
      whole<EditNews>({
        post: post(one.post),
        times: one.times,
        before: coveredWording(one.before, one.post, cover),
        after: coveredWording(one.after, one.post, cover),
      }),
    ),
    moved: capped(news.moved, one => coveredMove(one, cover)),
    gone: capped(news.gone, ({ post: gone, reason, withReplies }) =>
      whole<GoneNews>({ post: post(gone), reason, withReplies }),
    ),
    back: capped(news.back, post),
  })
}

/** Of a group. */
const coveredName = ({ site, member, group, field, before, after }: NewName, url: string, cover: Cover): NewName =>
  whole<NewName>({
    site,
    member: maybe(member, author => cover.author(author, site)),
    group: maybe(group, one => cover.group(one, site)),
    field,
    before: cover.line(before, url),
    after: cover.line(after, url),
  })

const coveredThreadNews = ({ site, thread, replies, opening, posts }: ThreadNews, cover: Cover): ThreadNews =>
  whole<ThreadNews>({
    site,
    thread: coveredPlace(thread, site, cover),
    replies,
    opening: maybe(opening, post => coveredContext(post, cover)),
    posts: mapped(posts, post => coveredContext(post, cover)),
  })

const coveredPlace = (
  { id, url, title, author }: PostInContext['thread'],
  site: string,
  cover: Cover,
): PostInContext['thread'] =>
  whole<PostInContext['thread']>({
    id: cover.id(id, site),
    url: cover.url(url, site),
    title: cover.title(title, author, site),
    author: maybe(author, one => cover.author(one, site)),
  })

function coveredContext(post: PostInContext, cover: Cover): PostInContext {
  const { site, parent } = post
  return whole<PostInContext>({
    id: cover.id(post.id, site),
    site,
    group: maybe(post.group, group => cover.group(group, site)),
    thread: coveredPlace(post.thread, site, cover),
    parent: parent && {
      id: cover.id(parent.id, site),
      author: maybe(parent.author, author => cover.author(author, site)),
    },
    type: post.type,
    author: maybe(post.author, author => cover.author(author, site)),
    when: cover.when(post.when),
    url: cover.url(post.url, site),
    ...coveredWords(post, post, cover),
    attachments: post.attachments,
    status: post.status,
    edited: post.edited,
  })
}

const coveredWords = (
  { heading, text }: Pick<Wording, 'heading' | 'text'>,
  { url, site }: PostInContext,
  cover: Cover,
): Pick<Wording, 'heading' | 'text'> => {
  const words = cover.post({ heading, html: '', text, url, attachments: [], links: [], ...NO_TYPED_LABELS }, site)
  return { heading: words.heading, text: words.text }
}

const coveredWording = ({ heading, text, author, when }: Wording, post: PostInContext, cover: Cover): Wording =>
  whole<Wording>({
    ...coveredWords({ heading, text }, post, cover),
    author: maybe(author, one => cover.author(one, post.site)),
    when: cover.when(when),
  })

/** `before` and `after` are slugs of groups, or ids of threads. */
const coveredMove = ({ post, moves }: MoveNews, cover: Cover): MoveNews => {
  const place = (field: string) => (value: string) =>
    field === 'thread' ? cover.id(value, post.site) : cover.line(value, post.site)
  return whole<MoveNews>({
    post: coveredContext(post, cover),
    moves: moves.map(({ field, before, after }) => ({
      field,
      before: maybe(before, place(field)),
      after: maybe(after, place(field)),
    })),
  })
}
