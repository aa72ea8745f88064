"""Whole pages as content systems of many countries build them: title, day and authors of each."""

from __future__ import annotations

from datetime import UTC, datetime

import lxml.html
import pytest

from pipelines.config import Config
from pipelines.metadata import dates, from_tree, sites

FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
# Of each page: language, address, its sentence, title, authors parted by semicolons, and the mark-up with {prose} where
# the paragraphs stand. All were out on 19 January 2024.
PAGES = [
    (
        "pl",
        "https://www.gazetaport.pl/artykul/most-znow-zamkniety",
        "Rada miasta spotkała się we wtorek wieczorem i przez trzy godziny rozmawiała o moście. ",
        "Most znów zamknięty. Co dalej?",
        "Jan Kowalski",
        "<title>Most znów zamknięty. Co dalej? - Wiadomości</title><nav><a href=/>Start</a></nav>"
        "<div class=art><h1 class=h>Most znów zamknięty. Co dalej?</h1><p class=meta>Jan Kowalski<br>"
        "19 stycznia 2024, 10:08</p><p class=lead><strong>Lead krótki artykułu.</strong></p>"
        "{prose}<div class=tagi>Tagi: most</div><h3>Zobacz także</h3><ul><li><a href=/x>Nowa szkoła</a>"
        " 20.01.2024</ul><div class=komentarze><h3>Komentarze</h3><p>anna, 21.01.2024 11:00</p></div>",
    ),
    (
        "ru",
        "https://port.ru/news/12345",
        "Городской совет собрался во вторник вечером и три часа обсуждал мост и школу. ",
        "Мост снова закрыт: что известно",
        "Иван Петров",
        "<title>Мост снова закрыт: что известно — Порт.ру</title>"
        '<meta property=og:title content="Мост снова закрыт: что известно"><div class=header>'
        "21 мая 2026, четверг</div><div class=news><div class=date>10:08, 19 января 2024</div><h1>"
        "Мост снова закрыт: что известно</h1><div class=author>Автор: Иван Петров</div>{prose}<div>"
        "Источник: ТАСС</div><div>Фото: Пётр Сидоров</div></div><div class=more><a href=/1>Школа открыта</a>"
        " <span class=date>20 января 2024</span></div>",
    ),
    (
        "el",
        "https://www.limani.gr/nea/gefyra",
        "Το δημοτικό συμβούλιο συνεδρίασε το βράδυ της Τρίτης και συζήτησε τρεις ώρες για τη γέφυρα. ",
        "Η γέφυρα έκλεισε ξανά",
        "Γιώργου Παπαδόπουλου",
        "<title>Η γέφυρα έκλεισε ξανά | LIMANI</title><div class=entry><h1>Η γέφυρα έκλεισε ξανά</h1><div>"
        "Του Γιώργου Παπαδόπουλου</div><div><span>Δημοσίευση: 19 Ιανουαρίου 2024, 10:08</span> <span>"
        "Τελευταία ενημέρωση: 20 Ιανουαρίου 2024, 09:00</span></div>{prose}</div>",
    ),
    (
        "cs",
        "https://www.pristav.cz/clanek/most",
        "Zastupitelé se sešli v úterý večer a tři hodiny mluvili o mostě. ",
        "Most je znovu uzavřen",
        "Jan Novák",
        "<title>Most je znovu uzavřen - Přístav</title><h1>Most je znovu uzavřen</h1><div>"
        'Jan Novák, <time datetime="2024-01-19T10:08+01:00">19. 1. 2024</time></div>{prose}<p>'
        "Autor: Jan Novák</p>",
    ),
    (
        "tr",
        "https://www.liman.com.tr/kopru",
        "Belediye meclisi salı akşamı toplandı ve üç saat köprüyü konuştu. ",
        "Köprü yeniden kapatıldı",
        "Ahmet Yılmaz",
        "<title>Köprü yeniden kapatıldı - Son Dakika</title><h1>Köprü yeniden kapatıldı</h1><h2>"
        "Spot metin burada yer alır ve uzun değildir.</h2><div class=info>"
        "Giriş: 19.01.2024 10:08 Güncelleme: 20.01.2024 09:00</div><div class=muhabir>"
        "Haber: Ahmet Yılmaz</div>{prose}",
    ),
    (
        "pt-BR",
        "https://porto.com.br/cidade/noticia/ponte.ghtml",
        "A câmara reuniu-se na terça-feira à noite e falou três horas sobre a ponte. ",
        "Ponte volta a fechar",
        "João Silva",
        "<title>Ponte volta a fechar | Cidade | Porto</title><h1>Ponte volta a fechar</h1><div>"
        "Por João Silva</div><div>19/01/2024 10h08 <span>Atualizado 20/01/2024 09h00</span></div>{prose}",
    ),
    (
        "it",
        "https://www.ilporto.it/cronaca/ponte",
        "Il consiglio si è riunito martedì sera e ha parlato tre ore del ponte. ",
        "Il ponte chiude di nuovo",
        "Mario Rossi",
        "<title>Il ponte chiude di nuovo - Il Porto</title><h1>Il ponte chiude di nuovo</h1><p>di <strong>"
        "Mario Rossi</strong></p><p>19 Gennaio 2024 alle 10:08</p>{prose}",
    ),
    (
        "es-MX",
        "https://www.elpuerto.com.mx/a",
        "El concejo se reunió el martes por la noche y habló tres horas sobre el puente. ",
        "El puente vuelve a cerrarse",
        "",
        "<title>El puente vuelve a cerrarse - El Puerto</title><h1>El puente vuelve a cerrarse</h1><div>"
        "Redacción | Ciudad de México | 19/01/2024 | 10:08</div>{prose}",
    ),
    (
        "nl",
        "https://www.haven.nl/a",
        "De gemeenteraad kwam dinsdagavond bijeen en sprak drie uur over de brug. ",
        "De brug is weer dicht",
        "Jan de Vries",
        "<title>De brug is weer dicht - Haven</title><h1>De brug is weer dicht</h1><div>"
        "Door: Jan de Vries<br>vr 19 jan 2024, 10:08</div>{prose}",
    ),
    (
        "sv",
        "https://www.hamnen.se/a",
        "Kommunfullmäktige samlades på tisdagskvällen och talade tre timmar om bron. ",
        "Bron är stängd igen",
        "Anna Svensson",
        "<title>Bron är stängd igen | Hamnen</title><h1>Bron är stängd igen</h1><div>"
        "Publicerad 2024-01-19 10.08</div><div>Anna Svensson</div>{prose}<p>Text: Anna Svensson</p>",
    ),
    (
        "hu",
        "https://kikoto.hu/a",
        "A képviselő-testület kedden este ülésezett és három órát beszélt a hídról. ",
        "Ismét lezárták a hidat",
        "Nagy Péter",
        "<title>Ismét lezárták a hidat - Kikötő</title><h1>Ismét lezárták a hidat</h1><div>"
        "Nagy Péter 2024. 01. 19. 10:08</div>{prose}",
    ),
    (
        "ar",
        "https://www.almina.com/a",
        "اجتمع مجلس المدينة مساء الثلاثاء وتحدث ثلاث ساعات عن الجسر والمدرسة. ",
        "الجسر يغلق مرة أخرى",
        "محمد أحمد",
        "<title>الجسر يغلق مرة أخرى - الميناء</title><h1>الجسر يغلق مرة أخرى</h1><div>كتب: محمد أحمد</div>"
        "<div>الجمعة 19 يناير 2024 - 10:08 ص</div>{prose}",
    ),
    (
        "hi",
        "https://www.bandargah.in/a",
        "नगर परिषद मंगलवार शाम को मिली और पुल के बारे में तीन घंटे बात की। ",
        "शहर का पुल फिर बंद हुआ",
        "Ram Kumar",
        "<title>शहर का पुल फिर बंद हुआ | समाचार</title><h1>शहर का पुल फिर बंद हुआ</h1><div>"
        "Written By: <a href=/author/ram-kumar>Ram Kumar</a></div><div>"
        "Updated at : 20 Jan 2024 09:00 AM (IST)</div><div>Published at : 19 Jan 2024 10:08 AM (IST)</div>"
        "{prose}",
    ),
    (
        "vi",
        "https://baocang.vn/a",
        "Hội đồng thành phố họp tối thứ ba và nói ba giờ về cây cầu. ",
        "Cây cầu lại đóng cửa",
        "Nguyễn Văn An",
        "<title>Cây cầu lại đóng cửa - Báo Cảng</title><div>Thứ sáu, 19/1/2024, 10:08 (GMT+7)</div><h1>"
        'Cây cầu lại đóng cửa</h1>{prose}<p style="text-align:right"><strong>Nguyễn Văn An</strong></p>',
    ),
    (
        "ko",
        "https://www.hanggu.co.kr/news/articleView.html?idxno=1",
        "시의회는 화요일 저녁에 모여 다리에 대해 세 시간 동안 이야기했다고 밝혔다. ",
        "항구 다리 또 폐쇄",
        "홍길동",
        "<title>항구 다리 또 폐쇄 &lt; 사회 &lt; 기사본문 - 항구신문</title><h3 class=heading>항구 다리 또 폐쇄</h3><ul class=info>"
        "<li>기자명 홍길동 기자</li><li>입력 2024.01.19 10:08</li><li>수정 2024.01.20 09:00</li></ul>{prose}",
    ),
    (
        "th",
        "https://www.tharuea.co.th/a",
        "สภาเมืองประชุมเมื่อเย็นวันอังคารและพูดคุยเรื่องสะพานเป็นเวลาสามชั่วโมง ",
        "สะพานกลางเมืองปิดอีกครั้ง",
        "",
        "<title>สะพานกลางเมืองปิดอีกครั้ง - ท่าเรือ</title><h1>สะพานกลางเมืองปิดอีกครั้ง</h1><div>"
        "19 ม.ค. 2567 10:08 น.</div>{prose}",
    ),
    (
        "id",
        "https://www.pelabuhan.com/a",
        "Dewan kota bertemu pada Selasa malam dan berbicara tiga jam tentang jembatan. ",
        "Jembatan kembali ditutup",
        "Budi Santoso",
        "<title>Jembatan kembali ditutup Halaman all - Pelabuhan.com</title><h1>Jembatan kembali ditutup</h1>"
        "<div>Pelabuhan.com - 19/01/2024, 10:08 WIB</div><div>Penulis: Budi Santoso</div><div>"
        "Editor: Siti Aminah</div>{prose}",
    ),
    (
        "fr",
        "https://www.leport.fr/a",
        "Le conseil municipal s’est réuni mardi soir et a parlé trois heures du pont. ",
        "Le pont est de nouveau fermé",
        "Jean Dupont",
        "<title>Le pont est de nouveau fermé</title><p>Temps de lecture 3 min</p><h1>"
        "Le pont est de nouveau fermé</h1><p>Par Jean Dupont</p><p>"
        "Publié le 19/01/2024 à 10h08, mis à jour le 20/01/2024 à 09h00</p>{prose}",
    ),
    (
        "fa",
        "https://www.bandar.ir/a",
        "شورای شهر سه شنبه شب جلسه داشت و سه ساعت درباره پل صحبت کرد. ",
        "پل دوباره بسته شد",
        "",
        "<title>پل دوباره بسته شد - بندر</title>"
        '<meta property="article:published_time" content="2024-01-19T10:08:00+03:30"><h1>'
        "پل دوباره بسته شد</h1><div>تاریخ انتشار: ۲۹ دی ۱۴۰۲ - ۱۰:۰۸</div>{prose}",
    ),
    (
        "uk",
        "https://port.ua/a",
        "Міська рада зібралася у вівторок увечері й три години говорила про міст. ",
        "Міст знову закритий",
        "Олена Коваль",
        "<title>Міст знову закритий | Порт</title><h1>Міст знову закритий</h1><div>"
        "Олена Коваль — п’ятниця, 19 січня 2024, 10:08</div>{prose}",
    ),
]


@pytest.mark.parametrize(
    ("lang", "url", "sentence", "title", "names", "markup"), PAGES, ids=[each[0] for each in PAGES]
)
def test_page(lang: str, url: str, sentence: str, title: str, names: str, markup: str) -> None:
    prose = "".join(f"<p>{sentence * 3} {number}.</p>" for number in range(12))
    tree = lxml.html.document_fromstring(f'<html lang="{lang}">{markup.replace("{prose}", prose)}</html>')
    meta = from_tree(tree, url=url, fetched_at=FETCHED, config=Config())
    assert meta.title == title
    assert meta.published and dates.local_day(meta.published, sites.zone(url, Config())) == "2024-01-19"
    assert ";".join(meta.authors) == names
