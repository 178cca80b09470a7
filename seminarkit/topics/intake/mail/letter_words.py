"""Greetings, closings and quotation headers of mails, in many languages.

Lists only: quote_marks.py and line_owners.py decide where in a mail they count. All are compared
in lower case.
"""

from __future__ import annotations

# The header labels above a quoted mail, by header field.
HEADERS: dict[str, str] = {
    "from": "from|von|de|от|от кого|від|від кого|da|od|de la|kimden|gönderen|من|المرسل|kimdən|"
    "göndərən|"
    "кімнен|жіберуші|kimdan|yuboruvchi|ვისგან|გამომგზავნი|ումից|ուղարկող|nga|dërguar nga|šalje|"
    "pošiljatelj|пошиљалац|шаље|од|från|fra|lähettäjä|feladó|από|van|afzender|expéditeur|remitente|"
    "mittente|absender|nadawca|expeditor|отправитель|відправник|מאת|发件人|差出人|ад|ад каго|"
    "кимден|аз",
    "sent": "sent|date|gesendet|datum|envoyé|envoyé le|date d'envoi|отправлено|дата|дата отправки|"
    "надіслано|відправлено|enviado|enviado el|enviada|enviada em|fecha|data|inviato|data invio|"
    "wysłano|"
    "wysłane|trimis|data trimiterii|gönderildi|gönderme tarihi|tarih|gönderilen|تم الإرسال|"
    "تاريخ الإرسال|"
    "التاريخ|تاريخ|göndərilib|göndərildi|tarix|жіберілді|жіберілген|күні|yuborildi|yuborilgan|sana|"
    "გაგზავნილია|გაგზავნის დრო|თარიღი|ուղարկված է|ուղարկվել է|ամսաթիվ|dërguar|dërguar më|poslano|"
    "poslato|"
    "послато|датум|skickat|sendt|dato|lähetetty|päiväys|odesláno|odoslané|elküldve|dátum|"
    "στάλθηκε|ημερομηνία|verzonden|изпратено|испратено|נשלח|תאריך|发送时间|送信日時|даслана|"
    "жөнөтүлдү",
    "to": "to|an|à|a|кому|кому:|para|do|към|către|kime|alıcı|إلى|الى|kimə|кімге|kimga|ვის|მიმღები|"
    "ում|"
    "ստացող|për|drejtuar|prima|za|прима|за|till|til|vastaanottaja|komu|címzett|προς|aan|"
    "destinataire|"
    "destinatario|destinatário|empfänger|получатель|одержувач|אל|收件人|宛先|каму|ба",
    "cc": "cc|kopie|копия|копія|cci|bcc|copie|copia|kopia|copy|نسخة|عناية|bilgi|kopiya|көшірме|"
    "ასლი|"
    "პირადი ასლი|պատճեն|kopja|kopija|копија|kopi|kopio|másolatot kap|κοιν|kópia|העתק|抄送",
    "subject": "subject|betreff|objet|тема|asunto|assunto|oggetto|temat|subiect|konu|الموضوع|"
    "موضوع|mövzu|"
    "тақырып|тақырыбы|mavzu|თემა|თემა/საგანი|საგანი|թեմա|subjekti|tema|predmet|naslov|предмет|"
    "наслов|"
    "относно|ämne|emne|aihe|předmět|tárgy|θέμα|onderwerp|נושא|主题|件名|re|мавзӯъ|темасы",
}
# The verb in "On … X wrote:" above a quoted mail.
WROTE = (
    "wrote|writes|schrieb|geschrieben|a écrit|écrit|написал|написала|написали|пишет|писал|писала|"
    "написав|написала|пише|пишет|escribió|escreveu|ha scritto|scritto|napisał|napisała|napisał(a)|"
    "pisze|a scris|scris|yazdı|şunu yazdı|yazmış|yazdi|yozdi|yozgan|كتب|كتبت|كتابة|deyə yazıb|"
    "yazıb|"
    "жазды|деп жазды|წერდა|დაწერა|მოგწერათ|წერს|գրել է|գրեց|գրել է՝|shkroi|ka shkruar|napisao|"
    "napisala|"
    "napisao/la|написа|напиша|је написао|skrev|kirjoitti|napsal|napsal(a)|napísal|írta|έγραψε|"
    "schreef|כתב|"
    "כתבה|писаў|напісаў|жазган|навишт|menulis|写道|quoting|zitat von|"
    "citando|quotando|cytowanie|цитирую"
)
# Words in the separator line between dashes above a quoted or forwarded mail.
SEPARATORS = (
    "original|originale|original-nachricht|ursprüngliche|d'origine|origine|исходное|оригинальное|"
    "первоначальное|вихідне|оригінальне|пересылаемое|пересланное|переслане|переслано|forwarded|"
    "forward|"
    "transféré|transmis|weitergeleitete|weitergeleitet|reenviado|encaminhada|inoltrato|przekazana|"
    "oryginalna|wiadomość|redirecționat|iletilen|iletilmiş|özgün|orijinal|yönlendirilmiş|الرسالة|"
    "رسالة|"
    "yönləndirilmiş|қайта|бастапқы|asl|yuborilgan|გადაგზავნილი|ორიგინალი|თავდაპირველი|"
    "փոխանցված|սկզբնական|përcjellë|origjinal|prosleđena|proslijeđena|izvorna|препратено|oprindelig|"
    "ursprungligt|alkuperäinen|původní|eredeti|αρχικό|oorspronkelijk|הודעה|message|mensaje|mesaj|"
    "mensagem|"
    "nachricht|messaggio|сообщение|повідомлення|съобщение|хабар|xabar"
)
# Closing formulas, on a line of their own; a name may follow after a comma.
CLOSINGS: tuple[str, ...] = (
    *("best regards", "kind regards", "warm regards", "warmest regards", "regards", "with regards"),
    *("many regards", "with best regards", "with kind regards", "with warm regards", "rgds", "br"),
    *("kindest regards", "best", "all the best", "best wishes", "with best wishes", "warm wishes"),
    *(
        "yours sincerely",
        "sincerely",
        "sincerely yours",
        "yours truly",
        "yours faithfully",
        "yours",
    ),
    *(
        "respectfully",
        "respectfully yours",
        "cheers",
        "thank you and best regards",
        "thanks and best",
    ),
    *(
        "with thanks and regards",
        "thanks and regards",
        "thanks & regards",
        "greetings from tbilisi",
    ),
    *(
        "best greetings",
        "kind greetings",
        "warm greetings",
        "with respect",
        "take care",
        "cordially",
    ),
    *(
        "many thanks in advance",
        "many thanks and best regards",
        "thanks and kind regards",
        "br,",
        "kr",
        "b.r.",
        "k.r.",
    ),
    *("cordialement", "bien cordialement", "très cordialement", "bien à vous", "bien à toi"),
    *("salutations", "meilleures salutations", "salutations distinguées", "sincères salutations"),
    *("avec mes meilleures salutations", "cdlt", "cdt", "amicalement", "respectueusement"),
    *("bonne journée", "bonne réception", "très bonne journée", "avec mes remerciements"),
    *("mit freundlichen grüßen", "mit freundlichen gruessen", "mit freundlichem gruß", "mfg"),
    *("mit besten grüßen", "mit herzlichen grüßen", "freundliche grüße", "freundliche grüsse"),
    *("viele grüße", "viele gruesse", "beste grüße", "herzliche grüße", "liebe grüße", "vg", "lg"),
    *("mit freundlichen grüssen", "schöne grüße", "grüße", "gruß", "hochachtungsvoll"),
    *("с уважением", "с наилучшими пожеланиями", "всего доброго", "всего хорошего", "с приветом"),
    *("искренне ваш", "искренне ваша", "с искренним уважением", "с благодарностью", "с почтением"),
    *("хорошего дня", "удачи", "с ув", "с глубоким уважением", "с сердечным приветом"),
    *(
        "з повагою",
        "із повагою",
        "з найкращими побажаннями",
        "щиро ваш",
        "щиро ваша",
        "гарного дня",
    ),
    *(
        "з павагай",
        "с уважение",
        "поздрави",
        "с поштовањем",
        "срдачан поздрав",
        "поздрав",
        "со почит",
    ),
    *("مع أطيب التحيات", "مع التحية", "تحياتي", "مع خالص التحية", "مع فائق الاحترام", "مع التقدير"),
    *("أطيب التحيات", "وتفضلوا بقبول فائق الاحترام", "مع تحياتي", "والسلام عليكم", "مع الاحترام"),
    *("مع خالص التقدير", "تقبلوا فائق الاحترام", "مع خالص الشكر والتقدير", "والسلام"),
    *(
        "saludos",
        "un saludo",
        "saludos cordiales",
        "un cordial saludo",
        "cordialmente",
        "atentamente",
    ),
    *("atte", "muchos saludos", "reciba un cordial saludo", "saludos a todos", "un abrazo"),
    *("atenciosamente", "com os melhores cumprimentos", "cumprimentos", "melhores cumprimentos"),
    *("cordiali saluti", "distinti saluti", "saluti", "un cordiale saluto", "cari saluti"),
    *("con i migliori saluti", "un saluto", "buona giornata", "buon lavoro"),
    *("z poważaniem", "pozdrawiam", "z wyrazami szacunku", "pozdrowienia", "łączę wyrazy szacunku"),
    *("serdecznie pozdrawiam", "miłego dnia", "z pozdrowieniami", "serdeczne pozdrowienia"),
    *(
        "cu stimă",
        "cu respect",
        "cu deosebită stimă",
        "toate cele bune",
        "cu prietenie",
        "o zi bună",
    ),
    *("cele mai bune urări", "cu stima", "numai bine"),
    *("saygılarımla", "saygılarımızla", "iyi çalışmalar", "sevgiler", "en iyi dileklerimle"),
    *("iyi günler", "selamlar", "saygılar", "kolay gelsin", "esenlikler"),
    *("hörmətlə", "hörmətlərimlə", "ən xoş arzularla", "dərin hörmətlə", "sayqılarla"),
    *("құрметпен", "ізгі тілекпен", "ізгі ниетпен", "сәлеммен", "зор құрметпен", "урматтоо менен"),
    *("hurmat bilan", "ehtirom bilan", "hurmatla", "eng yaxshi tilaklar bilan", "ҳурмат билан"),
    *("бо эҳтиром", "hormatlamak bilen"),
    *(
        "პატივისცემით",
        "საუკეთესო სურვილებით",
        "კეთილი სურვილებით",
        "მადლობით",
        "გისურვებთ წარმატებებს",
    ),
    *("ღრმა პატივისცემით", "პატივისცემით თქვენი", "მოკითხვით"),
    *("հարգանքով", "հարգանքներով", "լավագույն մաղթանքներով", "անկեղծորեն", "խորին հարգանքով"),
    *("בברכה", "תודה ובברכה", "בכבוד רב", "כל טוב", "בתודה", "יום טוב"),
    *("me respekt", "përshëndetje", "me të fala", "me nderime", "përzemërsisht", "gjithë të mirat"),
    *("s poštovanjem", "srdačan pozdrav", "lijep pozdrav", "lep pozdrav", "pozdrav", "lp", "sp"),
    *("met vriendelijke groet", "met vriendelijke groeten", "groeten", "hartelijke groet", "mvg"),
    *("med vänlig hälsning", "vänliga hälsningar", "med venlig hilsen", "venlig hilsen", "mvh"),
    *("hälsningar", "hilsen", "ystävällisin terveisin", "terveisin", "s pozdravem", "s úctou"),
    *("s pozdravom", "üdvözlettel", "tisztelettel", "με εκτίμηση", "φιλικά", "lugupidamisega"),
    *("pagarbiai", "ar cieņu", "atte.", "lep pozdrav"),
)
# Thanks also close a letter but may begin a sentence, so they count only as a whole line.
THANKS: tuple[str, ...] = (
    *("thanks", "thank you", "many thanks", "thanks a lot", "thank you very much", "thx", "cheers"),
    *("thanks in advance", "thank you in advance", "thanks again", "thank you all", "with thanks"),
    *(
        "merci",
        "merci beaucoup",
        "merci d'avance",
        "avec mes remerciements",
        "danke",
        "vielen dank",
    ),
    *("danke schön", "besten dank", "herzlichen dank", "vielen dank im voraus", "спасибо"),
    *(
        "большое спасибо",
        "заранее спасибо",
        "заранее благодарю",
        "благодарю",
        "дякую",
        "щиро дякую",
    ),
    *("شكرا", "شكرا لكم", "شكرا جزيلا", "شكراً", "شكراً جزيلاً", "gracias", "muchas gracias"),
    *("obrigado", "obrigada", "grazie", "grazie mille", "dziękuję", "dzięki", "z góry dziękuję"),
    *(
        "mulțumesc",
        "multumesc",
        "vă mulțumesc",
        "teşekkürler",
        "teşekkür ederim",
        "çok teşekkürler",
    ),
    *("təşəkkürlər", "təşəkkür edirəm", "рахмет", "рақмет", "көп рахмет", "rahmat", "katta rahmat"),
    *(
        "მადლობა",
        "დიდი მადლობა",
        "წინასწარ გიხდით მადლობას",
        "შնորհակալություն",
        "շնորհակալություն",
    ),
    *("faleminderit", "ju faleminderit", "hvala", "hvala vam", "puno hvala", "хвала", "благодаря"),
    *("תודה", "תודה רבה", "dank u wel", "bedankt", "tack", "tak", "kiitos", "děkuji", "köszönöm"),
)
# Salutations.
GREETINGS = (
    "dear|hello|hi|hey|good morning|good afternoon|good evening|greetings|to whom it may concern|"
    "bonjour|bonsoir|madame|monsieur|mesdames|chère|cher|chers|chères|salut|sehr geehrte|"
    "sehr geehrter|liebe|lieber|guten tag|guten morgen|hallo|moin|уважаемый|уважаемая|уважаемые|"
    "здравствуйте|добрый день|доброе утро|добрый вечер|дорогие|дорогая|дорогой|коллеги|привет|"
    "шановний|шановна|шановні|доброго дня|добрий день|вітаю|дорогі|السلام عليكم|مرحبا|تحية طيبة|"
    "السادة|السيد|السيدة|الأعزاء|الزملاء|أعزائي|عزيزي|عزيزتي|estimado|estimada|estimados|estimadas|"
    "hola|buenos días|buenas tardes|querido|queridos|prezado|prezada|prezados|caro|cara|cari|"
    "gentile|"
    "gentili|buongiorno|buonasera|egregio|spettabile|szanowny|szanowna|szanowni|dzień dobry|drodzy|"
    "stimate|stimată|stimați|stimaţi|bună ziua|dragă|dragi|bună|sayın|merhaba|değerli|iyi günler|"
    "hörmətli|salam|salamlar|құрметті|сәлеметсіз бе|сәлем|қайырлы күн|hurmatli|assalomu alaykum|"
    "salom|ძვირფასო|გამარჯობა|პატივცემულო|მოგესალმებით|დილა მშვიდობისა|հարգելի|բարև|բարև ձեզ|"
    "բարի օր|սիրելի|i nderuar|e nderuar|të nderuar|përshëndetje|poštovani|poštovana|dobar dan|"
    "zdravo|"
    "dragi|поштовани|уважаеми|здравейте|שלום|שלום רב|לכבוד|geachte|beste|hej|hei|vážený|vážení|"
    "dobrý den|tisztelt|kedves|αγαπητέ|αγαπητοί|урматтуу|паважаныя"
)
