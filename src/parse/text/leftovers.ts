/** Words of buttons, counters and notices around posts, in lower case, as the translations of BuddyPress have them. */
const BUTTONS = new Set(
  `reply|favorite|favourite|mark as favorite|mark as favourite|remove favorite|remove favourite|unfavorite|delete|view|edit|spam|comment|like|unlike|share|report|more|more options|public|read more|log in to reply|login to reply|cancel|post|post update|post comment|collapse|hide|search|skip to content|skip to main content|skip to navigation|view conversation|view thread|load more|older posts|newer posts|menu|share this|copy link|follow|unfollow|
antworten|favorit|als favorit markieren|favorit entfernen|löschen|ansehen|anzeigen|kommentieren|gefällt mir|teilen|bearbeiten|melden|weiterlesen|mehr lesen|zum inhalt springen|zum antworten anmelden|abbrechen|suchen|
répondre|favori|marquer comme favori|ajouter aux favoris|retirer des favoris|supprimer|voir|commenter|j’aime|j'aime|partager|modifier|signaler|lire la suite|aller au contenu|annuler|rechercher|
responder|favorito|marcar como favorito|eliminar favorito|quitar favorito|borrar|eliminar|ver|comentar|me gusta|compartir|editar|leer más|saltar al contenido|cancelar|buscar|
marcar como favorita|remover favorito|excluir|apagar|curtir|gosto|compartilhar|partilhar|leia mais|ler mais|pular para o conteúdo|saltar para o conteúdo|pesquisar|
rispondi|preferito|aggiungi ai preferiti|rimuovi dai preferiti|elimina|cancella|vedi|visualizza|commenta|mi piace|condividi|modifica|leggi tutto|vai al contenuto|annulla|cerca|
beantwoorden|antwoorden|reageren|favoriet|markeer als favoriet|verwijderen|bekijken|weergeven|vind ik leuk|delen|bewerken|lees meer|ga naar de inhoud|annuleren|zoeken|
svar|besvar|favorit|marker som favorit|slet|vis|kommentér|synes godt om|del|rediger|læs mere|spring til indhold|annuller|søg|
favoritt|marker som favoritt|slett|kommenter|liker|les mer|hopp til innhold|avbryt|søk|
svara|markera som favorit|ta bort|radera|visa|kommentera|gilla|dela|redigera|läs mer|hoppa till innehåll|sök|
odpowiedz|ulubione|dodaj do ulubionych|usuń|zobacz|komentuj|lubię to|udostępnij|edytuj|czytaj więcej|czytaj dalej|przejdź do treści|anuluj|szukaj|
odpovědět|oblíbené|smazat|odstranit|zobrazit|komentovat|líbí se mi|sdílet|upravit|číst dále|přejít k obsahu|zrušit|hledat|
odpovedať|obľúbené|zmazať|odstrániť|zobraziť|čítať ďalej|prejsť na obsah|zrušiť|hľadať|
odgovori|priljubljeno|izbriši|ogled|preberi več|preskoči na vsebino|prekliči|iskanje|omiljeno|obriši|pogledaj|pročitaj više|odustani|traži|
ответить|избранное|в избранное|удалить|просмотр|посмотреть|комментировать|нравится|поделиться|редактировать|читать далее|перейти к содержимому|отмена|поиск|
відповісти|обране|видалити|переглянути|коментувати|подобається|поділитися|редагувати|читати далі|перейти до вмісту|скасувати|пошук|
отговор|отговори|любими|изтриване|изтрий|преглед|прочети още|одговори|омиљено|обриши|погледај|
răspunde|favorite|șterge|vezi|citește mai mult|sari la conținut|anulează|caută|
respon|preferit|suprimeix|mostra|llegeix més|cancel·la|cerca|respostar|favorito|eliminar|ler máis|
vastaa|suosikki|poista|näytä|kommentoi|tykkää|jaa|muokkaa|lue lisää|siirry sisältöön|peruuta|haku|
válasz|kedvenc|törlés|megtekintés|tovább|ugrás a tartalomra|mégse|keresés|
απάντηση|αγαπημένο|διαγραφή|προβολή|διαβάστε περισσότερα|ακύρωση|αναζήτηση|
yanıtla|cevapla|favori|sil|görüntüle|beğen|paylaş|düzenle|devamını oku|içeriğe geç|iptal|ara|
balas|favorit|hapus|lihat|suka|bagikan|sunting|baca selengkapnya|batal|cari|
trả lời|yêu thích|xóa|xem|thích|chia sẻ|sửa|đọc thêm|hủy|tìm kiếm|
رد|الرد|تفضيل|المفضلة|حذف|عرض|إعجاب|مشاركة|تعديل|اقرأ المزيد|إلغاء|بحث|
پاسخ|علاقه‌مندی|حذف|نمایش|پسندیدن|ویرایش|ادامه مطلب|لغو|جستجو|
הגב|השב|מועדף|מחיקה|מחק|הצג|אהבתי|שתף|עריכה|קרא עוד|ביטול|חיפוש|
返信|お気に入り|削除|表示|いいね|共有|編集|続きを読む|キャンセル|検索|
回复|回覆|收藏|删除|刪除|查看|檢視|赞|讚|分享|编辑|編輯|阅读更多|閱讀更多|取消|搜索|搜尋|
답글|즐겨찾기|삭제|보기|좋아요|공유|편집|더 보기|취소|검색|
ตอบกลับ|ชื่นชอบ|ลบ|ดู|ถูกใจ|แชร์|แก้ไข|อ่านเพิ่มเติม|ยกเลิก|ค้นหา`
    .split(/[|\n]+/)
    .filter(Boolean),
)

/** Counters, and sentences with numbers or names: "Show all 12 comments", "3 likes", "Ann and 2 others like this". */
const COUNTERS = [
  /^(?:show|view|see|load) (?:all |more )*\d*\s*(?:more )?(?:comments?|replies)$/i,
  /^(?:(?:alle|zeige alle)? ?\d+ (?:kommentare|antworten)(?: (?:an)?zeigen)?|(?:afficher|voir) (?:tous )?les \d+ (?:commentaires|réponses)|(?:mostrar|ver) (?:todos )?los \d+ comentarios|mostra tutti i \d+ commenti|(?:mostrar|ver) todos os \d+ comentários|(?:toon )?alle \d+ reacties(?: tonen)?)$/i,
  /^[^\s\d]{0,2}\s?\d+ ?(?:likes?|comments?|replies|reply|favorites?|favourites?|shares?|views?|reactions?)$/i,
  /^(?:comment|reply|favorite|favourite|like|share)s? ?[([]?\d+[)\]]?$/i,
  /^.{1,80} (?:likes?|liked|favorited) this$/i,
  /^you must be logged in to (?:reply|post|comment).{0,60}$/i,
  /^(?:please )?log ?in (?:or (?:register|sign up) )?to (?:reply|comment|join|post).{0,60}$/i,
  /^(?:this (?:web)?site|we|our site) uses? cookies?\b.{0,300}$/i,
  /^(?:accept|reject|allow|decline|manage)(?: all)? cookies?$|^cookie (?:settings|policy|notice)$|^got it!?$/i,
  /^\(?(?:loading|please wait)[.…]*\)?$/i,
  /^\[[ _]*\](?:search)?(?:\[search\])?$/i,
  /^[-=*_~·•\s]{3,}$/,
]

/** True for a line that belongs to the page and to no post. */
export function isLeftover(line: string): boolean {
  const text = line.trim()
  if (text === '' || text.length > 300) return false
  if (COUNTERS.some(pattern => pattern.test(text))) return true
  const buttons = text
    .toLowerCase()
    .split(/\s*(?:[•·|/\t]|\s{2,})\s*/)
    .filter(Boolean)
    .map(one => one.replace(/^[[(]+|[\])]+$|\s*[([]?\d+[)\]]?$/g, '').trim())
  return buttons.length > 0 && buttons.every(one => /^\d*$/.test(one) || isButtons(one)) && /\p{L}/u.test(text)
}

/** True for the words of one button, or of several with only spaces between. */
function isButtons(words: string): boolean {
  if (BUTTONS.has(words)) return true
  const parts = words.split(' ')
  for (let at = 0; at < parts.length; ) {
    const length = [4, 3, 2, 1].find(count => BUTTONS.has(parts.slice(at, at + count).join(' ')))
    if (length === undefined) return false
    at += length
  }
  return parts.length <= MAX_WORDS
}

const MAX_WORDS = 12

/** Lines that begin what is below a list of posts on a page. */
const FOOTER =
  /^(?:[*#]+ )?(?:recent (?:posts|comments)|archives|categories|meta|tag cloud|proudly powered by .*|powered by .*|copyright .*|© ?.*|privacy policy|leave a reply|related posts|references|site wide activity|who.?s online|recently active members|neueste (?:beiträge|kommentare)|articles récents|commentaires récents|entradas recientes|comentarios recientes|articoli recenti|recente berichten|stolz präsentiert von .*|fièrement propulsé par .*|funciona gracias a .*|свежие записи)(?: \*+)?$/i

export const isFooter = (line: string): boolean => line.length < 120 && FOOTER.test(line.trim())
