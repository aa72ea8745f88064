"""Lines of Chinese, Japanese and Korean pages that call to their readers fall by their whole form, sentences do not."""

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

CHINESE = (
    "市水务局昨日表示,新建的泵站已经完成调试,预计下月投入使用,届时城东片区的排涝能力将提高一倍以上。",
    "工程自去年三月开工,总投资一亿二千万元,沿线铺设管道十七公里,并改造了两座旧闸。",
    "附近居民说,往年一到雨季巷子里就积水,今年几场大雨下来,路面都是干的。",
)
JAPANESE = (
    "市は昨日、新しいポンプ場の調整が終わり、来月から運用を始めると発表した。",
    "工事は去年三月に始まり、総事業費は一億二千万円で、十七キロの管路を敷設した。",
    "近くの住民は、例年は雨季になると路地に水がたまったが、今年は大雨でも路面は乾いていたと話した。",
)
KOREAN = (
    "시는 어제 새 펌프장의 시운전을 마쳤으며 다음 달부터 가동할 예정이라고 밝혔다.",
    "공사는 지난해 3월 시작됐으며 총사업비는 1억2천만원으로 17킬로미터의 관로를 깔았다.",
    "인근 주민들은 예년에는 장마철마다 골목에 물이 찼지만 올해는 큰비에도 길이 말라 있었다고 말했다.",
)


def run(prose: tuple[str, ...], line: str, at: int) -> dict[str, str]:
    lines = [*prose[:at], line, *prose[at:]]
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in lines)
    done = prune(Draft(url="https://news.example.org/1.html", meta=Metadata(title="泵站"), blocks=blocks), Config())
    return {piece.text: piece.reason for piece in done.removed}


@pytest.mark.parametrize("at", [2, 3])
@pytest.mark.parametrize(
    ("prose", "line", "reason"),
    [
        (CHINESE, "欢迎转发、点赞、收藏", "share_bar"),
        (CHINESE, "喜欢这篇文章就点个赞吧！", "share_bar"),
        (CHINESE, "已有12人点赞", "share_bar"),
        (CHINESE, "打开晨光新闻 查看精彩图片", "advert"),
        (CHINESE, "设为星标，不错过每一篇好文", "advert"),
        (CHINESE, "▼点击查看往期精彩▼", "related_links"),
        (CHINESE, "返回晨光网首页>>", "navigation"),
        (CHINESE, "返回晨光，查看更多", "navigation"),
        (CHINESE, "点击展开全文", "navigation"),
        (CHINESE, "图片源于网络，侵删", "legal_notice"),
        (CHINESE, "综合：晨光日报、央视新闻", "source_line"),
        (CHINESE, "采访、撰文/王小明", "byline"),
        (CHINESE, "晨光报记者 王小明 编辑 李华 校对 张晓", "byline"),
        (CHINESE, "实习编辑 李华", "editor_credit"),
        (CHINESE, "（王小明 李华）", "byline"),
        (CHINESE, "（点击看清晰大图）", "caption"),
        (CHINESE, "原创： 王小明编译 晨光研究", "byline"),
        (CHINESE, "【不停更新】更多水浸消息：", "related_links"),
        (CHINESE, "（实习生张晓对此文亦有贡献）", "editor_credit"),
        (JAPANESE, "（文・写真／山田太郎）", "byline"),
        (JAPANESE, "【山田太郎、佐藤花子】", "byline"),
        (JAPANESE, "※画像はイメージです", "caption"),
        (JAPANESE, "次のページへ", "navigation"),
        (JAPANESE, "＞＞続きはこちら", "related_links"),
        (JAPANESE, "Twitterでフォローしよう", "subscription"),
        (JAPANESE, "※この記事は朝の新聞から転載したものです。", "source_line"),
        (KOREAN, "네이버에서 아침신문 구독하기", "subscription"),
        (KOREAN, "▶ 관련기사 보기", "related_links"),
        (KOREAN, "카카오톡 : '아침제보' 검색", "advert"),
        (KOREAN, "독자 여러분의 제보를 기다립니다", "advert"),
        (KOREAN, "#펌프장 #장마", "tags"),
    ],
)
def test_a_call_to_readers_falls_by_its_form(prose: tuple[str, ...], line: str, reason: str, at: int) -> None:
    assert run(prose, line, at) == {line: reason}


@pytest.mark.parametrize(
    ("prose", "line"),
    [
        (CHINESE, "视频发布之后，转发、点赞和收藏的人很多，评论里有人问起了旧闸。"),
        (CHINESE, "居民打开水务局的客户端查看水位，发现比昨天又低了一些。"),
        (CHINESE, "图片是一位老人拍的，他担心侵权，先把底片删掉了。"),
        (CHINESE, "（注：以上数据截至十一月）"),
        (CHINESE, "原创：这个词在水务局的文件里出现了三次，谁也没有解释。"),
        (JAPANESE, "次のページには、ポンプ場の図面が載っていた。"),
        (JAPANESE, "写真はイメージではなく、実際のポンプ場を撮ったものだ。"),
        (KOREAN, "주민들은 카카오톡으로 수위를 확인하고 시에 제보했다고 말했다."),
        (KOREAN, "네이버에서 아침신문 기사를 본 주민들이 펌프장을 찾았다."),
    ],
)
def test_a_sentence_with_its_words_stays(prose: tuple[str, ...], line: str) -> None:
    assert run(prose, line, 2) == {}
