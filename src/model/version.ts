/** Equal to package.json, which a test guards: reading that file at start-up would cost more than it is worth. */
export const VERSION = '0.1.0'
