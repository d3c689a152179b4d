import { legacy } from './legacy.js'
import type { Template } from './template.js'

/** The Nouveau pack (BuddyPress 3.0 to 15: bp-templates/bp-nouveau/buddypress/activity/{entry,comment}.php). */
export const nouveau: Template = {
  ...legacy,
  name: 'nouveau',
  pack: 'nouveau',
  marker: '[data-bp-activity-id], .comment-item',
  item: {
    ...legacy.item,
    // Here the hook is within the body.
    beside: '',
    // Reign, BuddyX and copies of BuddyBoss Theme have the date as a link with plain words.
    permalink: `${legacy.item.permalink}, p.activity-date > a`,
    dates: [{ form: 'unix', attribute: 'data-bp-timestamp', pattern: /^(\d+)$/ }, ...legacy.item.dates],
    count: '.acomment-reply .comment-count',
  },
  reply: {
    ...legacy.reply,
    dates: [
      { form: 'unix', selector: '.acomment-meta .time-since', attribute: 'data-bp-timestamp', pattern: /^(\d+)$/ },
      // The value of the database, in UTC but without a time zone.
      { form: 'utc', selector: '.acomment-meta time', attribute: 'datetime' },
      ...legacy.reply.dates,
    ],
  },
}
