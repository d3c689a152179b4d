/**
 * A tag that BuddyPress has cut. `bp_create_excerpt` counts characters but looks for spaces by bytes, so that behind letters of several
 * bytes a shortened text may end inside a tag, also inside a quoted value: `<a href='http://&hellip;</a rel="nofollow ugc"></a>`. The
 * quote stays open, and a parser takes the replies below for a part of the value.
 */
const CUT_TAG = /<([a-z][a-z0-9]*)\b[^<>]{0,500}(&hellip;|&#8230;|…)(?:<\/\1\b[^<>]*>)*(?=<)/gi

/** The ends of a shortened text, directly before a tag. */
const ENDS = ['&hellip;<', '&#8230;<', '…<']

/** The source without the tags that were cut in shortened texts, and without their end tags. */
export const withoutCutTags = (source: string): string => (hasCutTag(source) ? source.replace(CUT_TAG, '$2') : source)

/** Looks back from each end of a shortened text, so that nearly all pages need no search from each tag. */
function hasCutTag(source: string): boolean {
  return ENDS.some(end => {
    for (let at = source.indexOf(end); at !== -1; at = source.indexOf(end, at + 1))
      if (/^<[a-z][^<>]*$/i.test(source.slice(source.lastIndexOf('<', at), at))) return true
    return false
  })
}

/**
 * Length in characters of a text that BuddyPress may have shortened without saying so: its limit is 358 (bp_activity_get_excerpt_length).
 * Whether a text is too long it counts with entities as they are written, and where to cut it with entities as one character each.
 */
const CUT_LENGTH = { least: 340, most: 360 }

/**
 * True if a text may be shortened although no "Read more" follows. BuddyPress compares the lengths of both texts in bytes, the `&hellip;`
 * included, so that it prints no link where the text is only a few characters longer than the limit.
 */
export const mayBeCut = ({ html, text }: { html: string; text: string }): boolean =>
  text.endsWith('…') &&
  html.length >= CUT_LENGTH.least &&
  Array.from(text).length <= CUT_LENGTH.most &&
  Array.from(html.replace(/<[^<>]*>/g, '')).length >= CUT_LENGTH.least
