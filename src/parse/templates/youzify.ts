import { legacy } from './legacy.js'
import type { Template } from './template.js'

/**
 * Youzify, before 3.0 Youzer (includes/public/templates/activity/entry.php): plugins that replace Legacy's templates. The sentence
 * has no date, and the body has no separate element.
 */
export const youzify: Template = {
  ...legacy,
  name: 'youzify',
  marker: 'li[id^="activity-"]',
  frame: ['.activity-content', '.activity-header', '.activity-head'],
  item: {
    ...legacy.item,
    header: '.activity-head',
    avatar: '.activity-header img',
    body: '.activity-content',
    nonBody:
      '.activity-header, .activity-meta, .activity-comments, .youzify-activity-statistics, .yz-activity-statistics, .youzify-activity-tools, .yz-activity-tools',
    permalink: ':is(.youzify-timestamp-area, .yz-timestamp-area) a, a.activity-time-since',
    dates: [
      {
        form: 'iso',
        selector: ':is(.youzify-timestamp-area, .yz-timestamp-area) [data-livestamp]',
        attribute: 'data-livestamp',
      },
      { form: 'unix', attribute: 'class', pattern: /\bdate-recorded-(\d+)\b/ },
      { form: 'words', selector: ':is(.youzify-timestamp-area, .yz-timestamp-area) a' },
      { form: 'words', selector: ':is(.youzify-timestamp-area, .yz-timestamp-area)' },
    ],
  },
}
