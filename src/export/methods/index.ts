export { methodsMarkdown } from './document.js'
export { postFixity, ThreadSetFixity, threadFixity } from './fixity.js'
export { exportFacts, exportFactsOf, methodsOf } from './methods.js'
