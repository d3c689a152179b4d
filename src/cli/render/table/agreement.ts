import type { Column } from '../../../export/table/column.js'
import type { CodeAgreement } from '../../../model/coding/agreement.js'

const figure = (name: 'percent' | 'kappa' | 'alpha', meaning: string, missing: string): Column<CodeAgreement> => ({
  ...{ name, type: 'text', certainty: 'derived', meaning: `${meaning}, not rounded`, missing },
  value: row => row[name],
})

/** Columns of `agreement --csv`. */
export const AGREEMENT_COLUMNS: readonly Column<CodeAgreement>[] = [
  {
    ...{ name: 'code', type: 'text', certainty: 'observed', meaning: 'the code' },
    missing: 'all codes: which one of them each post has',
    value: ({ code }) => code,
  },
  {
    ...{
      name: 'units',
      type: 'number',
      certainty: 'derived',
      meaning: 'posts that at least two coders have looked at',
    },
    value: ({ units }) => units,
  },
  {
    ...{
      name: 'given',
      type: 'number',
      certainty: 'derived',
      meaning: 'how often coders gave the code to these posts',
    },
    value: ({ given }) => given,
  },
  figure('percent', 'share of the pairs of coders and posts that agree, 0 to 1', 'there is no pair'),
  figure('kappa', "Cohen's kappa", 'not two coders, or both always say the same'),
  figure('alpha', "Krippendorff's alpha, nominal", 'nobody differs in what they say of any post'),
]
