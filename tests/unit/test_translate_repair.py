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
        ("装机3亿千瓦", "3 billion-kilowatt plants", "300 million-kilowatt plants"),
    ],
)
def test_before_the_sources_own_unit_or_none_a_number_is_put_right(source: str, wrong: str, right: str) -> None:
    assert repair.numbers(source, wrong) == right
