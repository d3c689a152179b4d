import type { ThreadWords } from './thread-words.js'

/** Languages of Eastern Europe, Asia and the Near East. Some have the forms of both genders in one sentence. */
export const EASTERN: readonly ThreadWords[] = [
  {
    name: 'pl',
    update: [
      '%m (?:opublikował|zamieścił|napisał|dodał)(?:a|/a|\\(a\\))? (?:aktualizację|wpis|aktualność) w grupie %g',
      '%m (?:opublikował|zamieścił|napisał|dodał)(?:a|/a|\\(a\\))? (?:aktualizację|wpis|aktualność)',
    ],
    reply: ['%m (?:odpowiedział|skomentował)(?:a|/a|\\(a\\))?'],
    picture: ['(?:zdjęcie|obrazek) profil(?:owe|owy|u)(?: użytkownika)? %m'],
    group: 'w grupie ?: %g',
  },
  {
    name: 'cs',
    update: [
      '%m (?:zveřejnil|přidal|napsal|vložil)(?:a|/a|\\(a\\))? (?:aktualizaci|aktualitu|příspěvek|novinku) ve? skupině %g',
      '%m (?:zveřejnil|přidal|napsal|vložil)(?:a|/a|\\(a\\))? (?:aktualizaci|aktualitu|příspěvek|novinku)',
    ],
    reply: ['%m (?:odpověděl|okomentoval)(?:a|/a|\\(a\\))?'],
    picture: ['profilov(?:ý obrázek|á fotka|á fotografie)(?: uživatele)? %m'],
  },
  {
    name: 'sk',
    update: [
      '%m (?:zverejnil|pridal|napísal)(?:a|/a|\\(a\\))? (?:aktualizáciu|aktualitu|príspevok) v skupine %g',
      '%m (?:zverejnil|pridal|napísal)(?:a|/a|\\(a\\))? (?:aktualizáciu|aktualitu|príspevok)',
    ],
    reply: ['%m (?:odpovedal|okomentoval)(?:a|/a|\\(a\\))?'],
    picture: ['profilov(?:ý obrázok|á fotka|á fotografia)(?: používateľa)? %m'],
  },
  {
    name: 'sl',
    update: ['%m je objavil(?:a|/a|\\(a\\))? posodobitev v skupini %g', '%m je objavil(?:a|/a|\\(a\\))? posodobitev'],
    reply: ['%m je odgovoril(?:a|/a|\\(a\\))?'],
    picture: ['(?:profilna slika|slika profila)(?: uporabnika)? %m'],
  },
  {
    name: 'hr',
    update: [
      '%m je (?:objavio|objavila|objavio/la) (?:ažuriranje|objavu|novost) u grupi %g',
      '%m je (?:objavio|objavila|objavio/la) (?:ažuriranje|objavu|novost)',
    ],
    reply: ['%m (?:je )?(?:odgovorio|odgovorila|odgovorio/la)'],
    picture: ['(?:profilna slika|slika profila)(?: korisnika)? %m'],
  },
  {
    name: 'sr',
    update: [
      '%m је (?:објавио|објавила|објавио/ла) (?:ажурирање|новост) у групи %g',
      '%m је (?:објавио|објавила|објавио/ла) (?:ажурирање|новост)',
    ],
    reply: ['%m (?:је )?(?:одговорио|одговорила|одговорио/ла)'],
    picture: ['(?:профилна слика|слика профила)(?: корисника)? %m'],
  },
  {
    name: 'ru',
    update: [
      '%m (?:опубликовал|разместил|написал|добавил)(?:а|/а|\\(а\\))? (?:обновление|запись|новость) в групп[еу] %g',
      '%m (?:опубликовал|разместил|написал|добавил)(?:а|/а|\\(а\\))? (?:обновление|запись|новость)',
    ],
    reply: ['%m (?:ответил|прокомментировал)(?:а|/а|\\(а\\))?'],
    picture: ['(?:изображение|фото|фотография|картинка) профиля %m', 'аватар %m'],
    group: 'в группе ?: %g',
  },
  {
    name: 'uk',
    update: [
      '%m (?:опублікува|розмісти|написа|дода)(?:в|ла|в/ла|в\\(ла\\)) (?:оновлення|запис|новину) [ву] груп[іу] %g',
      '%m (?:опублікува|розмісти|написа|дода)(?:в|ла|в/ла|в\\(ла\\)) (?:оновлення|запис|новину)',
    ],
    reply: ['%m (?:відпові|прокоментува)(?:в|ла|в/ла|в\\(ла\\))'],
    picture: ['(?:зображення|фото|світлина) профілю %m', 'аватар %m'],
  },
  {
    name: 'bg',
    update: [
      '%m публикува (?:актуализация|обновление|новина) в група(?:та)? %g',
      '%m публикува (?:актуализация|обновление|новина)',
    ],
    reply: ['%m (?:отговори|коментира)'],
    picture: ['(?:профилна снимка|снимка на профила) на %m'],
  },
  {
    name: 'fi',
    update: [
      '%m (?:julkaisi|lähetti|kirjoitti) päivityksen ryhmä(?:ssä|än) %g',
      '%m (?:julkaisi|lähetti|kirjoitti) päivityksen',
    ],
    reply: ['%m (?:vastasi|kommentoi)'],
    picture: ['profiilikuva:? %m', 'käyttäjän %m profiilikuva'],
  },
  {
    name: 'hu',
    update: [
      '%m (?:frissítést|bejegyzést) (?:tett közzé|írt|küldött) (?:az|a|a\\(z\\)) %g csoportban',
      '%m (?:frissítést|bejegyzést) (?:tett közzé|írt|küldött)',
    ],
    reply: ['%m (?:válaszolt|hozzászólt)'],
    picture: ['%m profilképe', 'profilkép:? %m'],
  },
  {
    name: 'el',
    update: [
      '(?:ο/η )?%m (?:δημοσίευσε|ανάρτησε) μια (?:ενημέρωση|ανάρτηση) στην ομάδα %g',
      '(?:ο/η )?%m (?:δημοσίευσε|ανάρτησε) μια (?:ενημέρωση|ανάρτηση)',
    ],
    reply: ['(?:ο/η )?%m (?:απάντησε|σχολίασε)'],
    picture: ['(?:εικόνα|φωτογραφία) προφίλ (?:του/της |του |της )?%m'],
  },
  {
    name: 'tr',
    update: [
      '%m, %g grubunda bir güncelleme (?:yayınladı|paylaştı|gönderdi)',
      '%m %g grubunda bir güncelleme (?:yayınladı|paylaştı|gönderdi)',
      '%m bir güncelleme (?:yayınladı|paylaştı|gönderdi)',
    ],
    reply: ['%m (?:yanıtladı|cevapladı|cevap verdi|yanıt verdi)'],
    picture: ['%m profil (?:fotoğrafı|resmi)', 'profil (?:fotoğrafı|resmi):? %m'],
  },
  {
    name: 'id',
    update: [
      '%m (?:memposting|mengirim|menulis) (?:sebuah )?(?:pembaruan|kabar|update) (?:di|dalam|ke) grup %g',
      '%m (?:memposting|mengirim|menulis) (?:sebuah )?(?:pembaruan|kabar|update)',
    ],
    reply: ['%m (?:membalas|menjawab|berkomentar)'],
    picture: ['(?:foto|gambar) profil(?: dari)? %m'],
  },
  {
    name: 'vi',
    update: [
      '%m đã đăng (?:một )?(?:cập nhật|bài)(?: viết)? (?:trong|lên|vào) nhóm %g',
      '%m đã đăng (?:một )?(?:cập nhật|bài)(?: viết)?',
    ],
    reply: ['%m đã (?:trả lời|bình luận)'],
    picture: ['(?:ảnh|hình) (?:hồ sơ|đại diện) (?:của )?%m'],
  },
  {
    name: 'ar',
    update: ['(?:نشر |قام )?%m (?:نشر|بنشر|أضاف) تحديث[اًا]* في (?:ال)?مجموعة %g', '%m (?:نشر|بنشر|أضاف) تحديث[اًا]*'],
    reply: ['%m (?:رد|أجاب|علق)', '(?:رد|أجاب|علق) %m'],
    picture: ['(?:صورة (?:الملف الشخصي|ملف) ?(?:ل|لـ)? ?)%m'],
  },
  {
    name: 'fa',
    update: [
      '%m (?:یک )?به ?روزرسانی (?:را )?در گروه %g (?:ارسال|منتشر) کرد',
      '%m (?:یک )?به ?روزرسانی (?:ارسال|منتشر) کرد',
    ],
    reply: ['%m پاسخ داد'],
    picture: ['(?:تصویر|عکس) (?:پروفایل|نمایه) %m'],
  },
  {
    name: 'he',
    update: ['%m (?:פרסם|פרסמה|פרסם/ה|כתב|כתבה) עדכון בקבוצה %g', '%m (?:פרסם|פרסמה|פרסם/ה|כתב|כתבה) עדכון'],
    reply: ['%m (?:השיב|השיבה|הגיב|הגיבה|ענה|ענתה|השיב/ה|הגיב/ה)'],
    picture: ['תמונת ה?פרופיל של %m'],
  },
  {
    name: 'ja',
    update: [
      '%m ?(?:さん)?が ?グループ ?「?%g」? ?(?:に|で) ?(?:更新|投稿|近況)(?:情報)?を?(?:投稿)?しました',
      '%m ?(?:さん)?が ?(?:更新|近況)(?:情報)?を投稿しました',
    ],
    reply: ['%m ?(?:さん)?が ?(?:返信|コメント)しました', '%m ?(?:さん)?の返信'],
    picture: ['%m ?(?:さん)?の ?プロフィール(?:写真|画像)'],
  },
  {
    name: 'zh',
    update: [
      '%m ?(?:在|於|于) ?(?:群组|群組|小组|小組|组|群) ?%g ?(?:中|里|裡|内)? ?(?:发布|發布|发表|發表|张贴|張貼)了? ?(?:一条|一個|一个|一則|一则)? ?(?:更新|动态|動態)',
      '%m ?(?:发布|發布|发表|發表)了? ?(?:一条|一個|一个|一則|一则)? ?(?:更新|动态|動態)',
    ],
    reply: ['%m ?(?:回复|回覆|回應|评论)了?'],
    picture: ['%m ?的?(?:头像|頭像|个人资料图片|個人資料圖片|个人资料照片)'],
  },
  {
    name: 'ko',
    update: [
      '%m ?님이 ?%g ?그룹에 ?(?:업데이트|새 글|소식)(?:를|을)? ?(?:게시|작성|등록)했습니다',
      '%m ?님이 ?(?:업데이트|새 글|소식)(?:를|을)? ?(?:게시|작성|등록)했습니다',
    ],
    reply: ['%m ?님이 ?(?:답글을 남겼습니다|답변했습니다|댓글을 남겼습니다|응답했습니다)'],
    picture: ['%m ?의? ?프로필 (?:사진|이미지)'],
  },
  {
    name: 'th',
    update: ['%m ?(?:ได้)?โพสต์(?:การ)?อัพ?ป?เดท?ต?ในกลุ่ม ?%g', '%m ?(?:ได้)?โพสต์(?:การ)?อัพ?ป?เดท?ต?'],
    reply: ['%m ?(?:ได้)?(?:ตอบกลับ|ตอบ)'],
    picture: ['(?:รูป|ภาพ)โปรไฟล์ของ ?%m'],
  },
]
