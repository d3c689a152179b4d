import type { ValueSource, Values } from '../../model/columns/value-facts.js'

/** The sources of values that several columns have. */
export const SOURCES = named({
  site: {
    page: 'base of the addresses that the page names: canonical link, feeds, `ajaxurl`',
    rest: 'base of the address of the REST index',
    imports: '`--site`, or the links in the text',
  },
  groupId: {
    page: '`data-bp-item-id` of the header or of the row in the directory, class `group-ID-avatar`, `data-bb-hp-group` of a link',
    rest: '`id` of the group; `primary_item_id` of an item of the component `groups`',
  },
  groupSlug: {
    page: 'last part of the address of the group, class `group-SLUG` of the body',
    rest: '`slug` of the group; the link in `title` of an item',
  },
  groupName: {
    page: 'heading of the group, row of the directory, link in the header of an item',
    rest: '`name` of the group; the link in `title` of an item',
    imports: 'name beside the title, if the text has one',
  },
  thread: {
    page: 'id of the item around a reply: `activity-ID`; of a forum the number of the topic',
    rest: '`id` of an item, `primary_item_id` of a reply',
    imports: 'as `id`',
  },
  title: {
    page: 'title of the topic (bbPress), `post_title` in `data-bp-activity` (BuddyBoss), else the body of the opening post',
    rest: '`post_title` (BuddyBoss), else `content.rendered` of the opening post',
    imports: 'heading of the text, else its first words',
  },
  id: {
    page: 'number in the element id: `activity-ID`, `acomment-ID`, `post-ID` in a forum',
    rest: '`id`',
    imports: 'a number beside the post, if the text has one; else made of the words and the day',
  },
  parent: {
    page: 'the `activity-ID` or `acomment-ID` that the reply is nested in; of a forum the list that it is nested in',
    rest: '`secondary_item_id`; nesting of `comments`',
    imports: 'indent, level or numbering of the text',
  },
  authorId: {
    page: 'class `user-ID-avatar` of the picture, `data-bb-hp-profile` of a link',
    rest: '`user_id`',
  },
  authorSlug: {
    page: 'last part of the address of the profile in the header of the post',
    rest: 'the link in `title`; `link` of the member',
  },
  authorName: {
    page: 'link to the profile in the header of the post, else the alternative text of the picture',
    rest: '`name` (BuddyBoss), the link in `title`; `name` of the member',
    imports: 'name beside the post',
  },
  when: {
    page:
      'exact: `data-livestamp`, `data-bp-timestamp`, class `date-recorded-N`, `date_recorded` in `data-bp-activity`; ' +
      'else words such as "2 years, 3 months ago", counted back from when the page was made; of a forum the date on the clock of the site',
    rest: '`date_gmt`, or `date` where that is UTC; of an edited reply of BuddyBoss only an upper bound',
    imports: 'date or words beside the post; words count back from when the text was copied',
  },
  heading: {
    page: 'title of the topic (bbPress); `post_title` in `data-bp-activity` (BuddyBoss)',
    rest: '`post_title` (BuddyBoss)',
    imports: 'heading of the text',
  },
  body: {
    page: '`.activity-inner`, `.acomment-content` or `.bbp-reply-content`; shortened texts by a request of their own, or `content` in `data-bp-activity`',
    rest: '`content.rendered`',
    imports: 'lines of the post',
  },
  attachments: {
    page: 'pictures, media and cards of links in and below the body; media in `data-bp-activity` (BuddyBoss)',
    rest: 'the same in `content.rendered`; `bp_media_ids`, `bp_videos`, `bp_documents`, `media_gif`, `preview_data` (BuddyBoss)',
    imports: 'addresses of pictures in markdown',
  },
  type: {
    page: 'class of the item, after its component: `groups activity_update activity-item`',
    rest: '`type`',
    imports: '`activity_update` for an opening post, `activity_comment` for a reply',
  },
  edited: { page: 'the mark of BuddyBoss, the log of revisions of bbPress', rest: '`is_edited` (BuddyBoss)' },
  postUrl: {
    page: 'link around the date, else `activity/p/ID/` below the site',
    rest: '`link`, else `activity/p/ID/` below the site',
    imports: 'address beside the post',
  },
  groupUrl: { page: 'canonical link, tabs and links of the group', rest: '`link` of the group' },
  groupStatus: {
    page: 'the word below the heading or in the directory (in English), class of the row in the directory',
    rest: '`status` of the group',
  },
  memberUrl: { page: 'link to the profile in the header of a post', rest: '`link` of the member; the link in `title`' },
  claimed: {
    page: 'posts that the thread shows, and the number of replies that the page prints',
    rest: 'posts of the tree, `comment_count` (BuddyBoss), `X-WP-Total` of a list',
  },
  changed: { page: 'as the text, name or place in two readings', rest: 'as the text, name or place in two readings' },
  changedUrl: { page: 'as the address of the post, member or group', rest: '`link`' },
})

/** What `type` holds. Plugins add others. */
export const TYPES: Values = {
  activity_update: 'a post of its own',
  activity_comment: 'a reply to a post or to another reply',
  topic: 'the opening post of a topic of bbPress',
  reply: 'a reply in a topic of bbPress',
  bbp_topic_create: 'an item of the stream about a new topic',
  bbp_reply_create: 'an item of the stream about a new reply in a topic',
  new_blog_post: 'an item of the stream about an article',
  new_blog_comment: 'an item of the stream about a comment on an article',
  joined_group: 'a notice: a member joined a group',
  created_group: 'a notice: a member began a group',
  group_details_updated: 'a notice: name or description of a group was changed',
  new_member: 'a notice: somebody became a member',
  new_avatar: 'a notice: a member has a new picture',
  updated_profile: 'a notice: a member changed the profile',
  friendship_accepted: 'a notice: two members became friends',
  friendship_created: 'a notice: two members became friends',
}

export const STATUSES: Values = { live: 'on the site when last read', gone: 'no longer there' }

export const COMPLETENESS: Values = {
  complete: 'every post that the site showed is held in full',
  short: 'something is missing',
  unknown: 'no view of the thread was whole',
}

export const GROUP_STATUSES: Values = {
  public: 'everybody may read its posts',
  private: 'only members may read its posts',
  hidden: 'only members may see that it exists',
}

/** Without it, each text would be a part of the type. */
function named<Name extends string>(sources: Record<Name, ValueSource>): Readonly<Record<Name, ValueSource>> {
  return sources
}
