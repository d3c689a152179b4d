import { buddyboss } from './buddyboss.js'
import type { Template } from './template.js'

/**
 * BuddyBoss ReadyLaunch (2.9.00 and later, bp-templates/bp-nouveau/readylaunch/activity/{entry,comment}.php): ids and classes begin
 * with `bb-rl-`, and streams hold no replies.
 */
export const readylaunch: Template = {
  ...buddyboss,
  name: 'readylaunch',
  unnamedWithin: true,
  marker: 'li[id^="bb-rl-activity-"], li[id^="bb-rl-acomment-"]',
  item: {
    ...buddyboss.item,
    id: /^bb-rl-activity-(\d+)$/,
    header: '.bb-rl-activity-head-group, .bb-rl-activity-head, .bb-rl-activity-header',
    avatar: '.bb-rl-author-avatar img, .bb-rl-activity-avatar img',
    body: '.bb-rl-activity-inner',
    permalink: 'a.activity-time-since, .bb-rl-activity-group-post-meta > a[href*="/p/"], p.activity-date > a',
    dates: [
      ...buddyboss.item.dates.slice(0, 2),
      { form: 'iso', selector: '.time-since', attribute: 'data-livestamp' },
      { form: 'words', selector: '.time-since', writer: 'buddyboss' },
    ],
    media:
      '.bb-rl-activity-feature-image, .bb-rl-activity-media-wrap, .bb-rl-activity-video-wrap, .bb-rl-activity-attached-gif-container, .bb-rl-activity-link-preview-container, ' +
      `${buddyboss.item.media}`,
  },
  reply: {
    ...buddyboss.reply,
    id: /^bb-rl-acomment-(\d+)$/,
    header: '.bb-rl-acomment-meta',
    avatar: '.bb-rl-acomment-avatar img',
    body: '.bb-rl-acomment-content',
  },
}
