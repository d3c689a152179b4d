import { legacy } from './legacy.js'
import type { Template } from './template.js'

/**
 * SocialV (buddypress/activity/entry.php): like Legacy, but with another header, which hooks fill, and replies in
 * `.activity-comments-list`. A shared post is inside the body and remains part of the text.
 */
export const socialv: Template = {
  ...legacy,
  name: 'socialv',
  marker: 'li.socialv-activity-parent',
  item: {
    ...legacy.item,
    header: '.socialv-activity-header',
    avatar: '.socialv-activity-header img',
    permalink: 'a.activity-time-since, .socialv-activity-header a.view, .socialv-activity_comment a.view',
    dates: [
      { form: 'iso', selector: '.socialv-activity-header [data-livestamp]', attribute: 'data-livestamp' },
      { form: 'unix', attribute: 'class', pattern: /\bdate-recorded-(\d+)\b/ },
      { form: 'words', selector: '.socialv-activity-header .time-since' },
      { form: 'words', selector: '.socialv-activity-header' },
    ],
    count: '.comment-info',
  },
}
