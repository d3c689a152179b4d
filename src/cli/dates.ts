export { parseDate } from '../model/dates.js'
