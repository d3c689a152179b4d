/** Equal to package.json, which a test guards: reading that file at start-up would cost more than it is worth. */
export const VERSION = '0.1.0'

/** The day of this version, which its man pages name. A release sets both. */
export const VERSION_DATE = '2026-11-27'
