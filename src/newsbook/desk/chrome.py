"""Leave out what a site puts around a story: widgets, share bars, page joins, counters, disclaimers and the like."""

import re
from collections.abc import Callable, Iterator

from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import Draft, folded, inked, leave_out, printed
from newsbook.desk.toolbar import furniture
from newsbook.model import Line

# Matched against the whole of a folded line: simplified characters, half-width marks.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "breadcrumb",
        (
            r"(?:您|你)?(?:现在|当前)?(?:所在)?(?:的)?位置\s*[:>].{0,80}|首页\s*[>»›/\\].{0,80}"
            r"|(?:[^>»›。]{1,14}[>»›]+\s*+){2,}[^>»›。]{0,40}"
            r"|[^>。,]{2,12}\s*(?:>>|»)\s*[^>。,]{2,40}|[^<>。,\s]{2,12} ?>(?: ?正文)?"
        ),
    ),
    (
        "page-join",
        (
            r"[(\[]?(?:第?\s*\d{1,3}\s*页\s*[,/]?\s*)?(?:共|/)\s*\d{1,3}\s*页.{0,24}"
            r"|第\s*\d{1,3}\s*页(?:\s*[(/].{0,10})?"
        ),
    ),
    (
        "page-join",
        (
            r"[\s|,\[\]<>()《》«»‹›]*+(?:(?:(?<!\d)\d{1,3}(?!\d)|\.{2,3}|上一页|下一页|上页|下页|首页|末页|尾页|[<>«»‹›])"
            r"[\s|,\[\]<>()《》«»‹›]*+){3,}"
        ),
    ),
    (
        "page-join",
        (
            r"(?:上一篇|下一篇|上一条|下一条|上篇|下篇|前一篇|后一篇|上一则|下一则"
            r"|前の记事|次の记事|이전글|다음글)\s*[:：>]?\s*.{0,60}"
        ),
    ),
    ("advertisement", r"◤.{2,30}◢|[▼▽]{2,}.{2,40}[▼▽]{2,}"),
    ("notice", r"[※★◎☆●].{0,20}(?:提醒您?|关心您|呼吁|珍惜生命|安心专线|未成年请勿).{0,80}"),
    ("prompt", r"[【\[(]?[你您](?:点睇|怎么看)\?[】\])]?"),
    ("notice", r"덧붙이는\s*글\s*[|丨:].{0,200}"),
    ("widget", r"\+\d{1,3}|[(\[【]?\s*(?:责任编辑|责编|编辑|校对|作者|来源)\s*[:]?\s*[)\]】]?"),
    ("related", r"(?:看更多|更多)\s*[>》].{0,60}"),
    ("ornament", r"(?=[^\w]{1,4}$)[^※＊*◇◆☆★✽…—]{1,4}"),
    ("correction", r"[\[【(]?(?:我要|点击)?(?:纠错|错误反馈)[\]】)]?"),
    (
        "counter",
        (
            r"(?:(?:已有)?\s*[\d,.]+万?\s*(?:人|次|条)?(?:阅读|浏览|参与|评论|点赞|跟帖|围观|访问)(?:过|了)?(?:本文)?\s*){1,3}"
            r"|(?:参与互动|网友评论|评论|跟贴|跟帖|阅读|댓글|コメント)\s*[(]\s*\d*\s*[)].{0,16}"
        ),
    ),
    (
        "tags",
        r"(?:[#][^\s#。]{1,20}[\s#]*)+|(?:相关字词|关键词|关键字|标签|tags?|相关标签|キーワード|키워드)\s*[:][^。]{1,80}",
    ),
    ("page-join", r"[(\[]?(?:下转|上接|紧接|转|接)(?:\s*第?\s*[A-Z]?\d{1,3}\s*版|.{0,6}版).{0,8}[)\]]?"),
    (
        "print-edition",
        (
            r"[《〈]?\s*[^《》。,]{2,14}\s*[》〉]?\s*[(]\s*(?:19|20)\d\d年\s*\d{1,2}月\s*\d{1,2}日\s*"
            r"(?:第?\s*[A-Z]?\d{1,3}\s*版.{0,10})?[)]"
            r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*第?\s*[A-Z]?\d{1,3}\s*版.{0,10}"
        ),
    ),
    (
        "advertisement",
        (
            r"[-—=\s]*[(\[【〈<]?(?:广告|AD|ADVERTISEMENT|赞助|推广)[)\]】〉>]?(?:[-—\s]*(?:请继续(?:往下)?阅读"
            r"|继续阅读|文章未完|内文未完|下方继续).{0,8})?[-—=\s]*"
        ),
    ),
    ("advertisement", r"[-—▼↓\s]*(?:请继续往下阅读|继续往下阅读|文章继续往下|内文未完.{0,10})\s*[.…。▼↓]*"),
    ("original-title", r"[(\[【]?\s*(?:原(?:文)?标题|原题|原题目)(?:\s*[:】]|为(?=《))\s*.{1,120}?[)\]】]?"),
    ("share-bar", r"(?:一键)?(?:分享|转发)(?:到|至|给好友)\s*:[^。,!?;]{0,60}"),
    (
        "prompt",
        (
            r"扫一扫.{0,20}|.{0,12}(?:扫一扫|扫码|扫描|长按|识别)(?:下方|上方|右侧|左侧|以下"
            r"|此|图中)?.{0,6}(?:二维码|关注|下载|阅读|小程序|加入|添加).{0,50}"
        ),
    ),
    (
        "prompt",
        (
            r".{0,20}(?:关注|搜索)(?!.{0,20}[。]).{0,8}(?:微信)?(?:公众号|公众平台"
            r"|微信号|订阅号|服务号|视频号|抖音号|官方微博).{0,40}"
        ),
    ),
    (
        "prompt",
        r"[(]本文来自.{2,12},.{0,12}(?:请|欢迎)(?:下载|关注|点击).{2,30}[)]|关注[^\s,。]{2,8}(?:网|报|台|在线|客户端)",
    ),
    (
        "prompt",
        (
            r"(?:点击|点选|戳)(?:这里|此处|此|下方|下图|图片|上方|右上角|左下角"
            r"|文末|进入|查看|下载|观看|收看|阅读|关注|收听|播放|加入|订阅|购买"
            r"|“|\"|「|《).{0,50}"
        ),
    ),
    (
        "prompt",
        (
            r"(?:下载|打开|安装|登录|立即)[^。]{0,20}(?:APP|客户端).{0,40}"
            r"|.{0,16}(?:APP|客户端)[^。]{0,12}(?:最新版|推出|上架|上线).{0,16}(?:立即|马上|即刻)?(?:更新|下载|安装).{0,60}|更多.{0,16}(?:请"
            r"|尽在|敬请|欢迎|详见|内容|资讯|新闻|精彩).{0,40}(?:关注|下载|点击"
            r"|登录|访问|客户端|APP|公众号|频道|>+|:)?"
        ),
    ),
    (
        "prompt",
        (
            r"(?:点击)?(?:展开|收起|阅读|查看|显示|查看)(?:全文|更多|剩余全文|剩余|原文|余下全文)\s*(?:[(]\s*[)])?\s*[▼↓>»…]*"
            r"|返回.{2,8},查看更多|[▼▽↓👇👉►▶☞]+\s*(?:点击|点选|点我|点看|看更多|按我).{0,24}"
            r"|(?:.{2,8})?(?:报料|爆料|제보)(?:热线|电话|는|하기)?\s*[:].{2,40}|(?:正在|内容)?加载(?:中|更多)?[.…]*"
            r"|(?:.{2,8}提示|.{2,12}提醒您?)\s*:.{0,30}(?:勿|请|拨打|珍惜).{0,40}"
            r"|.{0,30}(?:点我下载|用APP看|APP内订阅|更新APP|APP,立即).{0,40}"
            r"|更多精彩内容请进入.{2,12}|请同意我们的.{0,30}|この记事は.{0,4}有料.{0,30}|この記事は.{0,4}有料.{0,30}"
            r"|(?:スクラップ|コメント|記事|クリップ).{0,14}(?:会員限定|報告|できます).{0,10}|残り\d+文字.{0,20}"
            r"|제보는.{0,40}|이 기사를 추천.{0,10}"
            r"|[▶▷■☞]\s*(?:제보|전화|카카오톡|이메일|유튜브|네이버|페이스북|\[?속보|.{0,14}구독).{0,40}"
            r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
            r"|(?:本文|文章)?(?:全文|内容)完?\s*[▼↓>»]+"
        ),
    ),
    (
        "prompt",
        (
            r"(?:欢迎|敬请|请)(?:关注|下载|订阅|扫描|扫码|点赞|转发|登录|收看"
            r"|收听|投稿|来稿|在(?:下方|文末)|您?(?:在)?留言).{0,60}|.{0,6}(?:加"
            r"|追踪|订阅).{0,12}(?:LINE|IG|粉丝团|YouTube|Telegram).{0,40}"
        ),
    ),
    (
        "prompt",
        (
            r"(?:喜欢|觉得).{0,12}(?:点赞|点个赞|在看|转发|分享).{0,20}|(?:新闻"
            r"|报料|爆料|投稿|举报|热线|违法和不良信息举报|客服|联系|咨询|服务)(?:热线"
            r"|电话|邮箱|微信|请联系)\s*:.{0,80}"
        ),
    ),
    (
        "disclaimer",
        (
            r"[(\[【*※]?\s*(?:特别|重要|郑重|免责|版权|法律|风险|投资)?\s*(?:声明"
            r"|免责条款|免责声明|版权声明|风险提示|风险提醒)\s*[】\]]?\s*[:].{4,600}"
            r"|[(\[【*※]?\s*(?:免责声明|版权声明|特别声明|郑重声明)\s*[】\])].{4,600}"
        ),
    ),
    (
        "disclaimer",
        (
            r"[(\[【*※]?\s*(?:以上|本文|本稿|文章|该文|此文|文中|上述|本站|本网站?"
            r"|本平台|本号|内容|图片|图文|部分).{0,30}(?:不代表|不构成|与本网无关"
            r"|仅代表|不负|来自网络|来源网络|来源于网络|源自网络|系转载|如有侵权"
            r"|侵权|版权归).{0,400}"
        ),
    ),
    (
        "disclaimer",
        (
            r"[(\[【*※]?\s*(?:未经.{0,20}(?:授权|许可|允许|同意).{0,20}(?:转载"
            r"|使用|复制|摘编|镜像|刊用|引用|不得)|凡本[网站]|凡注明|凡来源|凡标注"
            r"|如需转载|转载请(?:注明|联系|标明|保留|署名|致电|务必|先)|本文.{0,30}授权(?:转载|发布|刊登)|如有侵权|若有侵权|如涉及|若涉及|如有版权|如因作品"
            r"|若本站|不得转载|严禁转载|本作品|版权归|著作权|本报道版权|市场有风险).{0,400}"
        ),
    ),
    (
        "disclaimer",
        (
            r"(?:特别声明).{0,6}|.{0,20}(?:账号|头条号|百家号|搜狐号|自媒体|平台用户"
            r"|网易号|企鹅号|大鱼号|一点号|作者)(?:作者)?(?:上传并)?发布.{0,60}(?:不代表"
            r"|仅代表|仅提供|立场|观点).{0,60}"
        ),
    ),
    (
        "disclaimer",
        (
            r".{0,60}(?:仅供(?:读者|投资者|大家)?参考[。,]?(?:不构成.{0,30}|请.{0,30}|据此.{0,30})?|风险自担|风险自负|后果自负|不构成投资建议)。?"
            r"|Notice:.{4,200}|.{0,60}(?:无断転载|无断复制).{0,40}|.{0,40}무단\s*(?:전재"
            r"|복제).{0,60}"
        ),
    ),
    ("disclaimer", r".{0,60}(?:未经|不得|严禁|谢绝|禁止).{0,20}(?:转载|摘编).{0,40}"),
    ("copyright", r"版权作品,.{0,60}|网友评论(?:[\s(:].{0,40})?|.{0,20}(?:저작권자|송고$).{0,60}"),
    (
        "copyright",
        (
            r".{0,4}(?:©|\(c\)|ⓒ).{0,120}"
            r"|.{0,40}(?:[©ⓒ]\s?(?:19|20)\d\d|\(c\)|copyright|all rights reserved|版权所有|著作权所有"
            r"|版权为.{1,20}所有).{0,120}"
        ),
    ),
    (
        "copyright",
        r".{0,40}(?:ICP[备证]|公网安备|许可证(?:编?号)?\s*[:]|信息网络传播视听节目|备案号|增值电信业务).{0,120}",
    ),
    (
        "copyright",
        (
            r".{0,30}(?:主办|承办|主管|技术支持|地址|邮编|网站标识码)(?:单位)?\s*:.{2,60}(?:主办"
            r"|承办|技术支持|电话|邮编|ICP|版权|传真).{0,80}"
        ),
    ),
    (
        "end-mark",
        (
            r"[(\[【]\s*(?:完|全文完|本文完|终|未完待续|END|结束|正文完|正文结束|끝)\s*[)\]】]"
            r"|-*\s*(?:END|The End|完)\s*-*"
        ),
    ),
)
# A day among buttons and counters is the story's.
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)")
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_LONGEST = 400

# A law on trademarks says “unless permitted” and “infringe” as well; a disclaimer says of what, or to whom.
_OWN = re.compile(
    r"本网|本站|本报|本刊|本台|本社|本号|本文|本稿|本平台|本作品|该文|此文|上述(?:内容|图片)|以上内容|转载|摘编|转发|声明|免责|风险[提自]|版权归"
    r"|如有侵权|若有侵权|侵权.{0,4}(?:联系|删|告知)|网络|据此|后果自负|市场有风险|著作权|如涉及|若涉及|如有版权|凡注明|凡来源|凡标注|发布平台|信息发布|账号|[号台]用户"
    r"|仅供参考|Notice|无断|無断|무단",
    re.IGNORECASE,
)

# A sentence of the story may begin like a prompt; what a site says is short and rarely ends in a full stop.
_LONGEST_PROMPT = 70
_BRIEF = frozenset({"prompt", "page-join", "breadcrumb", "counter", "tags", "print-edition", "advertisement", "widget"})

# Whom a site forbids to copy it tells so; a story about copying tells what came of it.
_UNPERMITTED = re.compile("未经.{0,20}(?:授权|许可|允许|同意)")
_FORBIDS = re.compile("不得|严禁|禁止|谢绝|违者|必究|请勿|否则")
_NO_SENTENCE = frozenset({"page-join", "counter", "breadcrumb", "tags", "widget", "share-bar"})

# What ends as a sentence ends is one, unless it sends its reader to the site's own doors.
_SHORT_PROMPT = 40
_TOLD = re.compile("了(?!解)|[着过他她]|之[前后]|的人")
_DEVICE = re.compile(r"二维码|公众号|客户端|视频号|关注我们|关注本|欢迎订阅|点击下方|点击上方|长按")

_RELATED = re.compile(
    r"[-—=◆■●▼▲★☆\[【<《>\s]*(?:(?:相关|延伸|推荐|扩展|拓展|关联|热门"
    r"|热点|更多|精彩|最新|猜你|编辑|小编|往期|其他|其它|大家|你可能|您可能"
    r"|今日|本周|24小时|独家)"
    r"(?:的|\s*·\s*)?(?:阅读|新闻|链接|文章|报道|推荐|专题|资讯|喜欢|内容|回顾"
    r"|精选|精彩|热点|热闻|热文|排行|头条|都在看|也?想看|也?喜欢|感兴趣.{0,4}"
    r"|视频|消息|话题|稿件|热榜|标签|图集)"
    r"(?:新闻|链接|文章|报道|推荐|专题|资讯|排行榜?)?|看更多(?:相关)?(?:新闻|报导|报道)?|其他人也在看|大家都在看|阅读排行"
    r"|点击排行|新闻排行|排行榜|関连记事|関连ニュース|あわせて読みたい|関连リンク|アクセスランキング|人気ランキング|ランキング|新着记事"
    r"|おすすめ记事|관련\s?기사|관련\s?뉴스|많이\s?본\s?(?:뉴스|기사)"
    r"|이\s?시각\s?주요뉴스)"
    r"\s*[】\]>》]*\s*(?P<mark>[:：>»▼↓]*)\s*(?P<rest>.{0,80})"
)
_STATEMENT = re.compile(r"[。！？!?…」”][)）]?$|[가-힣]\.$")
_ITEM = re.compile(r"^[·•●○◆■▶►>›»\-–*※☆★▪◎《【\[「\d]")
_LONGEST_ITEM = 60
_SITE_LABEL = re.compile(r"[^。!?,;:、\s]{2,40}")


def leave_out_chrome(draft: Draft) -> Draft:
    """Take out the lines that belong to the site, each under the kind of thing that it is."""
    lines = inked(draft.lines)
    kinds: dict[int, str] = {}
    for rule in _RULES:
        kinds = {**dict(rule(lines, kinds)), **kinds}
    return leave_out(draft, kinds)


def chrome_kind(plain: str) -> str:
    """Return the kind of chrome that a folded line is by itself, or nothing.

    >>> chrome_kind("版权所有"), chrome_kind("分享到: 微信 微博"), chrome_kind("渡口的纠错本")
    ('copyright', 'share-bar', '')
    """
    if not plain or len(plain) > _LONGEST:
        return ""
    bar = "" if _DATED.search(plain) else furniture(plain)
    return bar or next((kind for kind, form in _COMPILED if _is_all(kind, form, plain)), "")


def _is_all(kind: str, form: re.Pattern[str], plain: str) -> bool:
    if kind in _BRIEF and (len(plain) > _LONGEST_PROMPT or plain.count("。") > 1):
        return False
    if not form.fullmatch(plain):
        return False
    if kind == "disclaimer":
        return bool(_OWN.search(plain)) and not (_UNPERMITTED.search(plain) and not _FORBIDS.search(plain))
    if kind in _NO_SENTENCE and plain.endswith("。"):
        return False
    if kind == "prompt" and _STATEMENT.search(plain) and not plain.startswith("请同意"):
        return len(plain) <= _SHORT_PROMPT and bool(_DEVICE.search(plain)) and not _TOLD.search(plain)
    return True


def _by_itself(lines: tuple[Line, ...], _: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name the lines that are chrome wherever they stand, but never the first, which may be a headline."""
    for place, line in enumerate(lines):
        plain = folded(line)
        kind = chrome_kind(plain)
        if kind and (place or kind in {"breadcrumb", "share-bar", "tool-bar", "widget", "page-join"}):
            yield line.number, kind


def _site_labels(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name the site's own name beside a widget, twice on the page: 渡口報網 / 微信公眾號, 渡口報網 / 官方微博."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[folded(line)] = counts.get(folded(line), 0) + 1
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        beside = (near for near in (before, after) if near and kinds.get(near.number) == "widget")
        plain = folded(line)
        label = _SITE_LABEL.fullmatch(plain)
        touching = any(abs(near.number - line.number) == 1 for near in beside)
        if line is not lines[0] and label and touching and (counts[plain] > 1 or plain.endswith(_SITE_ENDINGS)):
            yield line.number, "site-label"


_SITE_ENDINGS = ("网", "报", "台", "社", "在线", "新闻", "频道", "客户端", "平台", "日报", "晚报")


def _page_numbers(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name bare numbers, unless they count the sections of a story: 1, 2, 3, each with text below it."""
    bare = [(place, line) for place, line in enumerate(lines) if _BARE_NUMBER.fullmatch(folded(line))]
    values = [int(re.sub(r"\D", "", folded(line))) for _, line in bare]
    followed = all(place + 1 < len(lines) and len(folded(lines[place + 1])) > _SECTION for place, _ in bare)
    if len(values) > 1 and values == list(range(1, len(values) + 1)) and followed:
        return
    for place, line in bare:
        if place and line.number not in kinds:
            yield line.number, "page-number"


_BARE_NUMBER = re.compile(r"[-—·\s\[(]*\d{1,3}[-—·\s\])]*")
_SECTION = 40


def _related(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name lists of other stories: their heading and the titles under it, down to the next text of this story."""
    inside = False
    stated = max((place for place, line in enumerate(lines) if _STATEMENT.search(folded(line))), default=-1)
    for place, line in enumerate(lines):
        plain = folded(line)
        match = _RELATED.fullmatch(plain)
        if place and match and _heads_titles(lines, place, match) and not _STATEMENT.search(plain):
            inside = not match["rest"]
            yield line.number, "related"
        elif inside and line.number not in kinds and _is_title(lines, place, stated):
            yield line.number, "related"
        elif line.number not in kinds:
            inside = False


def _heads_titles(lines: tuple[Line, ...], place: int, match: re.Match[str]) -> bool:
    """Tell whether 相關閱讀 heads titles, on its own line or the next; over a paragraph it is a crosshead."""
    below = folded(lines[place + 1]) if place + 1 < len(lines) else ""
    if match["rest"]:
        return bool(match["mark"])
    return not (_STATEMENT.search(below) and len(below) > _SECTION)


def _is_title(lines: tuple[Line, ...], place: int, stated: int) -> bool:
    """Tell whether a line under 相關閱讀 is one of its titles: short, no statement, and near the one before."""
    plain = folded(lines[place])
    if len(plain) > _LONGEST_ITEM or _STATEMENT.search(plain) or _SIGN_OFF.match(plain):
        return False
    near = lines[place].number - lines[place - 1].number == 1
    return near or place > stated or bool(_ITEM.match(plain))


_SIGN_OFF = re.compile(r"[(\[【]?(?:责任?编辑?|编辑|作者|(?:本文|文章|稿件|信息)?来源|记者|责编)\s*[: ]")


def _end_matter(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name what stands below the last text of the story, from the first line on that closes it.

    Under the editor's name or a share bar a site goes on with other stories' titles, buttons and its own name, in
    words that no list can foresee. What is signed, or has the credit of a picture, is still the story's.
    """
    closed = False
    for line in lines[_last_text(lines, kinds) + 1 :]:
        kind, plain = kinds.get(line.number, ""), folded(line)
        signed = bool(_CLOSING.match(plain))
        if not kind and _POINTER.match(plain):
            kind = "related"
            yield line.number, kind
        if closed and not kind and not signed and not _SIGNED.match(plain) and read_cutline(printed(line)) is None:
            yield line.number, "end-matter"
        closed = closed or signed or kind in _CLOSES


def _last_text(lines: tuple[Line, ...], kinds: dict[int, str]) -> int:
    """Return the place of the last line that is a sentence of the story; that of the last line where none is."""
    texts = [
        place
        for place, line in enumerate(lines)
        if line.number not in kinds and _STATEMENT.search(folded(line)) and not _CLOSING.match(folded(line))
    ]
    return texts[-1] if texts else len(lines)


# A hand or an arrow before a title points to another story.
_POINTER = re.compile(
    r"[►▶➤👉☞⏩]\s*[^。]{4,60}$|【(?:写真|画像|动画|動画|フォト|图集|影音|视频)[^】]{0,6}】[^。]{2,60}$"
)
_CLOSES = frozenset({"share-bar", "related", "disclaimer", "copyright", "prompt", "tags", "correction", "tool-bar"})
_CLOSING = re.compile(
    r"[(\[【]?\s*(?:责任编辑|责编|编辑|责任编校|网络编辑|值班编辑|校对|审核|编审|审校|监制|终审)\s*(?:[:|丨/]|\s[^\s。]{2,4}(?:\s|$)|[】\])])"
)
_SIGNED = re.compile(
    r"[(\[【]?\s*(?:.{0,12}记者|.{0,6}通讯员|作者|(?:本文|文章|稿件|信息)?来源|文|图|摄影|文字|采写|撰文|撰稿|图文|供稿"
    r"|统筹|策划|设计|视频|原标题|稿源|.{1,10}기자)\s*[:|丨/＝ )]"
)
_RULES: tuple[Callable[[tuple[Line, ...], dict[int, str]], Iterator[tuple[int, str]]], ...] = (
    _by_itself,
    _site_labels,
    _page_numbers,
    _related,
    _end_matter,
)
