import type { Group, Member, Post } from '../../src/model/discussion.js'
import type { About, Page } from '../../src/model/page.js'

/** A page in the form of fixtures: all of its values except the empty ones. */
export function projectionOf(page: Page): object {
  const { about, text, posts, group, groups, member, directories: _, pack: __, ...frame } = page
  return withoutEmpty({
    about: aboutOf(about),
    ...frame,
    group: group && groupOf(group),
    member: member && memberOf(member),
    text,
    groups: groups.map(groupOf),
    posts: posts.map(postOf),
  })
}

const aboutOf = (about: About): string => ('id' in about ? `${about.kind} ${about.id}` : about.kind)

const groupOf = ({ slug, ...rest }: Group) => ({ slug, ...withoutEmpty({ ...rest }) })

const memberOf = (member: Member): object => withoutEmpty({ ...member })

/** `?` is a value that the view does not show, which differs from null. */
function postOf(post: Post): object {
  const { id, threadId, parentId, group, author, when, ...rest } = post
  return {
    id,
    thread: threadId,
    parent: parentId === undefined ? '?' : parentId,
    group: group === undefined ? '?' : (group?.slug ?? null),
    author: author && memberOf(author),
    when: when.from === when.to ? when.from : [when.from, when.to],
    ...withoutEmpty({ ...rest }),
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)

const withoutEmpty = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))

/** JSON with one post, thread or group per line, which is readable and lets a diff show which of them changed. */
export function written(projection: object): string {
  const fields = Object.entries(projection).map(([name, value]) => `  ${JSON.stringify(name)}: ${lines(value)}`)
  return `{\n${fields.join(',\n')}\n}\n`
}

const lines = (value: unknown): string =>
  Array.isArray(value) ? `[\n${value.map(one => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]` : JSON.stringify(value)
