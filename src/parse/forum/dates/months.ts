import { folded } from '../../relative/language.js'

/**
 * Names of the months from January to December, in the forms in which a date has them: nominative, genitive, shortened. Forms of one
 * name are separated by `|`, months by `,`. Languages that print months as numbers with a word are in `local-date.ts`.
 */
const NAMES: Readonly<Record<string, string>> = {
  en: 'january|jan,february|feb,march|mar,april|apr,may,june|jun,july|jul,august|aug,september|sep|sept,october|oct,november|nov,december|dec',
  de: 'januar|jänner|jan,februar|feb,märz|mrz|mär,april|apr,mai,juni|jun,juli|jul,august|aug,september|sep|sept,oktober|okt,november|nov,dezember|dez',
  nl: 'januari|jan,februari|feb,maart|mrt,april|apr,mei,juni|jun,juli|jul,augustus|aug,september|sep,oktober|okt,november|nov,december|dec',
  da: 'januar|jan,februar|feb,marts|mar,april|apr,maj,juni|jun,juli|jul,august|aug,september|sep,oktober|okt,november|nov,december|dec',
  nb: 'januar|jan,februar|feb,mars|mar,april|apr,mai,juni|jun,juli|jul,august|aug,september|sep,oktober|okt,november|nov,desember|des',
  sv: 'januari|jan,februari|feb,mars|mar,april|apr,maj,juni|jun,juli|jul,augusti|aug,september|sep,oktober|okt,november|nov,december|dec',
  fi: 'tammikuu|tammikuuta|tammikuun|tammi,helmikuu|helmikuuta|helmikuun|helmi,maaliskuu|maaliskuuta|maaliskuun|maalis,huhtikuu|huhtikuuta|huhtikuun|huhti,toukokuu|toukokuuta|toukokuun|touko,kesäkuu|kesäkuuta|kesäkuun|kesä,heinäkuu|heinäkuuta|heinäkuun|heinä,elokuu|elokuuta|elokuun|elo,syyskuu|syyskuuta|syyskuun|syys,lokakuu|lokakuuta|lokakuun|loka,marraskuu|marraskuuta|marraskuun|marras,joulukuu|joulukuuta|joulukuun|joulu',
  hu: 'január|jan,február|febr|feb,március|márc|már,április|ápr,május|máj,június|jún,július|júl,augusztus|aug,szeptember|szept|szep,október|okt,november|nov,december|dec',
  el: 'ιανουαρίου|ιανουάριος|ιαν,φεβρουαρίου|φεβρουάριος|φεβ,μαρτίου|μάρτιος|μαρ,απριλίου|απρίλιος|απρ,μαΐου|μάιος|μαΐ|μάι,ιουνίου|ιούνιος|ιουν|ιούν,ιουλίου|ιούλιος|ιουλ|ιούλ,αυγούστου|αύγουστος|αυγ,σεπτεμβρίου|σεπτέμβριος|σεπ,οκτωβρίου|οκτώβριος|οκτ,νοεμβρίου|νοέμβριος|νοε,δεκεμβρίου|δεκέμβριος|δεκ',
  tr: 'ocak|oca,şubat|şub,mart|mar,nisan|nis,mayıs|may,haziran|haz,temmuz|tem,ağustos|ağu,eylül|eyl,ekim|eki,kasım|kas,aralık|ara',
  id: 'januari|jan,februari|feb,maret|mar,april|apr,mei,juni|jun,juli|jul,agustus|agu,september|sep,oktober|okt,november|nov,desember|des',
  vi: 'tháng một,tháng hai,tháng ba,tháng tư,tháng năm,tháng sáu,tháng bảy,tháng tám,tháng chín,tháng mười,tháng mười một,tháng mười hai',
  ar: 'يناير|كانون الثاني,فبراير|شباط,مارس|آذار,أبريل|نيسان,مايو|أيار,يونيو|حزيران,يوليو|تموز,أغسطس|آب,سبتمبر|أيلول,أكتوبر|تشرين الأول,نوفمبر|تشرين الثاني,ديسمبر|كانون الأول',
  fa: 'ژانویه|ژانویهٔ,فوریه|فوریهٔ,مارس,آوریل,مه|مهٔ|می,ژوئن,ژوئیه|ژوئیهٔ|جولای,اوت|آگوست,سپتامبر,اکتبر,نوامبر,دسامبر',
  he: 'ינואר|ינו׳|ינו,פברואר|פבר׳|פבר,מרץ,אפריל|אפר׳|אפר,מאי,יוני,יולי,אוגוסט|אוג׳|אוג,ספטמבר|ספט׳|ספט,אוקטובר|אוק׳|אוק,נובמבר|נוב׳|נוב,דצמבר|דצמ׳|דצמ',
  zh: '一月,二月,三月,四月,五月,六月,七月,八月,九月,十月,十一月,十二月',
  th: 'มกราคม|ม.ค,กุมภาพันธ์|ก.พ,มีนาคม|มี.ค,เมษายน|เม.ย,พฤษภาคม|พ.ค,มิถุนายน|มิ.ย,กรกฎาคม|ก.ค,สิงหาคม|ส.ค,กันยายน|ก.ย,ตุลาคม|ต.ค,พฤศจิกายน|พ.ย,ธันวาคม|ธ.ค',
  fr: 'janvier|janv|jan,février|févr|fév,mars|mar,avril|avr,mai,juin,juillet|juil,août,septembre|sept|sep,octobre|oct,novembre|nov,décembre|déc',
  es: 'enero|ene,febrero|feb,marzo|mar,abril|abr,mayo|may,junio|jun,julio|jul,agosto|ago,septiembre|setiembre|sept|sep,octubre|oct,noviembre|nov,diciembre|dic',
  pt: 'janeiro|jan,fevereiro|fev,março|mar,abril|abr,maio|mai,junho|jun,julho|jul,agosto|ago,setembro|set,outubro|out,novembro|nov,dezembro|dez',
  it: 'gennaio|gen,febbraio|feb,marzo|mar,aprile|apr,maggio|mag,giugno|giu,luglio|lug,agosto|ago,settembre|set,ottobre|ott,novembre|nov,dicembre|dic',
  ro: 'ianuarie|ian,februarie|feb,martie|mart|mar,aprilie|apr,mai,iunie|iun,iulie|iul,august|aug,septembrie|sept|sep,octombrie|oct,noiembrie|nov|noi,decembrie|dec',
  ca: 'gener|gen,febrer|febr|feb,març|mar,abril|abr,maig,juny|jun,juliol|jul,agost|ag|ago,setembre|set,octubre|oct,novembre|nov,desembre|des',
  gl: 'xaneiro|xan,febreiro|feb,marzo|mar,abril|abr,maio|mai,xuño|xuñ,xullo|xul,agosto|ago,setembro|set,outubro|out,novembro|nov,decembro|dec',
  pl: 'styczeń|stycznia|sty,luty|lutego|lut,marzec|marca|mar,kwiecień|kwietnia|kwi,maj|maja,czerwiec|czerwca|cze,lipiec|lipca|lip,sierpień|sierpnia|sie,wrzesień|września|wrz,październik|października|paź,listopad|listopada|lis,grudzień|grudnia|gru',
  cs: 'leden|ledna|led,únor|února|úno,březen|března|bře,duben|dubna|dub,květen|května|kvě,červen|června|čvn,červenec|července|čvc,srpen|srpna|srp,září|zář,říjen|října|říj,listopad|listopadu|lis,prosinec|prosince|pro',
  sk: 'január|januára|jan,február|februára|feb,marec|marca|mar,apríl|apríla|apr,máj|mája,jún|júna,júl|júla,august|augusta|aug,september|septembra|sep,október|októbra|okt,november|novembra|nov,december|decembra|dec',
  sl: 'januar|januarja|jan,februar|februarja|feb,marec|marca|mar,april|aprila|apr,maj|maja,junij|junija|jun,julij|julija|jul,avgust|avgusta|avg,september|septembra|sep,oktober|oktobra|okt,november|novembra|nov,december|decembra|dec',
  hr: 'siječanj|siječnja|sij,veljača|veljače|velj,ožujak|ožujka|ožu,travanj|travnja|tra,svibanj|svibnja|svi,lipanj|lipnja|lip,srpanj|srpnja|srp,kolovoz|kolovoza|kol,rujan|rujna|ruj,listopad|listopada|lis,studeni|studenoga|studenog|stu,prosinac|prosinca|pro',
  ru: 'январь|января|янв,февраль|февраля|февр|фев,март|марта|мар,апрель|апреля|апр,май|мая,июнь|июня|июн,июль|июля|июл,август|августа|авг,сентябрь|сентября|сент|сен,октябрь|октября|окт,ноябрь|ноября|нояб|ноя,декабрь|декабря|дек',
  uk: 'січень|січня|січ,лютий|лютого|лют,березень|березня|бер,квітень|квітня|квіт|кві,травень|травня|трав|тра,червень|червня|черв|чер,липень|липня|лип,серпень|серпня|серп|сер,вересень|вересня|вер,жовтень|жовтня|жовт|жов,листопад|листопада|лист|лис,грудень|грудня|груд|гру',
  bg: 'януари|ян,февруари|фев,март|мар,април|апр,май,юни,юли,август|авг,септември|сеп,октомври|окт,ноември|ное,декември|дек',
  sr: 'јануар|јан|januar|jan,фебруар|феб|februar|feb,март|мар|mart|mar,април|апр|april|apr,мај|maj,јун|jun,јул|jul,август|авг|avgust|avg,септембар|сеп|septembar|sep,октобар|окт|oktobar|okt,новембар|нов|novembar|nov,децембар|дец|decembar|dec',
}

/** A form of a month's name, folded, and its number from 1. */
export interface MonthName {
  form: string
  month: number
}

/** Hebrew writes "in March" as one word. */
const formsOf = (forms: string, language: string): string[] =>
  forms.split('|').flatMap(form => (language === 'he' ? [form, `ב${form}`] : [form]))

const FORMS = new Map(
  Object.entries(NAMES).map(([language, months]) => [
    language,
    months
      .split(',')
      .flatMap((forms, at) => formsOf(forms, language).map(form => ({ form: folded(form), month: at + 1 })))
      // The longer form first: "tháng mười một" begins with "tháng mười".
      .sort((a, b) => b.form.length - a.form.length),
  ]),
)

const isNorwegian = (language: string): boolean => ['no', 'nn'].includes(language)

/** The months of a language (`de`, `pt-BR`), longest forms first; undefined: there is no table of it. */
export function monthsOf(language: string): readonly MonthName[] | undefined {
  const code = language.toLowerCase().split(/[-_]/)[0] ?? ''
  return FORMS.get(isNorwegian(code) ? 'nb' : code)
}

export const MONTH_LANGUAGES: readonly string[] = [...FORMS.keys()]
