import { legacy } from './legacy.js'
import type { Template } from './template.js'

/**
 * Salutation (Parallelus; parallelus-salutation/activity/{entry,comment}.php): like bp-default, but with an `article` around each
 * item, the author in a heading, the date as words only in `.date`, and no link to the item.
 */
export const salutation: Template = {
  ...legacy,
  name: 'salutation',
  marker: 'li.activity-li.item-li',
  item: {
    ...legacy.item,
    header: '.comment-header',
    permalink: '.activity-action a.activity-time-since, .activity-action a.view, .activity-footer a.view',
    dates: [
      ...legacy.item.dates.slice(1, 2),
      { form: 'words', selector: '.comment-header .date' },
      { form: 'words', selector: '.comment-header .time-since' },
    ],
  },
}
