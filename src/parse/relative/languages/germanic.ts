import type { LanguageRow } from '../language.js'

/** The Germanic languages. English is the first, because most sites use it. */
export const GERMANIC: readonly LanguageRow[] = [
  {
    name: 'en',
    ago: '# ago',
    now: ['right now', 'just now'],
    one: 'a|an',
    few: 'a few seconds',
    units: ['year|years', 'month|months', 'week|weeks', 'day|days', 'hour|hours', 'minute|minutes', 'second|seconds'],
  },
  {
    name: 'de',
    ago: 'vor #',
    now: ['gerade jetzt|im augenblick|gerade eben', 'gerade eben'],
    one: 'ein|eine|einem|einer|einen',
    few: 'ein paar sekunden',
    units: [
      'jahr|jahre|jahren',
      'monat|monate|monaten',
      'woche|wochen',
      'tag|tage|tagen',
      'stunde|stunden',
      'minute|minuten',
      'sekunde|sekunden',
    ],
  },
  {
    name: 'nl',
    ago: '# geleden',
    now: ['op dit moment|nu', 'zojuist'],
    one: 'een|één',
    few: 'een paar seconden',
    units: ['jaar|jaren', 'maand|maanden', 'week|weken', 'dag|dagen', 'uur|uren', 'minuut|minuten', 'seconde|seconden'],
  },
  {
    name: 'da',
    ago: '# siden|for # siden',
    now: ['lige nu', 'lige nu'],
    one: 'en|et',
    few: 'få sekunder|et par sekunder',
    units: ['år', 'måned|måneder', 'uge|uger', 'dag|dage', 'time|timer', 'minut|minutter', 'sekund|sekunder'],
  },
  {
    name: 'nb',
    ago: '# siden|for # siden',
    now: ['akkurat nå', 'akkurat nå'],
    one: 'en|ett|et',
    few: 'noen få sekunder|noen sekunder',
    units: ['år', 'måned|måneder', 'uke|uker', 'dag|dager', 'time|timer', 'minutt|minutter', 'sekund|sekunder'],
  },
  {
    name: 'sv',
    ago: '# sedan|för # sedan',
    now: ['just nu', 'just nu'],
    one: 'en|ett',
    few: 'några sekunder|ett par sekunder',
    units: [
      'år',
      'månad|månader',
      'vecka|veckor',
      'dag|dagar',
      'timme|timma|timmar',
      'minut|minuter',
      'sekund|sekunder',
    ],
  },
]
