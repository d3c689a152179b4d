export type { SeenRequest } from './answer.js'
export {
  type Community,
  type CommunityParts,
  communityOf,
  type DemoGroup,
  type DemoMember,
  type DemoPost,
  postHtml,
} from './community.js'
export { type CommunityServer, DEMO_NOW, type ServeOptions, serveCommunity } from './server.js'
export type { PackName } from './site.js'
export { DEMO } from './story/demo.js'
export { timeSince } from './time-since.js'
export { type View, viewOf } from './view.js'
