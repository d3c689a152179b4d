import { remembered } from './remembered.js'

/** What each element that a selector means has. */
export interface Key {
  kind: 'id' | 'class' | 'name' | 'attribute'
  value: string
}

/** The keys of a selector, of which each element that it means has one; null: an element may have none of them. */
export const keysOf = remembered(
  (selector: string): readonly Key[] | null => together(selector.split(/\s*,\s*(?![^()]*\))/).map(keysOfPath)),
  1000,
  Number.POSITIVE_INFINITY,
)

const together = (found: readonly (readonly Key[] | null)[]): readonly Key[] | null =>
  found.some(keys => keys === null) ? null : found.flatMap(keys => keys ?? [])

/** By the last part of a path, which is about the element itself: `a.view` of `.activity-header a.view`. */
function keysOfPath(path: string): readonly Key[] | null {
  const own = path.split(/[\s>+~]+(?![^()]*\)|[^[\]]*\])/).at(-1) ?? ''
  const list = /^:is\((.*)\)$/.exec(own)?.[1]
  if (list) return keysOf(list)
  const attribute = /\[([\w-]+)/.exec(own)?.[1]
  const marks = own.replace(/\[[^\]]*\]|:[\w-]+(?:\([^)]*\))?/g, '')
  const found = [
    { kind: 'id', value: /#([\w-]+)/.exec(marks)?.[1] },
    { kind: 'class', value: /\.([\w-]+)/.exec(marks)?.[1] },
    { kind: 'attribute', value: attribute },
    { kind: 'name', value: /^[\w-]+/.exec(marks)?.[0] },
  ] as const
  for (const { kind, value } of found) if (value !== undefined && !isCommon(kind, value)) return [{ kind, value }]
  const name = found[3].value
  return name === undefined ? null : [{ kind: 'name', value: name }]
}

/** So many elements have these attributes that the name of the element tells more. */
const isCommon = (kind: Key['kind'], value: string): boolean =>
  kind === 'attribute' && ['href', 'src', 'rel', 'content'].includes(value)
