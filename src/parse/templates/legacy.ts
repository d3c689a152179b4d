import type { Template } from './template.js'

/**
 * The Legacy pack (BuddyPress 1.7 to 15: bp-templates/bp-legacy/buddypress/activity/{entry,comment}.php), the bp-default
 * theme before it (1.2 to 1.6), and the many themes that copied them.
 */
export const legacy: Template = {
  name: 'legacy',
  pack: 'legacy',
  marker: '[id^="activity-"]',
  item: {
    id: /^activity-(\d+)$/,
    header: '.activity-header',
    avatar: '.activity-avatar img',
    body: '.activity-inner',
    // The last selector is "View Conversation", on replies that are items.
    permalink: 'a.activity-time-since, .activity-header a.view, .activity-meta a.view',
    dates: [
      { form: 'iso', selector: '.activity-header [data-livestamp]', attribute: 'data-livestamp' },
      // 2.0 and later: in group streams and the directory, if auto-refresh is on.
      { form: 'unix', attribute: 'class', pattern: /\bdate-recorded-(\d+)\b/ },
      { form: 'words', selector: '.activity-header .time-since' },
      { form: 'words', selector: '.activity-header' },
      // An activity without a sentence has its time at the end of its text.
      { form: 'iso', selector: '.activity-inner [data-livestamp]', attribute: 'data-livestamp' },
      { form: 'words', selector: '.activity-inner .time-since' },
    ],
    readMore: '.activity-read-more',
    count: '.acomment-reply span',
    // The hook `bp_activity_entry_content`.
    beside:
      '.activity-content > :not(.activity-header, .activity-inner, .activity-inreplyto, .activity-meta, .activity-comments, [data-bp-activity-id], form)',
    // A plugin shows another post in this one, under its own author: no filter of BuddyPress lets a member write the attribute.
    media: '.activity-inner [data-bp-activity-id], .activity-content > [data-bp-activity-id]',
  },
  reply: {
    id: /^acomment-(\d+)$/,
    header: '.acomment-meta',
    avatar: '.acomment-avatar img',
    body: '.acomment-content',
    permalink: '.acomment-meta a.activity-time-since',
    // Not `data-livestamp`: Legacy computes it from the words (reference 3.2b), so only the words are reliable.
    dates: [
      { form: 'words', selector: '.acomment-meta .time-since', fake: true },
      { form: 'words', selector: '.acomment-meta', fake: true },
    ],
    readMore: '.activity-read-more',
    count: '',
  },
}
