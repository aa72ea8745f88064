"""Bylines of many languages: whom they name, and lines that only begin like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.authors import from_byline
from tests.metadata_pages import PROSE, article, page

# A line, then the names it credits, parted by semicolons.
CREDITS = """
Autor: Jan Kowalski = Jan Kowalski
Mis à jour le 20/01/2024 à 08h00 - Publié le 19/01/2024 à 10h08 - Par Claire Dubois avec AFP = Claire Dubois
By Jane Doe with Reuters = Jane Doe
2 days ago by Jane Doe = Jane Doe
opr. Jan Kowalski, źródło: PAP = Jan Kowalski
发布时间:2024-01-19来源:港城日报作者:张三 = 张三
2024-01-19 10:08:00 文/张三 图/李四 编辑/王五 = 张三
Autorka: Anna Nowak-Kowalska = Anna Nowak-Kowalska
oprac. Jan Kowalski = Jan Kowalski
Opracowanie: Jan Kowalski = Jan Kowalski
Autorzy: Jan Kowalski, Anna Nowak = Jan Kowalski;Anna Nowak
Tekst: Jan Kowalski Zdjęcia: Anna Nowak = Jan Kowalski
Napisał: Jan Kowalski = Jan Kowalski
Autor artykułu: Jan Kowalski = Jan Kowalski
Rozmawiał: Jan Kowalski = Jan Kowalski
Автор: Иван Петров = Иван Петров
Автор: Иван Петров, Мария Сидорова = Иван Петров;Мария Сидорова
Автор: Петров Иван Сергеевич = Петров Иван Сергеевич
Текст: Иван Петров = Иван Петров
Авторы: Иван Петров, Мария Сидорова = Иван Петров;Мария Сидорова
Автор материала: Иван Петров = Иван Петров
Автор статьи: Иван Петров = Иван Петров
Подготовил Иван Петров = Иван Петров
Подготовила: Мария Сидорова = Мария Сидорова
Беседовал Иван Петров = Иван Петров
Корреспондент: Иван Петров = Иван Петров
Автор: Іван Петренко = Іван Петренко
Автор: Олена Коваль, Іван Петренко = Олена Коваль;Іван Петренко
Підготувала Олена Коваль = Олена Коваль
Текст: Олена Коваль = Олена Коваль
Του Γιώργου Παπαδόπουλου = Γιώργου Παπαδόπουλου
Της Μαρίας Παπαδοπούλου = Μαρίας Παπαδοπούλου
Γράφει ο Γιώργος Παπαδόπουλος = Γιώργος Παπαδόπουλος
Γράφει η Μαρία Παπαδοπούλου = Μαρία Παπαδοπούλου
Συντάκτης: Γιώργος Παπαδόπουλος = Γιώργος Παπαδόπουλος
Από Γιώργος Παπαδόπουλος = Γιώργος Παπαδόπουλος
Ρεπορτάζ: Γιώργος Παπαδόπουλος = Γιώργος Παπαδόπουλος
Autor: Jan Novák = Jan Novák
Autor: Jan Novák, ČTK = Jan Novák
Autoři: Jan Novák, Petra Nováková = Jan Novák;Petra Nováková
Napsal: Jan Novák = Jan Novák
Autor článku: Jan Novák = Jan Novák
Yazar: Ahmet Yılmaz = Ahmet Yılmaz
Haber: Ahmet Yılmaz = Ahmet Yılmaz
Muhabir: Ahmet Yılmaz = Ahmet Yılmaz
Haberi Yazan: Ahmet Yılmaz = Ahmet Yılmaz
Por João Silva = João Silva
Por João Silva e Maria Souza = João Silva;Maria Souza
Por João Silva, g1 SP — São Paulo = João Silva
Autor: João da Silva = João da Silva
Texto: João Silva = João Silva
Escrito por João Silva em 19/01/2024 = João Silva
Reportagem: João Silva = João Silva
di Mario Rossi = Mario Rossi
di Mario Rossi e Anna Bianchi = Mario Rossi;Anna Bianchi
A cura di Mario Rossi = Mario Rossi
Autore: Mario Rossi = Mario Rossi
Scritto da Mario Rossi = Mario Rossi
dal nostro inviato Mario Rossi = Mario Rossi
di Mario Rossi, inviato a Roma = Mario Rossi
Por Juan Pérez García = Juan Pérez García
Por: Juan Pérez = Juan Pérez
Por Juan Pérez y María López = Juan Pérez;María López
Escrito por: Juan Pérez = Juan Pérez
Texto: Juan Pérez Fotos: María López = Juan Pérez
Redactado por Juan Pérez = Juan Pérez
Autor: Juan Pérez = Juan Pérez
Un texto de Juan Pérez = Juan Pérez
Door: Jan de Vries = Jan de Vries
Door Jan de Vries en Piet Jansen = Jan de Vries;Piet Jansen
Auteur: Jan van der Berg = Jan van der Berg
Geschreven door Jan de Vries = Jan de Vries
Tekst: Jan de Vries = Jan de Vries
Av Anna Svensson = Anna Svensson
Av: Anna Svensson = Anna Svensson
Text: Anna Svensson Foto: Erik Berg = Anna Svensson
Skriven av Anna Svensson = Anna Svensson
Af Lars Jensen = Lars Jensen
Av Kari Nordmann = Kari Nordmann
Tekst: Kari Nordmann = Kari Nordmann
Kirjoittaja: Matti Virtanen = Matti Virtanen
Teksti: Matti Virtanen = Matti Virtanen
Toimittaja: Matti Virtanen = Matti Virtanen
Szerző: Nagy Péter = Nagy Péter
Írta: Nagy Péter = Nagy Péter
Szerzők: Nagy Péter, Kovács Anna = Nagy Péter;Kovács Anna
de Ion Popescu = Ion Popescu
Autor: Ion Popescu = Ion Popescu
Scris de Ion Popescu = Ion Popescu
Автор: Иван Иванов = Иван Иванов
Автор Иван Иванов = Иван Иванов
Autor: Petar Petrović = Petar Petrović
Piše: Petar Petrović = Petar Petrović
Piše: Ivan Horvat = Ivan Horvat
Autor: Ivan Horvat / Hina = Ivan Horvat
كتب: محمد أحمد = محمد أحمد
كتب محمد أحمد = محمد أحمد
بقلم: محمد أحمد = محمد أحمد
كتبت: فاطمة علي = فاطمة علي
بواسطة محمد أحمد = محمد أحمد
الكاتب: محمد أحمد = محمد أحمد
إعداد: محمد أحمد = محمد أحمد
लेखक: राम कुमार = राम कुमार
Written By: Ram Kumar = Ram Kumar
Reported By: Ram Kumar = Ram Kumar
Written by: राम कुमार = राम कुमार
By: Ram Kumar | Updated at : 19 Jan 2024 10:08 AM (IST) = Ram Kumar
Authored by Ram Kumar | Edited by Shyam = Ram Kumar
Tác giả: Nguyễn Văn An = Nguyễn Văn An
Bài: Nguyễn Văn An = Nguyễn Văn An
Bởi Nguyễn Văn An = Nguyễn Văn An
Penulis: Budi Santoso = Budi Santoso
Oleh: Budi Santoso = Budi Santoso
Reporter: Budi Santoso | Editor: Siti Aminah = Budi Santoso
Ditulis oleh Budi Santoso = Budi Santoso
홍길동 기자 = 홍길동
홍길동 기자 hong@example.com = 홍길동
글 홍길동 = 홍길동
[항구신문 홍길동 기자] = 홍길동
(서울=연합뉴스) 홍길동 기자 =  = 홍길동
기자 홍길동 = 홍길동
홍길동·김철수 기자 = 홍길동;김철수
홍길동 특파원 = 홍길동
글·사진 홍길동 기자 = 홍길동
โดย สมชาย ใจดี = สมชาย ใจดี
ผู้เขียน: สมชาย ใจดี = สมชาย ใจดี
เรื่อง: สมชาย ใจดี = สมชาย ใจดี
Par Jean Dupont = Jean Dupont
Par Jean Dupont et Marie Durand = Jean Dupont;Marie Durand
Par Jean Dupont (avec AFP) = Jean Dupont
Écrit par Jean Dupont = Jean Dupont
Propos recueillis par Jean Dupont = Jean Dupont
Publié par Jean Dupont = Jean Dupont
Par Jean-Pierre de La Tour, à Rome = Jean-Pierre de La Tour
Texte : Jean Dupont / Photos : Marie Durand = Jean Dupont
מאת: יוסי כהן = יוסי כהן
מאת יוסי כהן = יוסי כהן
By Jane Doe, Associated Press = Jane Doe
By JANE DOE Associated Press = Jane Doe
By Jane Doe and John Smith, CNN = Jane Doe;John Smith
By Jane Doe BBC News = Jane Doe
By Jane Doe, Political reporter = Jane Doe
By Jane Doe in Berlin = Jane Doe
By Jane Doe Updated January 19, 2024 = Jane Doe
Words: Jane Doe = Jane Doe
Posted by: Jane Doe = Jane Doe
By Jane O'Neill-Smith = Jane O'Neill-Smith
By Jane van der Berg = Jane van der Berg
By Jane Doe & John Smith = Jane Doe;John Smith
By Jane Doe | Staff Writer = Jane Doe
By José Núñez = José Núñez
Von unserem Korrespondenten Max Müller = Max Müller
Von Max Müller, dpa = Max Müller
Von Max Müller und Eva Maier = Max Müller;Eva Maier
Autor: Max Müller = Max Müller
Text: Max Müller, Foto: Eva Maier = Max Müller
Ein Beitrag von Max Müller = Max Müller
文＝山田太郎 = 山田太郎
記者：山田太郎 = 山田太郎
執筆：山田太郎 = 山田太郎
作者：张三 = 张三
文 / 张三 = 张三
记者 张三 李四 = 张三;李四
撰文 张三 = 张三
新华社记者张三 = 张三
中新网记者 张三 报道 = 张三
记者张三报道 = 张三
央视记者 张三 = 张三
通讯员 张三 = 张三
港口日报讯（记者 张三 通讯员 李四） = 张三;李四
记者：张三 编辑：李四 = 张三
作者 | 张三 = 张三
作者：张三（港口大学教授） = 张三
文：张三 = 张三
記者張三台北報導 = 張三
張三／台北報導 = 張三
文／張三 = 張三
撰文：張三 = 張三
[記者張三／台北報導] = 張三
新华社北京1月19日电（记者张三、李四） = 张三;李四
来源：港口网 作者：张三 = 张三
特约撰稿人 张三 = 张三
见习记者 张三 = 张三
港口报记者张三 实习生李四 = 张三;李四
采访人员 张三 = 张三
澎湃新闻记者 张三 = 张三
作者：阿里木·买买提 = 阿里木·买买提
文字：张三 摄影：李四 = 张三
"""
NOBODY = """
Jan Kowalski, PAP // Źródło: PAP // Redaktor: Jan Kowalski // Autor: Redakcja // fot. Jan Kowalski
Иван Петров, корреспондент РИА Новости // Фото: Иван Петров // Источник: ТАСС // Редактор: Иван Петров
Автор: редакция // Автор: РИА Новости // Фото: Олена Коваль // Джерело: Укрінформ
Επιμέλεια: Γιώργος Παπαδόπουλος // Πηγή: ΑΠΕ-ΜΠΕ // Συντάκτης: Newsroom // Zdroj: ČTK // Foto: Jan Novák
Jan Novák, Redaktor // Editör: Ahmet Yılmaz // Kaynak: AA // Ahmet Yılmaz / İstanbul // Por Redação
Por Agência Brasil // Da Redação // Fonte: Agência Lusa // Foto: João Silva // Di Redazione
di Redazione online // Fonte: ANSA // di ANSA // Por Redacción // Por Agencia EFE // Fuente: EFE
Juan Pérez | Madrid // Door onze redactie // Bron: ANP // Door ANP // Av TT // Af Ritzau // Forrás: MTI
Sursa: Agerpres // Izvor: Hina // المصدر: رويترز // محرر: محمد أحمد // Edited By: Ram Kumar // एबीपी न्यूज़
Theo Nguyễn Văn An // Nguồn: VnExpress // Sumber: Antara // Oleh Tim Redaksi // 항구신문 // 온라인뉴스팀 // ที่มา: ไทยรัฐ
Par Le Port avec AFP // Par La rédaction // Par AFP // Source : AFP // Jean Dupont Publié le 19/01/2024
By Our Correspondent // By Harbour Echo Staff // By the Associated Press // By Reuters Staff
Photo by Jane Doe // By clicking accept you agree // By 2030, the harbour will be closed // By using this site
By Sea and Land // Von dpa // Foto: Max Müller // 【山田太郎】 // 山田太郎（港新聞） // 編集：山田太郎 // 提供：港新聞 // 责任编辑：张三 // 来源：新华社
（张三） // 編輯：張三 // 编译：张三 // 作者：佚名 // 作者：港口日报 // 作者: admin // 本报评论员 // 财联社1月19日讯（编辑 张三） // 智通财经APP获悉
Por Dentro da Política // Por Favor Leia Isto // Di Tutto Un Po' // De Groene Amsterdammer
De Volta ao Trabalho // Von Haus Aus // By The Numbers // By Popular Demand // By Sea and Land
Text Message Alerts // Text Size // Words With Friends // Laporan Keuangan Tahunan // Reportagem Especial
Door Het Oog Van De Naald // Par Ici La Sortie // Autor Books // Author Archives // Authors & Contributors
Haber Merkezi // Haber Türk // By Topic // By Country // Reporter ohne Grenzen // Text and Photos
Texto y Fotos // كتب الرئيس على تويتر اليوم في // كتب جديدة // كتب ومجلات // كتب دينية // تقرير خاص عن الاقتصاد
लेखक और किताबें // मुख्य समाचार // 온라인뉴스팀 기자 // 정치부 기자 // 사진 기자 // 인턴 기자 // 항구신문 기자 // 시민 기자 // 글 목록 // 글 쓰기 하기
기자 수첩 // 기자회견 열어 // 기자 간담회 // โดย ทีมข่าว // เรื่อง สะพานกลางเมือง ปิดอีกครั้ง // Piše nam se dobro
De la redacción // Από την Αθήνα // Από Το Λιμάνι // Подготовка к зиме // Автор года // Текст песни
Текст Закона // Записала диск // В Автор Сайта // Беседовал с президентом // Bài viết liên quan // Bài Viết Mới
Oleh Oleh Khas Bandung // Penulis Lainnya // Dal nostro archivio // Da Vedere A Roma // Szöveg nagyítása
Írta A Szerkesztő // Napisz Do Nas // Napisał do nas // Autor zdjęcia // Por Qué Elegirnos // Par Email
Via Email // By Email // By Phone // By Appointment Only // By Design Magazine // Av Og Til // Author's Note
Text Only Version // From The Editor // Journalist Union Of Harbour // Reported Cases // Posted By Admin
Posted In Local News // 记者证 // 记者 节 // 作者 简介 // 作者专栏 // 文 章 // 文字 大小 // 文／圖 // 台北報導 // 綜合／台北報導 // 中央社／台北報導
記者會／台北報導 // Escribe Tu Comentario // Escribe Para Nosotros // Article By Topic // Von Montag Bis Freitag
Text Von Gestern // Interview Der Woche // Redactor Jefe // En Artikel Af Interesse
"""


@pytest.mark.parametrize("entry", CREDITS.strip().split("\n"))
def test_whom_a_byline_names(entry: str) -> None:
    line, _, names = entry.rpartition(" = ")
    assert list(from_byline(line)) == names.split(";")


@pytest.mark.parametrize("line", NOBODY.strip().replace("\n", " // ").split(" // "))
def test_lines_that_name_no_author(line: str) -> None:
    assert from_byline(line) == ()


@pytest.mark.parametrize(
    ("lang", "line", "name"),
    [
        ("pl", "Autor: Jan Kowalski", "Jan Kowalski"),
        ("ru", "Автор: Иван Петров", "Иван Петров"),
        ("el", "Γράφει ο Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος"),
        ("ar", "كتب: محمد أحمد", "محمد أحمد"),
        ("hi", "लेखक: राम कुमार", "राम कुमार"),
        ("he", "מאת: יוסי כהן", "יוסי כהן"),
        ("th", "โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("ko", "홍길동 기자 hong@example.com", "홍길동"),
    ],
)
def test_a_byline_under_the_title_gives_the_author(lang: str, line: str, name: str) -> None:
    assert page(article("Bridge closed again", line), lang=lang).authors == (name,)


def test_the_reporter_of_a_korean_lead() -> None:
    body = f"<h1>항구 다리 또 폐쇄</h1><p>(서울=항구뉴스) 홍길동 기자 = {'다리가 다시 폐쇄되었다고 밝혔다. ' * 12}</p><p>{PROSE}</p>"
    assert page(body, lang="ko").authors == ("홍길동",)


@given(st.text(alphabet="By Von作者記者:：기자 кАвтор كتب/、Aéz", max_size=60))
def test_any_line_gives_short_names_or_none(line: str) -> None:
    for name in from_byline(line):
        assert 0 < len(name) <= 60 and name == name.strip()


@pytest.mark.parametrize(
    ("label", "name"), [("Written by", "Jane Doe"), ("Autor:", "Jan Kowalski"), ("作者", "王小明")]
)
def test_a_label_on_a_line_of_its_own_names_the_next_line(label: str, name: str) -> None:
    assert page(article("Bridge closed again", label, name)).authors == (name,)


def test_several_authors_in_elements_of_their_own() -> None:
    line = '<a rel="author" href="/x">Jane Doe</a> and <a rel="author" href="/y">John Smith</a>'
    assert page(article("Bridge closed again", f"<p>{line}</p>")).authors == ("Jane Doe", "John Smith")


def test_a_bold_line_behind_the_article_is_a_heading_not_a_signature() -> None:
    body = article("Brücke wieder gesperrt") + "<p><b>Weitere Informationen</b></p><p><a href='/x'>Initiative</a></p>"
    assert page(body, lang="de").authors == ()


def test_a_name_ends_where_the_glued_date_begins() -> None:
    assert from_byline("By Jane DoeJanuary 19, 202420 Mins Read") == ("Jane Doe",)


def test_half_of_the_headline_is_no_author() -> None:
    body = (
        f'<article class="hentry author-jane"><h1>Yellow Boats and I</h1><p>19 January 2024</p></article><p>{PROSE}</p>'
    )
    assert page(body).authors == ()


def test_the_data_s_name_within_a_longer_byline_counts() -> None:
    head = '<meta name="author" content="Jane Doe">'
    line = '<a href="/author/jane">Jane Doe</a> Harbour Commons'
    assert page(article("Bridge closed again", f"by {line} May 2nd 2024"), head=head).authors == ("Jane Doe",)


def test_each_of_several_authors_is_linked_to_a_page_of_their_own() -> None:
    line = '<a href="/author/jane-doe/">Jane Doe</a>, <a href="/author/john/">John Smith</a> &amp; '
    line += '<a href="/author/ann-lee/">Ann Lee</a>'
    assert page(article("Bridge closed again", line)).authors == ("Jane Doe", "John Smith", "Ann Lee")
    line = line.replace("&amp;", "| Reviewed by")
    assert page(article("Bridge closed again", line)).authors == ("Jane Doe", "John Smith")


def test_papers_are_written_by_dozens() -> None:
    names = [
        f"{first} {last}" for first in ("Jane", "John", "Ann", "Bob", "Tom") for last in ("Doe", "Lee", "Ray", "Feld")
    ]
    head = "".join(f'<meta name="citation_author" content="{name}">' for name in names)
    assert page(article("Bridge closed again"), head=head).authors == tuple(names)
    head = f'<meta name="author" content="{", ".join(names)}">'
    assert page(article("Bridge closed again"), head=head).authors == tuple(names)


def test_an_authors_box_that_begins_with_about() -> None:
    box = '<div class="author-box"><h4>About Jane Doe</h4><p>Jane Doe has written about bridges since 2015.</p></div>'
    assert page(article("Bridge closed again") + box).authors == ("Jane Doe",)


def test_a_place_between_a_name_and_its_agency() -> None:
    line = "Ayşe Yılmaz / LİMAN, (DHA)"
    assert page(article("Eski köprü kapatılıyor", line), lang="tr").authors == ("Ayşe Yılmaz",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<span class="username">sea_dog_77</span> <time datetime="2024-01-19">Jan 19</time>', ("sea_dog_77",)),
        ("Posted by sea_dog_77 on January 19, 2024", ("sea_dog_77",)),
        ("Geschrieben von Marta am 19. Januar 2024 um 20:15", ("Marta",)),
        ("Posted by NASA on January 19, 2024", ()),
        ("Posted by site_admin on January 19, 2024", ()),
        ('<span class="username">Log in</span>', ()),
        ('<a href="/users/harbour">Harbour</a>', ()),
    ],
)
def test_users_who_posted_a_page(line: str, expected: tuple[str, ...]) -> None:
    assert page(article("Bridge closed again", line)).authors == expected


def test_a_date_is_no_name() -> None:
    line = '<div><span>Published</span><time datetime="2024-01-19T10:08:00Z">19 January</time></div>'
    assert page(article("Bridge closed again", line)).authors == ()


@pytest.mark.parametrize("line", ["文˙陳小凡", "文﹕陳小凡", "文：陳小凡"])
def test_marks_that_stand_for_a_colon_in_hong_kong(line: str) -> None:
    assert from_byline(line) == ("陳小凡",)


@pytest.mark.parametrize("line", ["诗文 | 名句 | 作者 | 古籍 | 纠错", "首页|图书|作者|专题|关于"])
def test_the_word_for_author_in_a_menu_credits_nobody(line: str) -> None:
    assert from_byline(line) == ()


def test_a_reader_who_signs_a_remark_is_no_author() -> None:
    assert from_byline("好吃!孩子吃了两碗饭。 by 豆豆妈") == ()
    assert from_byline("2022-03-11 20:11 by 豆豆妈") == ("豆豆妈",)
