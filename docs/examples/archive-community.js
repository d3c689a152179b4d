// Archives a community, a group or a thread, and says how complete it is.
//   node archive-community.js https://community.example/groups/gardeners/ gardeners.db 2
// The last word: seconds between two requests.
import { archive, BusyError } from 'threadkeep'

const [target, db = 'threadkeep.db', seconds = '1'] = process.argv.slice(2)

const reporter = { warning: text => console.error(`Warning: ${text}`) }

try {
  const report = await archive(target, { db, pace: Number(seconds), reporter })
  for (const { groups, problems } of report.targets) {
    for (const { name, posts, completeness } of groups)
      console.log(`${name}: ${posts} posts, ${completeness.state} (${completeness.held} of ${completeness.claimed})`)
    for (const { message } of problems) console.log(`Problem: ${message}`)
  }
  console.log(`${report.newPosts} new posts with ${report.requests} requests`)
  process.exitCode = report.exitCode
} catch (error) {
  if (!(error instanceof BusyError)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}
