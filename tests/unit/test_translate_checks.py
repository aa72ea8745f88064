"""The checks of a translation: every flag on sentences that have the fault and on ones that have not."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.translate import checks
from pipelines.translate.checks import names, negation, numbers, numbers_en, numbers_zh, repair, shape


def flags(source: str, target: str, **more: bool) -> tuple[str, ...]:
    return checks.judge(source, target, from_code="zh", to_code="en", **more)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("营收34.5亿元", Fraction(3_450_000_000)),
        ("约48千万亿个", 48 * 10**15),
        ("4.8e+16个", 48 * 10**15),
        ("2亿5000万", 250_000_000),
        ("三亿五千万", 350_000_000),
        ("一亿三千四百万", 134_000_000),
        ("三点五亿", 350_000_000),
        ("三百五", 350),
        ("二〇二四年", 2024),
        ("百分之五十", 50),
        ("七成", 70),
        ("8折", 80),
        ("10多万", 100_000),
        ("３５万", 350_000),
        ("壹佰二十万", 1_200_000),
        ("两千三百", 2_300),
        ("250余万千瓦", 2_500_000),
        ("6200多兆焦", 6_200),
        ("1.5万亿", 1_500_000_000_000),
        ("增长½倍，共3½吨", Fraction("3.5")),
        ("三萬五千", 35_000),
        ("二十多万人", 200_000),
        ("三个亿", 300_000_000),
        ("34 000多名", 34_000),
        ("营收5兆元", 5 * 10**12),
    ],
)
def test_chinese_numbers_by_value(text: str, value: Fraction) -> None:
    assert any(quantity.value == value for quantity in numbers_zh.find(text))


@pytest.mark.parametrize(
    "text", ["万一下雨", "千万不要", "十分高兴", "一带一路", "数百万人", "十几个人", "成千上万", "H100芯片", "GPT-5"]
)
def test_what_only_looks_like_a_number_does_not_bind(text: str) -> None:
    assert not any(quantity.hard for quantity in numbers_zh.find(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34.5 billion", 34_500_000_000),
        ("$3.5bn and 2.2m people", 3_500_000_000),
        ("2.5 hundred million", 250_000_000),
        ("48 thousand trillion", 48 * 10**15),
        ("4.8 x 10^16", 48 * 10**15),
        ("two hundred and five thousand", 205_000),
        ("one and a half million", 1_500_000),
        ("half a million", 500_000),
        ("nineteen ninety-nine", 1999),
        ("two decades", 20),
        ("one in five", Fraction(1, 5)),
        ("twenty-first", 21),
        ("World War II", 2),
        ("in July", 7),
        ("1,234.5 tons", Fraction("1234.5")),
    ],
)
def test_english_numbers_by_value(text: str, value: Fraction) -> None:
    assert any(quantity.value == value for quantity in numbers_en.find(text))


def test_the_first_number_of_a_range_has_the_scale_of_the_second() -> None:
    assert flags("3至5亿美元", "$300-500 million") == ()
    assert flags("3至5亿美元", "$3-5 billion") == ("number_wrong",)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("营收34.5亿元，增长三成。", "Revenue was 3.45 billion yuan, up 30 percent."),
        ("会议在上午9点半开始。", "The meeting began at 9:30 a.m."),
        ("晚上8时举行。", "It is held at 20:00."),
        ("20世纪30年代", "the 1930s"),
        ("他在那里工作了20年。", "He worked there for two decades."),
        ("有三分之一的人同意。", "One in three agreed."),
        ("10月1日", "October 1st"),
        ("约35万块芯片", "about 350,000 chips"),
        ("超过5.04万人", "more than 50,400 people"),
        ("共1234567人", "some 1.23 million people"),
        ("两年半", "two and a half years"),
        ("他身高1米8。", "He is 1.80 m tall."),
        ("身高一米八的小伙子", "a lad 180 cm tall"),
        ("只要3元5角，", "only 3.5 yuan,"),
        ("只要3块5，", "only 3.5 yuan,"),
        ("利率上调0.25个百分点", "rates raised by 25 basis points"),
        ("家里装了500兆宽带。", "We installed 500 Mbps broadband at home."),
        ("双十一销量创新高。", "Singles' Day sales hit a record."),
        ("九一八纪念日", "the anniversary of September 18"),
        ("911事件", "the 9/11 attacks"),
        ("身高一米八三的选手", "a player 1.83 meters tall"),
        ("身高1米83，", "1.83 m tall,"),
        ("民國113年1月公布", "published in January 2024"),
        ("民国一百一十三年", "2024"),
        ("他们三五成群地走着。", "They walked in groups."),
        ("这是五十步笑百步。", "This is the pot calling the kettle black."),
        ("会议两点一刻开始。", "The meeting begins at 2:15."),
        ("会议下午两点二十分开始。", "The meeting begins at 2:20 p.m."),
        ("三至十万人", "30,000 to 100,000 people"),
        ("每股派息0.5美元。", "A dividend of 50 cents per share."),
        ("利率上调25个基点", "rates raised by 0.25 percentage points"),
    ],
)
def test_numbers_said_in_another_way_pass(source: str, target: str) -> None:
    found = numbers.compare_zh_en(source, target)
    assert (found.lost, found.added) == ((), ())


def test_a_holiday_named_by_its_date_and_an_ordinal_million() -> None:
    found = numbers.compare_zh_en("庆祝八一建军节音乐会", "a concert for Military Day")
    assert (found.lost, found.added) == ((), ())
    found = numbers.compare_zh_en("第300万辆车", "its 3 millionth car")
    assert (found.lost, found.added) == ((), ())


@pytest.mark.parametrize(
    ("source", "target", "flag"),
    [
        ("营收34.5亿元。", "Revenue was 34.5 billion yuan.", "number_wrong"),
        ("共有1200人参加。", "Many people took part.", "number_lost"),
        ("很多人参加。", "1,200 people took part.", "number_added"),
        ("房价下降0.8%。", "Home prices fell.", "number_lost"),  # digits below one bind as well
        ("超过六成的企业盈利。", "More than 6% of the companies make a profit.", "number_wrong"),
        ("他身高1米8。", "He is 1.7 m tall.", "number_wrong"),
        ("买了3块5寸的屏。", "He bought 3 screens.", "number_lost"),  # five inches, not three and a half
        ("该校于2019年成立。", "The school was founded in 2020.", "number_wrong"),  # a year is never rounded
        ("7月26日开始，26日结束，共26人。", "It began on July 26 with people.", "number_lost"),
    ],
)
def test_numbers_wrong_lost_and_added(source: str, target: str, flag: str) -> None:
    assert flags(source, target) == (flag,)


@pytest.mark.parametrize(
    ("source", "target", "flag"),
    [
        ("Meta购买H100芯片。", "Meta buys chips.", "code_lost"),
        ("他在OpenAI和Anthropic工作过几年时间。", "He worked at OpenAI for some years.", "name_lost"),
        ("模型比GPT-5更快。", "The model is faster.", "code_lost"),
        ("这是COVID-19，又是COVID-1。", "This is COVID-19.", "code_lost"),  # a code inside another one
        ("支持H1和H100芯片。", "It supports H100 chips.", "code_lost"),
        ("支持iOS和Android系统。", "It supports Android installations.", "name_lost"),  # io is in installation
        ("利用5G技术直播。", "It is broadcast with new technology.", "code_lost"),  # a figure with a unit's letter
        ("只有192KB的内存。", "It has little memory.", "code_lost"),
    ],
)
def test_codes_and_names_lost(source: str, target: str, flag: str) -> None:
    assert flags(source, target) == (flag,)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("国际货币基金组织(IMF)说。", "The International Monetary Fund said."),
        ("售价US$100起", "It costs $100 and up"),
        ("GPT-5比Llama 3更快。", "GPT 5 is faster than Llama-3."),
        ("ＡＩ公司", "an artificial intelligence company"),
        ("长3km", "three kilometres long"),
        ("Beyoncé的歌", "Beyonce's songs"),
        ("从v1.4开始", "as of version v1.4"),
        ("内存只有192KB", "only 192 kilobytes of memory"),
        ("5G手机", "fifth-generation phones"),
        ("五架F-22战机", "five F22s"),
        ("28.4mg/100ml", "28.4mg/100ml"),
        ("公司Q3营收", "the company's third-quarter revenue"),
        ("2024Q1财报", "the report on the first quarter of 2024"),
        ("2024年H1营收", "revenue in the first half of 2024"),
        ("今年是IP15周年", "the IP turns 15"),
        ("这场battle", "this contest"),  # an English word in a Chinese sentence is no name
    ],
)
def test_codes_and_names_written_otherwise_pass(source: str, target: str) -> None:
    assert names.lost(source, target) == ([], [])


def test_a_lost_negation_is_seen_and_an_inner_one_is_not() -> None:
    assert negation.lost("他不会参加会议。", "He will attend the meeting.")
    assert not negation.lost("他不会参加会议。", "He won't attend the meeting.")
    assert not negation.lost("他不会参加会议。", "He is unable to attend the meeting.")
    assert not negation.lost("他不得不参加，非常不错。", "He had to attend, very good.")
    assert not negation.lost("他能不能参加？", "Can he attend?")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("疫苗尚未面市。", "The vaccine is yet available."),  # yet, until, under, end deny nothing by themselves
        ("该条约不像以前那样重要。", "The treaty is as important as before."),
        ("该方案并未涉及价格。", "The plan covers prices until the end of the year."),
        ("文件未列出名单。", "The paper lists the names."),
        ("他没有说话。", "He spoke within an hour."),
        ("双方未能就停火达成一致。", "The two sides agreed on a ceasefire."),  # cease is no denial in it
        # The words before a lone 不 or 没 tell a denial, whatever follows.
        ("两者并不矛盾。", "The two are in conflict."),
        ("我们不排除这种可能。", "We rule it in."),
        ("他也没到场。", "He came as well."),
        ("我想不出办法。", "I could think of a way."),
        # Idioms end where another word begins: 不适 in 不适用, 不安 in 不安全, 不足 in 不足以.
        ("该规定不适用于旧车。", "The rule applies to old cars."),
        ("这种方法不安全。", "This method is safe."),
        ("证据不足以证明其主张。", "The evidence proves the claim."),
    ],
)
def test_words_that_seldom_deny_hide_no_lost_negation(source: str, target: str) -> None:
    assert negation.lost(source, target)


def test_a_negation_said_in_another_way_passes() -> None:
    assert not negation.lost("疫苗尚未面市。", "The vaccine has yet to come out.")
    assert not negation.lost("汤姆森并未理会。", "Thomson looked away.")
    assert not negation.lost("八一建军节不过是一个节日。", "Army Day is a holiday.")


@pytest.mark.parametrize("bound", ["不低于", "不少于"])
def test_a_bound_needs_no_denial_where_english_says_at_least(bound: str) -> None:
    assert flags(f"本次增幅{bound}5%。", "The increase is at least 5%.") == ()
    assert negation.lost(f"本次增幅{bound}5%。", "The increase is lower than 5%.")


def test_loops_are_seen_and_lists_are_not() -> None:
    assert shape.loops("他说今天下雨。", "He said it " + "is raining and " * 9)
    assert shape.loops("他说今天下雨。", "the the the the the")
    assert not shape.loops("不，不，不，绝对不，不。", "No, no, no, absolutely no, no.")
    assert not shape.loops("他说……我不知道。", "He said...... I don't know.")
    assert not shape.loops("总额达1万亿元", "The total amount reached 1,000,000,000,000 yuan")
    assert not shape.loops("目录…………3", "Contents ............ 3")
    assert shape.loops("目录…………3", "Contents " + "." * 60)
    assert shape.loops("他来了。", "He came" + "!" * 30)
    assert not shape.loops("他来了。", "He came, and he came again.")


def test_lengths_untranslated_empty_and_cut() -> None:
    long_source = "这家公司今天宣布将在未来几年内继续扩大在亚洲市场的业务规模。"
    good = "The company announced today that it will go on expanding its business in Asia in the coming years."
    assert flags(long_source, good) == ()
    assert flags(long_source, "The company.") == ("short",)
    assert flags(long_source, good * 3 + good.upper() * 1)[0] == "long"
    assert flags(long_source, good[:-1] + " 亚洲.") == ("untranslated",)
    assert flags(long_source, " ") == ("empty",)
    assert flags("今天下雨。", ".") == flags("今天下雨。", '"。"') == ("empty",)
    assert flags("——", "--") == ()
    assert flags(long_source, good, cut=True) == ("cut",)


def test_every_flag_has_a_cost_and_a_description() -> None:
    assert set(checks.NOTES) <= set(checks.FLAGS)
    explained = sys.modules["pipelines.translate.checks.judge"].__doc__ or ""
    for flag in checks.FLAGS:
        assert f"``{flag}``" in explained, f"{flag} is not explained"


@pytest.mark.parametrize(
    "heap",
    ["1" * 9_000, "1," * 4_500, "1,111" * 2_000, "9e99999999", "九" * 9_000, "3" + "亿" * 9_000, "三四" + "亿" * 9_000,
     "1-2" + "万" * 9_000, "a hundred " * 900, "5 " + "billion " * 900, "九点" + "九" * 9_000, "百分之" + "9" * 9_000],
)  # fmt: skip
def test_heaps_of_digits_are_no_numbers_and_take_no_time(heap: str) -> None:
    for source, target in ((heap, "x"), ("今天", heap), (heap, heap)):
        flags(source, target)
        repair.numbers(source, target)
        assert all(quantity.value <= 10**30 for quantity in numbers_zh.find(source))
        assert all(quantity.value <= 10**30 for quantity in numbers_en.find(target))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_a_check_fail(source: str, target: str) -> None:
    flags(source, target)
    repair.numbers(source, target)


@given(st.text("零一二三四五六七八九十百千万亿两点半几多成折倍年月日0123456789.,%-~至个 ", max_size=30))
def test_no_heap_of_number_characters_makes_a_check_fail(text: str) -> None:
    list(numbers_zh.find(text))
    flags(text, text)


@given(st.text("0123456789.,-:%$ thousandmillion and half dozen a one two twenty st nd s", max_size=40))
def test_no_heap_of_number_words_makes_a_check_fail(text: str) -> None:
    list(numbers_en.find(text))


@given(st.integers(2, 10**12))
def test_a_number_in_ten_thousands_equals_itself_in_english(number: int) -> None:
    yi, rest = divmod(number, 10**8)
    wan, ones = divmod(rest, 10**4)
    chinese = (f"{yi}亿" if yi else "") + (f"{wan}万" if wan else "") + (str(ones) if ones else "")
    if ones and (yi or wan):
        return  # 3万500 is written in digits in practice
    found = numbers.compare_zh_en(f"共有{chinese}人", f"There are {number:,} people")
    assert (found.lost, found.added) == ((), ())
