import { legacy } from './legacy.js'
import type { Template } from './template.js'

/** bp-templatepack (buddypress/activity/entry.php): like Legacy, but ids begin with `bp-` and the date is in `.activity-timestamp`. */
export const templatepack: Template = {
  ...legacy,
  name: 'templatepack',
  marker: 'li[id^="bp-activity-"], li[id^="bp-acomment-"]',
  item: {
    ...legacy.item,
    id: /^bp-activity-(\d+)$/,
    permalink: '.activity-timestamp a',
    dates: [
      { form: 'iso', selector: '.activity-timestamp [data-livestamp]', attribute: 'data-livestamp' },
      ...legacy.item.dates.slice(1, 2),
      { form: 'words', selector: '.activity-timestamp a' },
      { form: 'words', selector: '.activity-timestamp' },
    ],
  },
  reply: { ...legacy.reply, id: /^(?:(?:bp-)?a)?comment-(\d+)$/ },
}
