"""Datelines of many languages: day, time of day, and what the words before them say."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata import datelines, moments, words

# A line, then what it says: "p" published, "m" modified, "-" neither. The day is 19 January 2024 unless another
# follows; the time is 10:08 where a line holds "10" and "08" behind a mark of hours, else the one that follows.
PLAIN = """
pl: 19 stycznia 2024 r. 10:08 | Opublikowano: 19.01.2024 10:08 =p | Aktualizacja: 19.01.2024, 09:00 =m 09:00 | Data utworzenia: 19 stycznia 2024 10:08 =p | 19 sty 2024, 10:08 | Zaktualizowano: 19.01.2024 =m | 19 I 2024 | Zamość, 19.I.2024 r. | 19 XI 2023 =- 2023-11-19 | 19 VIII 2023 r. =- 2023-08-19 | 19.01.2024, g. 10:08
ru: 19 января 2024 года | Опубликовано 19 января 2024 в 10:08 =p | 10:08, 19 января 2024 | Дата обновления: 19.01.2024 =m | Время публикации: 19 января 2024, 10:08 =p | Последнее обновление: 19.01.2024 =m | ПЯТНИЦА, 19 ЯНВАРЯ 2024 | 19 сен 2023, 10:08 =- 2023-09-19 | 19 Ноя 2023 =- 2023-11-19
uk: п’ятниця, 19 січня 2024 | Опубліковано: 19 січня 2024 =p | Дата оновлення: 19.01.2024 =m | Створено: 19.01.2024 =p | 19 Кві, 2023 =- 2023-04-19 | 19 Лис, 2023 =- 2023-11-19 | 19 Гру 2023 =- 2023-12-19
el: ΠΑΡΑΣΚΕΥΗ, 19 ΙΑΝΟΥΑΡΙΟΥ 2024 10:08 | Δημοσιεύτηκε στις 19 Ιανουαρίου 2024 =p | Τελευταία ενημέρωση: 19 Ιανουαρίου 2024 =m | ΤΕΛΕΥΤΑΙΑ ΕΝΗΜΕΡΩΣΗ: 19/01/2024 =m | 19/1/2024 3:05 μ.μ. =- 15:05 | Ιαν 19, 2024 | Παρασκευή, 19 Μάη 2023 10:08 =- 2023-05-19 | 19 ΜΑΗ 2023 =- 2023-05-19 | 19 Σεπτ 2023 =- 2023-09-19 | 19 Δεκέμβρη 2023 =- 2023-12-19
cs: 19. 1. 2024 10:08 | Aktualizace: 19. ledna 2024 =m | Vloženo: 19. 1. 2024 =p | Naposledy upraveno: 19. 1. 2024 =m | 19. ledna 2024 v 10.08
sk: Publikované: 19. 1. 2024 =p | Aktualizované: 19. 1. 2024 =m | 19. jan 2024 o 10:08
tr: 19 KASIM 2023 =- 2023-11-19 | 19 EKİM 2023 =- 2023-10-19 | 19 ARALIK 2023, 10:08 =- 2023-12-19 | Giriş Tarihi: 19.01.2024 10:08 =p | Yayımlanma: 19 Ocak 2024 =p | Güncellenme Tarihi: 19.01.2024 =m | Oluşturulma Tarihi: Ocak 19, 2024 10:08 =p | 18 MART 2024, PAZARTESİ 10:08 =- 2024-03-18
pt: Publicado em 19/01/2024 às 10h08 =p | Postado em 19/01/2024 =p | Atualizada em 19/01/2024 =m | 1º de janeiro de 2024 =- 2024-01-01
it: venerdì 19 gennaio 2024 ore 10:08 | Pubblicato il 19 gennaio 2024 =p | (ultimo aggiornamento 19 gennaio 2024) =m | Creato: 19 gennaio 2024 =p
es: 19 de enero del 2024 | Creado: 19 de enero de 2024 =p | Fecha de actualización: 19/01/2024 =m | 19 de enero de 2024 3:05 p. m. =- 15:05 | Actualizado a las 10:08 del 19/01/2024 =m | 19 setiembre 2023 =- 2023-09-19
nl: Gepubliceerd op 19 januari 2024 om 10.08 uur =p | Laatste update: 19 januari 2024 =m | Aangepast: 19-01-2024 =m | 19 mrt 2023 =- 2023-03-19 | vr 19 jan 2024, 10.08 uur
sv: Publicerad den 19 januari 2024 =p | Ändrad 2024-01-19 =m | 19 januari 2024 kl. 10.08
da: Publiceret 19. januar 2024 =p | Senest opdateret: 19. januar 2024 =m
fi: Julkaistu 19.1.2024 10:08 =p | Muokattu 19.1.2024 =m
hu: 2024. január 19., péntek | 2024.január 19. | 2024. I. 19. | Közzétéve: 2024. január 19. =p | Utolsó frissítés: 2024. január 19. =m | 2023. okt. 5. =- 2023-10-05
ro: Publicat pe 19.01.2024 =p | Ultima actualizare: 19.01.2024 =m | Data actualizării: 19-01-2024 =m | 19 noi. 2023 =- 2023-11-19
bg: Публикувана: 19.01.2024 10:08 =p | Обновена: 19.01.2024 =m | 19 ян. 2024 | 19.I.2024 г. | 19 септ. 2023 =- 2023-09-19
sr: 19. januara 2024. | 19. јануара 2024. | Objavljeno: 19.01.2024. =p | Ažurirano: 19.01.2024. 10:08 =m
hr: 5. studenog 2023 =- 2023-11-05 | Zadnja izmjena: 19. siječnja 2024. =m
sl: 19. januarja 2024 | 19. 1. 2024 10.08 | Posodobljeno: 19. 1. 2024 =m
lt: Paskelbta: 2024-01-19 =p | Atnaujinta: 2024-01-19 10:08 =m
lv: 2024. gada 19. janvārī | Publicēts: 19.01.2024 =p
et: Avaldatud: 19. jaanuar 2024 =p | Uuendatud: 19.01.2024 =m
ar: 19 يناير، 2024 | 19 كانون الثاني 2024 | 19 كانون الثاني/يناير 2024 | 19 كانون الثاني (يناير) 2024 | 19 تشرين الأول 2023 =- 2023-10-19 | 19 جويلية 2023 =- 2023-07-19 | 19 اكتوبر 2023 =- 2023-10-19 | نُشر في 19/01/2024 =p | آخر تحديث: 19 يناير 2024 =m | 10:08 ص - 19 يناير 2024 | 19 يناير 2024 - 03:05 م =- 15:05
he: 19 בינואר 2024 | פורסם: 19.01.24 =p | עדכון אחרון: 19.01.2024 =m
hi: प्रकाशन तिथि: 19 जनवरी 2024 =p | अंतिम अपडेट: 19 जनवरी 2024 =m | 19 फरवरी 2023 =- 2023-02-19 | 19 सितम्बर 2023 =- 2023-09-19 | १९ जनवरी २०२४
bn: প্রকাশ: ১৯ জানুয়ারি ২০২৪, ১০:০৮ =p | আপডেট: ১৯ জানুয়ারি ২০২৪ =m
vi: 19 Tháng Một, 2024 | Tháng Một 19, 2024 | 10:08, Thứ Sáu, 19/01/2024 | Cập nhật lúc 10:08 ngày 19/01/2024 =m | Ngày đăng: 19/01/2024 =p
id: Jum'at, 19 Januari 2024 10:08 WIB | Rilis: 19 Januari 2024 =p | Diperbaharui: 19 Januari 2024 =m
ko: 송고시간 2024-01-19 10:08 =p | 발행일 2024-01-19 =p | 최종 수정일 2024.01.19 =m | 2024.01.19 오후 3:05 =- 15:05
th: 19 ม.ค. 2567 10:08 น. | วันศุกร์ที่ 19 มกราคม พ.ศ. 2567 เวลา 10:08 น. | เผยแพร่: 19 ม.ค. 2567 =p | อัปเดต 19 ม.ค. 67 =m | 5 พ.ค. 2566 =- 2023-05-05
fr: Posté le 19 janvier 2024 =p | Dernière mise à jour : 19 janvier 2024 à 10h08 =m | 1er janvier 2024 =- 2024-01-01
de: Erstveröffentlichung: 19.01.2024 =p | Online seit 19.01.2024 =p | 19. Jänner 2024 | Zuletzt bearbeitet: 19.01.2024 =m
zh: 更新时间：2024-01-19 10:08 =m | 最後更新時間：2024-01-19 =m | 首發：2024-01-19 =p | 于2024-01-19 10:08 发布 | 7/5/2005 9:23:57 PM =- 2005-07-05 21:23
more: 2024 жылғы 19 қаңтар | 2024-yil 19-yanvar | 2024ko urtarrilaren 19a | 19 d'abril de 2023 =- 2023-04-19 | 2024 оны 1-р сарын 19
"""
SHEET = [
    (tongue.strip(), each.strip()) for row in PLAIN.strip().split("\n") for tongue, _, rest in [row.partition(": ")]
    for each in rest.split(" | ")
]  # fmt: skip


def expected(told: str, line: str) -> tuple[str, str, str]:
    """Return (label, day, time) of one entry of the sheet."""
    marks = {"p": "published", "m": "modified", "-": ""}
    parts = told.split()
    label = marks[parts.pop(0)] if parts else ""
    day = next((part for part in parts if "-" in part), "2024-01-19")
    folded = moments.fold(line)
    shown = any(f"10{mark}08" in folded for mark in ":h.")
    return label, day, next((part for part in parts if ":" in part), "10:08" if shown else "")


@pytest.mark.parametrize(("tongue", "entry"), SHEET)
def test_a_dateline_says_day_time_and_what_it_is(tongue: str, entry: str) -> None:
    line, _, told = entry.partition(" =")
    label, day, time = expected(told, line)
    found = moments.find(line, day_first=None if tongue in ("zh", "ko", "ja") else True)
    assert found
    clock = "" if found[0].hour is None else f"{found[0].hour:02}:{found[0].minute:02}"
    assert (found[0].day.isoformat(), clock, datelines.label(line, found[0])) == (day, time, label)


@pytest.mark.parametrize("line", ["29/10/1402", "7 رجب 1445", "1445/07/07"])
def test_other_calendars_are_not_misread(line: str) -> None:
    assert not moments.find(line, day_first=True)


def test_a_year_before_another_date_is_no_part_of_it() -> None:
    assert [each.day.isoformat() for each in moments.find("© 2024 19 May 2023")] == ["2023-05-19"]


def test_months_are_found_in_capitals_and_without_accents() -> None:
    for word, number in words.months().items():
        assert words.month(word) == number
        assert words.month(word.upper()) == number
        assert words.month(unicodedata.normalize("NFD", word)) == number


@given(st.sampled_from(sorted(words.months())), st.integers(1, 28), st.integers(1991, 2025))
def test_every_month_name_is_read_in_a_date(name: str, day: int, year: int) -> None:
    """A name that another language reads as a number's ending or a joining word must still be the month's."""
    found = moments.find(f"{day} {name} {year}")
    assert found and found[0].day.isoformat() == f"{year}-{words.months()[name]:02}-{day:02}"


@given(st.text(alphabet="0123456789./-: ,年月日มค. كانونМай ’'", max_size=80))
def test_any_line_of_marks_and_digits_is_read_without_error(line: str) -> None:
    for each in moments.find(line, day_first=True):
        assert datetime(1850, 1, 1, tzinfo=UTC).date() <= each.day <= datetime(2200, 12, 31, tzinfo=UTC).date()
