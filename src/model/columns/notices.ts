/** Membership notices and the like: no discussion (docs/formats.md). */
export const NOTICES = [
  'joined_group',
  'created_group',
  'group_details_updated',
  'new_member',
  'new_avatar',
  'updated_profile',
  'friendship_accepted',
  'friendship_created',
] as const
