import type { Unit } from './units.js'

/** The words of one language for "3 days ago", as the translations of BuddyPress, BuddyBoss and moment have them. */
export interface Language {
  name: string
  /** The words before or after the age; `#` is the age. */
  ago: readonly string[]
  right: readonly string[]
  just: readonly string[]
  /** Words for the number one. */
  one: readonly string[]
  /** "a few seconds", without its "ago". */
  few: readonly string[]
  units: Record<Unit, readonly string[]>
}

/** English first, because most sites use it. Singular and plural forms; accents may be missing. */
export const LANGUAGES: readonly Language[] = [
  {
    name: 'en',
    ago: ['# ago'],
    right: ['right now'],
    just: ['just now'],
    one: ['a', 'an'],
    few: ['a few seconds'],
    units: {
      year: ['year', 'years'],
      month: ['month', 'months'],
      week: ['week', 'weeks'],
      day: ['day', 'days'],
      hour: ['hour', 'hours'],
      minute: ['minute', 'minutes'],
      second: ['second', 'seconds'],
    },
  },
  {
    name: 'de',
    ago: ['vor #'],
    right: ['gerade jetzt', 'im augenblick'],
    just: ['gerade eben'],
    one: ['ein', 'eine', 'einem', 'einer', 'einen'],
    few: ['ein paar sekunden'],
    units: {
      year: ['jahr', 'jahre', 'jahren'],
      month: ['monat', 'monate', 'monaten'],
      week: ['woche', 'wochen'],
      day: ['tag', 'tage', 'tagen'],
      hour: ['stunde', 'stunden'],
      minute: ['minute', 'minuten'],
      second: ['sekunde', 'sekunden'],
    },
  },
  {
    name: 'fr',
    ago: ['il y a #'],
    right: ['en ce moment'],
    just: ["à l'instant", 'à l’instant'],
    one: ['un', 'une'],
    few: ['quelques secondes'],
    units: {
      year: ['an', 'ans', 'année', 'années'],
      month: ['mois'],
      week: ['semaine', 'semaines'],
      day: ['jour', 'jours'],
      hour: ['heure', 'heures'],
      minute: ['minute', 'minutes'],
      second: ['seconde', 'secondes'],
    },
  },
  {
    name: 'es',
    ago: ['hace #'],
    right: ['ahora mismo'],
    just: ['justo ahora'],
    one: ['un', 'una'],
    few: ['unos segundos'],
    units: {
      year: ['año', 'años'],
      month: ['mes', 'meses'],
      week: ['semana', 'semanas'],
      day: ['día', 'días', 'dia', 'dias'],
      hour: ['hora', 'horas'],
      minute: ['minuto', 'minutos'],
      second: ['segundo', 'segundos'],
    },
  },
  {
    name: 'nl',
    ago: ['# geleden'],
    right: ['op dit moment'],
    just: ['zojuist'],
    one: ['een', 'één'],
    few: ['een paar seconden'],
    units: {
      year: ['jaar', 'jaren'],
      month: ['maand', 'maanden'],
      week: ['week', 'weken'],
      day: ['dag', 'dagen'],
      hour: ['uur', 'uren'],
      minute: ['minuut', 'minuten'],
      second: ['seconde', 'seconden'],
    },
  },
  {
    name: 'pt',
    ago: ['há #', 'ha #', '# atrás', '# atras'],
    right: ['agora mesmo', 'neste momento'],
    just: ['agora há pouco'],
    one: ['um', 'uma'],
    few: ['poucos segundos', 'segundos'],
    units: {
      year: ['ano', 'anos'],
      month: ['mês', 'mes', 'meses'],
      week: ['semana', 'semanas'],
      day: ['dia', 'dias'],
      hour: ['hora', 'horas'],
      minute: ['minuto', 'minutos'],
      second: ['segundo', 'segundos'],
    },
  },
  {
    name: 'it',
    ago: ['# fa'],
    right: ['proprio ora', 'in questo momento'],
    just: ['proprio adesso'],
    one: ['un', 'una', "un'"],
    few: ['alcuni secondi', 'qualche secondo'],
    units: {
      year: ['anno', 'anni'],
      month: ['mese', 'mesi'],
      week: ['settimana', 'settimane'],
      day: ['giorno', 'giorni'],
      hour: ['ora', 'ore'],
      minute: ['minuto', 'minuti'],
      second: ['secondo', 'secondi'],
    },
  },
]
