"""Numbers put right: only the wrong ones, and only where there is no doubt."""

from __future__ import annotations

import pytest

from pipelines.translate.checks import repair


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("营收34.5亿元。", "Revenue was 34.5 billion yuan.", "Revenue was 3.45 billion yuan."),
        ("增加3.5万人。", "3.5 million more people.", "35,000 more people."),
        ("3至5亿美元", "$3-5 billion", "$0.3-0.5 billion"),
        ("48千万亿个", "48 trillion", "48 quadrillion"),
        ("2亿元和5000万元", "2 billion and 500 million yuan", "200 million and 50 million yuan"),
        ("增长45%。", "Up 4.5%.", "Up 45%."),
    ],
)
def test_a_number_wrong_by_a_power_of_ten_is_put_right(source: str, wrong: str, right: str) -> None:
    assert repair.numbers(source, wrong) == right


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("营收34.5亿元。", "Revenue was 36 billion yuan."),  # other digits
        ("投入3亿元，收入30亿元。", "3 million invested, 300 million earned."),  # which is which?
        ("共有1200人参加。", "Many people took part."),
        ("增长50%，达5000万。", "Up 5, to 50 million."),  # not a share any more
    ],
)
def test_a_doubtful_number_is_left_alone(source: str, wrong: str) -> None:
    assert repair.numbers(source, wrong) is None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # The Chinese scale is still there, or written in Latin letters.
        ("营收150亿元", "revenue of 150亿 yuan"),
        ("购买60万块GPU", "bought 60万 GPUs"),
        ("价格为20万元", "The price is 20 wan yuan"),
        ("价格为20万元", "The price is RMB 20 W"),
        ("营收12亿元", "revenue of 12 yi"),
        ("2.5万人", "2.5 ten thousand people"),
        ("购买60万块芯片", "bought 60 ten-thousand块 chips"),
        ("重5000克的苹果", "5 kilograms苹果"),
        # The digits go on behind a space, a point or a sign of multiplication.
        ("30亿", "3 000 000 000"),
        ("5000万元", "50.000.000 yuan"),
        ("60万块", "60 x 10,000 pieces"),
        # Another unit of measure.
        ("重5000克", "weighs 5 kilograms"),
        ("重20吨", "20,000 kilograms"),
        ("长3000毫米", "3 metres long"),
        ("面积30万平方米", "an area of 30 hectares"),
        ("3000毫升的水", "3 litres of water"),
        ("装机500万千瓦", "installed capacity of 5 gigawatts"),
        ("耗电3000瓦时", "3 kilowatt-hours"),
        ("3000毫秒", "3 seconds"),
        ("走了5000米", "walked 500 m"),  # metres, which may be millions
        # A word or a symbol that may be a unit, whatever it is.
        ("手机配备2亿像素摄像头。", "The phone has a 200-megapixel camera."),
        ("家里装了500兆宽带。", "We installed 500 Mbps broadband at home."),
        ("使用5兆的内存", "used only 5 Meg of memory"),
        ("每股派息0.5美元。", "A dividend of 50 cents per share."),
        ("单价为5毛。", "It costs 0.5 yuan each."),
        ("输电电压为50万伏。", "The voltage is 500 kV."),
        ("电压为800千伏。", "The voltage is 800,000 volts."),
        ("芯片算力达200万亿次。", "The chip delivers 200 TFLOPS."),
        ("年产30万吨。", "It makes 300 kilotons a year."),
        ("气压为1000帕。", "The pressure is 10 hPa."),
        ("距今5000多年。", "That was 5 millennia ago."),
        ("含2.6至3.2万个碱基", "a genome of 26 to 32 kilobases"),
        # Another scale, behind the number or before it.
        ("融资100亿元。", "It raised 10 bln yuan."),
        ("投资500亿卢比。", "An investment of Rs 5,000 crore."),
        ("补偿100万卢比。", "A compensation of 10 lakh rupees."),
        ("奖金1700万美元", "a prize of $17 mil."),
        ("影响达3000多亿美元", "a $300+ billion impact"),
        ("拨付8000万美元", "(80) million US dollars"),
        ("营收（百万元）：3.45亿元", "Revenue (in millions): 345 yuan"),
        ("500万至1000万元的订单", "a 5- to 10-million-yuan order"),
        ("凌晨3时遭到袭击", "It was attacked at 0300 hours."),
        # A Chinese number that is written in another way than 34.5亿.
        ("有34 000多名难民", "over 34,000 refugees"),
        ("需要4\u00a0000美元", "an amount of $4,000"),
        ("尖峰高18, 000英尺", "the peak is 18,000 feet high"),
        ("获两百多万元赔偿", "a compensation of more than 2 million yuan"),
        ("投资已达4个亿", "up to RMB 400 million has been invested"),
        ("700,000到2百万件", "between 700,000 and two million pieces"),
        ("应低于○‧○二五毫克", "not more than 0.025 milligrams"),
        ("2014 - 2024十年期纲领", "the Programme for the Decade 2014-2024"),
    ],
)
def test_a_right_number_written_in_another_way_is_never_put_wrong(source: str, target: str) -> None:
    assert repair.numbers(source, target) is None


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("面积30万平方米", "an area of 3,000,000 square metres", "an area of 300,000 square metres"),
        ("重约5000多克", "weighs about 500 grams", "weighs about 5000 grams"),
        ("产量5000万吨", "5 million metric tons", "50 million metric tons"),
        ("发电3亿千瓦时", "3 billion kWh", "300 million kWh"),
        ("1956年他搬到瑞典", "In 19560 Słania moved to Sweden", "In 1956 Słania moved to Sweden"),  # no seconds
        ("发行5亿股", "5 billion shares were issued", "500 million shares were issued"),
        ("占比为三成至六成", "a share of 300% to 60%", "a share of 30% to 60%"),
        ("浪高15到30米", "waves of 150 to 30 meters", "waves of 15 to 30 meters"),
        ("采购3万块GPU", "bought 300,000 GPUs", "bought 30,000 GPUs"),
        ("装机3亿千瓦", "3 billion-kilowatt plants", "300 million-kilowatt plants"),
    ],
)
def test_before_the_sources_own_unit_or_none_a_number_is_put_right(source: str, wrong: str, right: str) -> None:
    assert repair.numbers(source, wrong) == right
