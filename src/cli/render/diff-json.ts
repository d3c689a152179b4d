import { authorRecord } from '../../export/record.js'
import type { Instant } from '../../model/discussion.js'
import type { ResolvedPost } from '../options/resolve-post.js'
import { textDiff } from '../text/text-diff.js'
import type { DiffChange } from './diff-changes.js'
import { jsonDocument, records } from './json-document.js'
import { placeKeys, postKeys, textRecord } from './log-document.js'

/** `threadkeep.diff/1`: docs/schema/diff-1.json. */
export const diffJson = (
  named: ResolvedPost,
  since: Instant | null,
  changes: Iterable<DiffChange>,
): Generator<string> => jsonDocument('diff', { ...placeKeys(named), since, changes: records(changes, changeRecord) })

function changeRecord(change: DiffChange): object {
  const { author } = 'after' in change ? change.after : change.before
  const keys = { kind: change.kind, ...postKeys(change.post), author: authorRecord(author) }
  switch (change.kind) {
    case 'edited': {
      const { of, parts } = textDiff(change.before, change.after)
      return { ...keys, from: textRecord(change.before), to: textRecord(change.after), of, words: parts }
    }
    case 'new':
      return { ...keys, to: textRecord(change.after) }
    case 'gone':
      return {
        ...keys,
        from: textRecord(change.before),
        gone_at: change.goneAt,
        reason: change.reason,
        last_seen_at: change.lastSeenAt,
      }
    case 'back':
      return { ...keys, to: textRecord(change.after), back_at: change.backAt }
  }
}
