"""The words of a page's furniture: what buttons, counters and widgets say, as opposed to what stories say."""

import re

# Simplified and half-width, as `fold` makes them. A line is furniture where every one of its pieces is.
_WORDS: dict[str, str] = {
    "widget": """
        有料记事 会员限定 会员限定记事 list 无料记事 요약 요약보기 뉴스 정문
        正文 新闻正文 文章正文 正文内容 详细内容
        微信公众号 官方微博 官方微信 官方抖音 官方快手 微信公众平台 微信公号 公众号 公众平台 微信号
        新浪微博 腾讯微博 人民微博 微博 微信 抖音 抖音号 快手 视频号 头条号 百家号 强国号 今日头条
        小程序 客户端 手机客户端 移动客户端 客户端下载 手机版 电脑版 手机网 手机报 触屏版 wap版 无障碍
        无障碍浏览 扫一扫 扫码关注 扫码下载 扫码阅读 二维码 微信二维码 关注我们 关注微信 联系我们
        关于我们 qq qzone qq群 rss rss订阅 app app下载 下载app facebook line twitter x youtube instagram
        telegram weibo wechat line@ threads 电子报 电子报订阅 粉丝团 加入好友 关注 已关注 +关注
        フォローする 公式アカウント 페이스북 카카오톡 카카오스토리 트위터 네이버블로그 밴드
    """,
    "share-bar": """
        分享 分享到 分享到: 分享至 分享至: 分享: 分享给好友 分享给朋友 分享文章 分享本文 我要分享
        一键分享 转发 转发到 转发至 易信 朋友圈 好友和朋友圈 分享至好友和朋友圈
        微信好友 微信朋友圈 qq好友 qq空间 空间 人人网 豆瓣 复制链接
        复制网址 复制 更多 海报 生成海报 手机看 手机扫码阅读 手机阅读 用手机看 share tweet email e-mail
        mail fb分享 line分享 分享fb print シェア シェアする ツイート ツイートする ブックマーク メール
        脸书 脸书分享 分享至脸书 推特 噗浪 plurk whatsapp 电邮 电邮分享 邮件 邮寄 复制连结 复制链结 连结 寄给朋友
        印刷 공유 공유하기 url복사 프린트 인쇄 글자크기
    """,
    "tool-bar": """
        打印 打印本页 打印本文 打印此页 打印文章 友善列印 列印 关闭 关闭窗口 关闭本页 关闭此页 关闭页面
        调整字号 调整字体 放大字体 缩小字体
        字号 字号: 字体 字体: 字级 字级: 字型大小 字体大小 字体大小: 大 中 小 大字号 中字号 小字号 默认
        特大 超大号 大号 中号 小号 标准 a a+ a- a+a- aa t t+ t- + - 放大 缩小 收藏 加入收藏 收藏本文
        我要收藏 举报 纠错 我要纠错 纠错: 投诉 反馈 意见反馈 语音播报 听新闻 朗读 点击播放 播放 返回
        我要举报 预览时标签不可点 继续滑动看下一个 轻触阅读原文
        订阅电子报 原文网址 목록보기 分享此文 发表评论 请先登录后发表评论
        글자크기조정 목록 이전글 다음글 100자평
        トップへ戻る ページトップへ 一覧へ 一覧へ戻る 一览へ戻る 回页首 回页首 回顶端 回列表
        手机发跟贴 发跟贴 登录并发贴
        参与互动 加载更多 加载中 正在加载 算法反馈 为您推荐 收藏成功 听全文 网友评论 후원하기 구독 구독하기 스크랩하기
        返回首页 返回顶部 返回列表 回到顶部 回首页 回上页 回上一页 top 首页 登录 注册 登录/注册 搜索
        繁体 简体 留言 我要留言 追踪 订阅 夜间模式 展开 展开全文 收起 评论 我要评论 参与评论 发表评论
        查看评论 网友评论 跟贴 跟帖 已有 人参与 条评论 我来说两句 我有话说 点赞 赞 推荐 踩 打赏 赞赏
        喜欢 在看 阅读 浏览 举报/反馈 投稿 댓글 좋아요 스크랩 본문듣기 コメント 文字サイズ 保存 拡大
    """,
    "page-join": """
        上一页 下一页 上页 下页 首页 末页 尾页 前一页 后一页 第一页 最后一页 上一篇 下一篇 上一条 下一条
        全文阅读 阅读全文 余下全文 单页阅读 在本页阅读全文 显示全文 查看全文 查看更多 查看原文 阅读原文
        原文 全文 次のページ 前のページ 続きを読む 次へ 前へ 1ページ目から読む 다음 이전 next previous
        prev 共 页 第 跳转 go
    """,
    "advertisement": """
        广告 ad ads advertisement 推广 赞助 赞助商链接 广告合作 推广链接 スポンサーリンク 광고
    """,
}
_KINDS = {word: kind for kind, words in reversed(_WORDS.items()) for word in words.split()}
_SPLIT = re.compile(r"[:\s|丨/／·•>»›《》«<【】\[\]()・,，、◆●■★☆▼▲→←↑↓]+")
_COUNT = re.compile(
    r"[\d.,]+(?:万|千|亿|k|w|m)?\+?(?:次|人|条|个|阅读|评论|赞|人参与|条评论|万阅读|浏览)?", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:阅读(?:次数|数|量)?|浏览(?:次数|数|量)?|点击(?:次数|数|量|率)?|访问(?:次数|量)?|人气|热度|评论数?|跟帖|点赞数?|赞|收藏|转发|分享|推荐|参与|조회수?|댓글|추천)"
    r":?[\d.,]*(?:万|亿|k|w)?\+?(?:次|人|条)?",
    re.IGNORECASE,
)
_MOST_PIECES = 40


def furniture(plain: str) -> str:
    """Return the kind of furniture that the folded line `plain` is, or nothing where it may be text.

    >>> furniture("分享到: 微信 微博 QQ空间"), furniture("阅读 (10万+) 点赞 2346"), furniture("微博上的渡口")
    ('share-bar', 'tool-bar', '')
    """
    pieces = [piece for piece in _SPLIT.split(plain.lower()) if piece]
    if len(pieces) > _MOST_PIECES:
        return ""
    kinds = [_kind(piece) for piece in pieces]
    named = [kind for kind in kinds if kind != "count"]
    return named[0] if all(kinds) and named else ""


def _kind(piece: str) -> str:
    if piece in _KINDS or piece.rstrip(":") in _KINDS:
        return _KINDS.get(piece, _KINDS.get(piece.rstrip(":"), ""))
    if _COUNT.fullmatch(piece):
        return "count"
    return "tool-bar" if _COUNTED.fullmatch(piece) else ""
