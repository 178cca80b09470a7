"""Lines that phones, mail programs, virus scanners, mailing lists and institutions add to a mail.

Lists only, in many languages: line_owners.py decides where in a mail they count. All are compared
in lower case.
"""

from __future__ import annotations

# "Sent from" and the like: at the beginning or end of a line that also names one of SENDERS.
SENT = (
    "sent from|sent via|sent with|sent using|sent by|sent on|sent through|get outlook|get yahoo|"
    "get spark|"
    "get bluemail|get the|enviado|enviada|envoyé|envoyée|provenance|obtenez|télécharger|obtenir|"
    "téléchargez|gesendet|"
    "holen sie sich|von meinem|отправлено|отправлена|послано|скачать|надіслано|відправлено|inviato|"
    "scarica|ottieni|wysłano|wysłane|pobierz|trimis|descărcați|obțineți|gönderildi|gönderilmiştir|"
    "edinin|indirin|مرسل|مرسلة|أرسلت|أُرسلت|الإرسال|إرسالها|احصل على|göndərilib|göndərildi|"
    "жіберілді|"
    "жіберілген|yuborildi|yuborilgan|გაგზავნილია|გამოგზავნილია|ուղարկված է|ուղարկվել է|dërguar|"
    "poslano|poslato|послато|изпратено|skickat|sendt|lähetetty|odesláno|odoslané|elküldve|"
    "verzonden|verstuurd|נשלח|נשלחה|στάλθηκε|descarga|obtén|yüklə"
)
SENDERS = (
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|\bmi\b|nokia|\bhonor\b|oppo|"
    r"pixel|"
    r"blackberry|windows phone|outlook|yahoo|gmail|mail\.ru|yandex|яндекс|proton ?mail|thunderbird|"
    r"mymail|spark|mail for windows|почт[аыеі]\S* (?:для|mail)|smartphone|handy|\bmobile\b|mobil|"
    r"my phone|телефон\S*|смартфон\S*|ukr\.net|i\.ua|rambler|bluemail|zimbra|superhuman|هاتف\S*|"
    r"الآيفون|ايفون|آيفون|آيباد|telefon\S*|téléphone|móvil|cellulare|ტელეფონ\S*|հեռախոս\S*|הטלפון|"
    r"\bxl\b"
)
# A line with one of these was added by a program, or by an institution to all its mails.
PROGRAM_LINES = (
    r"virus-?free|\bavast\b|\bavg\.com\b|mailscanner|messagelabs|symanteccloud|norton antivirus|"
    r"(?:checked|scanned|geprüft|vérifi\w+|analys\w+|провер\w+|перевір\w+|comprob\w+|analizad\w+|"
    r"controllat\w+|"
    r"sprawdz\w+|verificat\w*|taran\w+|yoxlan\w+|tekshiril\w+|тексеріл\w+|შემოწმ\w+|ստուգ\w+|فحص)"
    r"[^\n]{0,70}(?:virus|viren|вирус\w*|вірус\w*|viruslu|virüs\w*|ვირუს\w*|վիրուս\w*|الفيروسات|"
    r"kaspersky|eset|malware)|"
    r"без вирусов|без вірусів|sans virus|virenfrei|libre de virus|senza virus|wolny od wirusów|"
    r"fără viruși|virüssüz|خالية من الفيروسات|"
    r"^\[(?:external|externe|внешн\w+|зовнішн\w+|extern)\b[^\]]{0,20}\]|^\W*external (?:e-?mail|"
    r"mail|sender)\b|"
    r"^(?:caution|warning|attention|achtung|внимание|увага|atención|uwaga)\s?[:!\]–-].{0,60}"
    r"(?:external|outside|externe|extern|внешн|зовнішн|extérieur)|"
    r"don't often get e-?mail|don’t often get e-?mail|n'obtenez pas souvent|n’obtenez pas souvent|"
    r"erhalten nicht oft|не часто получаете|нечасто получаете|no suele recibir|"
    r"learnaboutsenderidentification|"
    r"^\[(?:cid|image|bild|изображение|immagine|imagen)[:\d][^\n]{0,80}\]?$|^<?image\d+\.(?:png|"
    r"jpe?g|gif)>?$|"
    r"^\[(?:quoted text hidden|цитируемый текст скрыт|texte des messages précédents masqué|"
    r"zitierter text ausgeblendet|el texto citado está oculto|testo tra virgolette nascosto)\]$|"
    r"^(?:view|open|read) (?:this )?(?:e-?mail|message) in (?:your )?browser|^unsubscribe\b"
)
# The first line of a confidentiality notice or mailing-list footer, which runs to the end.
NOTICES = (
    r"^\W*(?:confidentiality|disclaimer|privacy|legal|confidential|"
    r"privileged)\b[^.]{0,30}(?:notice|note|statement|:|$)|"
    r"this (?:e-?mail|message|communication)[^.]{0,120}(?:confidential|privileged|intended|"
    r"addressee|personal)|"
    r"the (?:information|contents?)[^.]{0,60}(?:e-?mail|message|"
    r"communication)[^.]{0,100}(?:confidential|privileged|intended|views?)|"
    r"if you (?:are not the intended|have received this)|"
    r"(?:ce|cet|le présent) (?:message|courriel|courrier|e-?mail)[^.]{0,160}(?:confident|destin|"
    r"strictement)|"
    r"(?:diese|dieses) (?:e-?mail|nachricht|mail)[^.]{0,160}(?:vertraulich|bestimmt|empfänger)|"
    r"(?:это|данное|настоящее) (?:электронное )?(?:сообщение|письмо)[^.]{0,160}(?:конфиденц|"
    r"предназнач|адресат)|"
    r"(?:це|цей|дане) (?:електронн\w+ )?(?:повідомлення|лист)[^.]{0,160}(?:конфіденц|признач|"
    r"адресат)|"
    r"(?:este|esta) (?:mensaje|correo|mensagem|e-?mail|comunicación)[^.]{0,160}(?:confiden|"
    r"dirigid|destin)|"
    r"(?:questo messaggio|questa e-?mail|la presente)[^.]{0,160}(?:riservat|confiden|destinat)|"
    r"(?:ta|niniejsza|treść tej) (?:wiadomość|wiadomości|korespondencja)[^.]{0,160}(?:poufn|"
    r"adresat|przeznaczon)|"
    r"acest (?:e-?mail|mesaj)[^.]{0,160}(?:confiden|destinat)|"
    r"bu (?:e-?posta|ileti|mesaj|elektron)[^.]{0,160}(?:gizli|məxfi|kişiye)|"
    r"bu (?:xabar|xat)[^.]{0,160}(?:maxfiy)|"
    r"бұл (?:хабарлама|хат)[^.]{0,160}(?:құпия)|"
    r"(?:هذه الرسالة|هذا البريد|تحتوي هذه الرسالة)[^.]{0,160}(?:سري|خاص|المرسل إليه)|"
    r"(?:ეს|აღნიშნული|მოცემული) (?:წერილი|შეტყობინება|ელ)[^.]{0,160}(?:კონფიდენც)|"
    r"(?:սույն|այս) (?:նամակը|հաղորդագրությունը|էլ)[^.]{0,160}(?:գաղտնի)|"
    r"(?:consider|think of) the environment|pensez à l'environnement|denken sie an die umwelt|"
    r"imprimer ce|прежде чем (?:распечатать|печатать)|перш ніж друкувати|antes de imprimir|"
    r"prima di stampare|"
    r"bevor sie diese|înainte de a tipări|yazdırmadan önce|zanim wydrukujesz|قبل الطباعة|"
    r"فكر في البيئة|"
    r"you received this message because|you are receiving this|vous recevez ce|to unsubscribe|"
    r"se désabonner|отписаться|чтобы отменить подписку|darse de baja|abmelden|mailing list$|"
    r"mailing list\b.{0,40}https?:|"
    r"^to view this discussion|groups\.google\.com|lists\.\S+/mailman"
)
