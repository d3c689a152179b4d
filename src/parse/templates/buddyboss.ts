import { nouveau } from './nouveau.js'
import type { Template } from './template.js'

/**
 * BuddyBoss Platform (bp-templates/bp-nouveau/buddypress/activity/{entry,comment}.php): like Nouveau, but with another header
 * outside of groups, streams that hold two replies of each thread (since 2.5.80), and media outside of the text.
 */
export const buddyboss: Template = {
  ...nouveau,
  name: 'buddyboss',
  marker: '[data-bp-activity^="{"], [data-bp-activity-comment], li.activity-comment',
  partialReplies: true,
  readMoreLeaks: true,
  item: {
    ...nouveau.item,
    header: '.bp-activity-head-group, .bp-activity-head, .activity-header',
    avatar: '.author-avatar img, .activity-avatar img',
    permalink:
      'a.activity-time-since, .activity-header a.view, .activity-group-post-meta > a[href*="/p/"], p.activity-date > a',
    dates: [
      ...nouveau.item.dates.slice(0, 1),
      // The value of the database, in UTC; printed for every visitor (bp_activity_get_edit_data).
      { form: 'utc', attribute: 'data-bp-activity', pattern: /"date_recorded":\s*"([^"]+)"/ },
      ...nouveau.item.dates.filter(({ form }) => form !== 'words').slice(1),
      { form: 'words', selector: 'p.activity-date > a', writer: 'buddyboss' },
      { form: 'words', selector: '.time-since', writer: 'buddyboss' },
    ],
    count: '[data-comments-count]',
    edited: '.bb-activity-edited-text',
    editData: 'data-bp-activity',
    media:
      `${nouveau.item.media}, ` +
      '.activity-feature-image, .bb-activity-media-wrap, .bb-activity-video-wrap, .activity-attached-gif-container, .activity-link-preview-container',
  },
  reply: {
    ...nouveau.reply,
    permalink: 'a.activity-time-since',
    dates: [
      { form: 'unix', attribute: 'data-bp-timestamp', pattern: /^(\d+)$/ },
      { form: 'unix', selector: '.time-since', attribute: 'data-bp-timestamp', pattern: /^(\d+)$/ },
      // Unlike in the Legacy pack, this livestamp is the true date (reference 11.1, 3).
      { form: 'iso', selector: '.time-since', attribute: 'data-livestamp' },
      { form: 'utc', selector: '.time-since', attribute: 'datetime' },
      { form: 'words', selector: '.time-since', writer: 'buddyboss' },
    ],
    edited: '.bb-activity-edited-text',
    editData: 'data-bp-activity-comment',
    media: '.bb-activity-media-wrap, .bb-activity-video-wrap, .activity-attached-gif-container',
  },
}
