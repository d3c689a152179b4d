// For `node --import`: the clock starts at $QUICK_CLOCK (Unix milliseconds), and a pause takes no time but moves the clock on.
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const RealDate = Date
let ahead = Number(process.env.QUICK_CLOCK) - RealDate.now()
const now = () => RealDate.now() + ahead

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length > 0) super(...parts)
    else super(now())
  }

  static now() {
    return now()
  }
}

timers.setTimeout = async (milliseconds, value) => {
  ahead += milliseconds ?? 0
  return value
}
syncBuiltinESMExports()
