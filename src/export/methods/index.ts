export { methodsMarkdown } from './document.js'
export { postFixity, ThreadSetFixity, threadFixity } from './fixity.js'
export { exportFacts, methodsOf, methodsRecord } from './methods.js'
