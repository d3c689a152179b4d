import type { Column, Value } from '../../../export/table/column.js'
import {
  authorColumns,
  groupColumns,
  siteColumn,
  urlColumn,
  whenColumns,
} from '../../../export/table/shared-columns.js'
import { SOURCES } from '../../../export/table/sources.js'
import type { Values } from '../../../model/columns/value-facts.js'
import type { Change, PostChange, PostInContext } from '../../../model/reports/changes.js'
import { UNKNOWN_WHEN } from '../../../model/time.js'
import { addressOf, whyCells } from '../changes.js'

/** A value of the changed post; null for a name that has changed. */
const ofPost = (value: (post: PostInContext, change: PostChange) => Value) => (change: Change) =>
  change.kind === 'renamed' ? null : value(change.post, change)

const NAME = 'a change of a name'

const KINDS: Values = {
  new: 'a post that the archive did not hold',
  edited: 'the text or another part of a post is another one',
  moved: 'a post is in another group or thread',
  gone: 'a post is no longer on the site',
  back: 'a post that was gone is there again',
  renamed: 'a member, a group or the site has another name',
}

/** `changes --csv`: a row a change, in the order of time. */
export const CHANGE_COLUMNS: readonly Column<Change>[] = [
  {
    ...{ name: 'seen_at', type: 'time', certainty: 'bound', meaning: 'when the archive saw the change' },
    value: ({ at }) => at,
  },
  {
    ...{ name: 'kind', type: 'text', certainty: 'observed' },
    meaning: '`new`, `edited`, `moved`, `gone`, `back`; `renamed`: a member, a group or the site',
    values: KINDS,
    value: ({ kind }) => kind,
  },
  siteColumn(change => (change.kind === 'renamed' ? change.site : change.post.site)),
  ...groupColumns<Change>(change => (change.kind === 'renamed' ? change.group : change.post.group)),
  {
    ...{ name: 'thread', type: 'id', certainty: 'stated', meaning: 'id of the thread', missing: NAME },
    source: SOURCES.thread,
    value: ofPost(({ thread }) => thread.id),
  },
  {
    ...{ name: 'title', type: 'text', certainty: 'derived', missing: NAME },
    meaning: 'title of the thread, else the first words of its opening post',
    source: SOURCES.title,
    value: ofPost(({ thread }) => thread.title),
  },
  {
    ...{ name: 'id', type: 'id', certainty: 'stated', meaning: 'id of the post', missing: NAME },
    source: SOURCES.id,
    value: ofPost(({ id }) => id),
  },
  {
    ...{ name: 'parent', type: 'id', certainty: 'stated', meaning: 'id of the post that it replies to' },
    missing: `an opening post, or ${NAME}`,
    source: SOURCES.parent,
    value: ofPost(({ parent }) => parent?.id ?? null),
  },
  ...authorColumns<Change>(change => (change.kind === 'renamed' ? change.member : change.post.author)),
  ...whenColumns<Change>(change => (change.kind === 'renamed' ? UNKNOWN_WHEN : change.post.when)),
  {
    ...{ name: 'what', type: 'text', certainty: 'observed' },
    meaning: 'which name changed; where a post moved; why it is gone; what an edit changed besides the text',
    missing: 'nothing more to say',
    value: change => (change.kind === 'renamed' ? change.field : whyCells(change)[0]),
  },
  {
    ...{ name: 'before', type: 'text', certainty: 'stated', meaning: 'the text, name or place before' },
    missing: 'a new post, or one that came back',
    source: SOURCES.changed,
    value: change => (change.kind === 'renamed' ? change.before : whyCells(change)[1]),
  },
  {
    ...{ name: 'after', type: 'text', certainty: 'stated', meaning: 'the text, name or place after' },
    missing: 'a post that is gone',
    source: SOURCES.changed,
    value: change => (change.kind === 'renamed' ? change.after : whyCells(change)[2]),
  },
  urlColumn('post, member or group', addressOf, SOURCES.changedUrl),
]
