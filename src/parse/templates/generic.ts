import { legacy } from './legacy.js'
import type { PostSelectors, Template } from './template.js'

/**
 * Any other theme, by what the PHP of BuddyPress prints in all of them (`items/generic/`). The ids may have a prefix, and the elements
 * any name. This table only says how to read the parts that the rules have found.
 */
export const generic: Template = {
  ...legacy,
  name: 'generic',
  marker: '*',
  byRule: true,
  item: {
    ...legacy.item,
    id: /(?:^|[-_])activity-(\d+)(?:\s|$)/,
    dates: [
      { form: 'unix', attribute: 'data-bp-timestamp', pattern: /^\s*(\d+)\s*$/ },
      { form: 'utc', attribute: 'data-bp-activity', pattern: /"date_recorded":\s*"([^"]+)"/ },
      { form: 'iso', selector: '[data-livestamp]', attribute: 'data-livestamp' },
      { form: 'unix', attribute: 'class', pattern: /\bdate-recorded-(\d+)\b/ },
      { form: 'unix', selector: '[data-bp-timestamp]', attribute: 'data-bp-timestamp', pattern: /^\s*(\d+)\s*$/ },
      { form: 'words', selector: '.time-since' },
      { form: 'words', selector: '.activity-header' },
    ],
    readMore: '.activity-read-more, [id^="activity-read-more-"]',
    count: '[data-comments-count]',
    editData: 'data-bp-activity',
  },
  reply: {
    ...legacy.reply,
    // `comment-N` alone is that of bp-templatepack; `acomment-comment-N` is a button.
    id: /(?:(?:^|[-_])a|^)comment-(\d+)(?:\s|$)/,
    dates: [
      { form: 'unix', attribute: 'data-bp-timestamp', pattern: /^\s*(\d+)\s*$/ },
      { form: 'unix', selector: '[data-bp-timestamp]', attribute: 'data-bp-timestamp', pattern: /^\s*(\d+)\s*$/ },
      // Copies of Legacy's template print a fake livestamp, so that only the words count.
      { form: 'words', selector: '.time-since', fake: true },
    ],
    readMore: '.activity-read-more, [id^="acomment-read-more-"]',
    editData: 'data-bp-activity-comment',
  },
}

/** The rules of `generic` for an item of a known family whose table has not found all parts. AJAX requests are those of the family. */
export const byRuleOf = (table: Template): Template => ({
  ...table,
  name: `${table.name}+generic`,
  byRule: true,
  item: together(table.item, generic.item),
  reply: together(table.reply, generic.reply),
})

const together = (table: PostSelectors, rules: PostSelectors): PostSelectors => ({
  ...table,
  id: rules.id,
  dates: [...table.dates, ...rules.dates],
  readMore: rules.readMore,
})
