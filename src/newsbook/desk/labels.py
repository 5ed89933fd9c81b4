"""The labels of meta lines: what the words before a colon say about the words after it."""

import re
from enum import StrEnum


class Field(StrEnum):
    """What a labelled value is.

    `STAFF` and `COUNTER` are read and left out: the model has no place for them. An `EMPLOYER` is whom a reporter
    works for, and the outlet where nothing else says which.
    """

    PUBLISHED = "published"
    UPDATED = "updated"
    OUTLET = "outlet"
    AUTHOR = "author"
    CORRESPONDENT = "correspondent"
    EDITOR = "editor"
    PHOTOGRAPHER = "photographer"
    SUPPLIER = "supplier"
    AUTHOR_AND_PHOTOGRAPHER = "author-and-photographer"
    SECTION = "section"
    URL = "url"
    ORIGINAL_TITLE = "original-title"
    STAFF = "staff"
    COUNTER = "counter"
    EMPLOYER = "employer"


# Simplified and half-width, as `fold` makes them; longer ones first where one begins another.
_WORDS: dict[Field, str] = {
    Field.ORIGINAL_TITLE: "原标题|原题|原文标题",
    Field.URL: "原文链接|本文链接|原文地址|本文网址|文章链接|来源链接|链接|网址|URL",
    Field.PUBLISHED: (
        "发布时间|发布日期|发表时间|发表日期|发稿时间|发稿日期|刊登日期|刊发时间"
        "|上传时间|上架时间|录入时间|添加时间|新闻时间|文章时间"
        "|更新发布时间|出版日期|出版时间|出版|刊出|报道时间|建立时间|公布日期|发文时间|发文日期"
        "|成文日期|首次发布|首发时间|发布于|发表于|发表|发布"
        "|时间|日期|配信日时|配信|公开日|公开|掲载日|掲载|発行日|初出|송고시간|송고|작성일시|작성일|등록일시|발행일|기사입력|최초입력"
        "|입력시간|입력|등록일|등록|게재|작성|승인"
        "|Published|Posted|Publish time|Date|Time"
    ),
    Field.UPDATED: (
        "最后更新时间|最后更新|最近更新|更新时间|更新日期|更新日时|最终更新日|最终更新|更新于"
        "|更新|修改时间|最后修改|最终更新|최종수정|최종편집|최종 ?업데이트|업데이트|수정|Updated"
    ),
    Field.OUTLET: (
        "信息来源|稿件来源|文章来源|新闻来源|消息来源|内容来源|本文来源|原文来源"
        "|来源媒体|媒体来源|来源网站|来源单位|来源于|来源"
        "|稿源|出处|来自|转载自|转自|摘自|媒体名称|媒体|发布单位|发布机构"
        "|发布者|发布人|供稿单位|供稿部门|发稿单位|发布科室|供稿|信源|発行元|発行|出典|情报元|提供元|출처|매체|Source"
        "|From"
    ),
    Field.AUTHOR_AND_PHOTOGRAPHER: "图[/、&·]文|文[/、&·]图|文并图|图文记者|文图|图文|文字摄影|文[/、]摄影?|摄影报道",
    Field.PHOTOGRAPHER: "摄影记者|图片摄影|摄影师|摄影|拍摄|图片|图|摄|写真|撮影|사진|Photos?(?: by)?",
    Field.SUPPLIER: "图片来源|图片提供|供图|图源|视频来源",
    Field.CORRESPONDENT: "特约通讯员|本报通讯员|本网通讯员|通讯员|通信员|特约撰稿",
    Field.AUTHOR: (
        "(?:[一-鿿·]{2,14}?)?(?:首席|资深|特约|特派|实习|见习|驻[一-鿿]{1,6}"
        "|全媒体|融媒体?|文字|地方|主任|高级|撰文|综合)?(?:记者|特派员)"
        "|文章作者|作者|采访撰文|采访整理|采写整理|撰文|撰稿人?|撰写|采写|采访|执笔|主笔|文字|文责|文"
        "|글쓴이|글|작성자|기자|기고|By|Author|Reporter|Writer"
    ),
    Field.EDITOR: (
        "责任编辑|图片编辑|网络编辑|值班编辑|执行编辑|本期编辑|实习编辑|新媒体编辑"
        "|微信编辑|编辑部主任|编辑|责编|责编辑|编校|主编|总编辑|总编|本文编辑"
        "|责任编校|版编|美编责编|편집|Editor"
    ),
    Field.STAFF: (
        "责任校对|校对|校核|校审|审校|审核|审稿|核稿|监制|总监制|初审|复审"
        "|终审|一审|二审|三审|编审|审读|审签|签发|签审|制作|设计|视频"
        "|剪辑|策划|总策划|统筹|出品人?|翻译|编译|译者|配音|主持|美编|排版"
        "|运营|值班主任|值班总编|值班领导|检校|版面编辑|版面|整理|主管|主办|流程编辑"
        "|流程|协作|导播|后期|海报|责任人"
        "|영상취재|영상편집|영상|그래픽|디자인|연출|구성"
    ),
    Field.SECTION: "所属栏目|所属分类|栏目|频道|分类|类别|版面|版次|카테고리",
    Field.COUNTER: (
        "阅读次数|阅读数|阅读量|阅读|浏览次数|浏览数|浏览量|浏览|点击次数"
        "|点阅数|点阅率|点阅|点击数|点击率|点击量|点击|访问次数|访问量|人气|热度|评论数|评论"
        "|点赞数|点赞"
        "|跟帖|参与|字数|字号|字体|大小|关键词|关键字|标签|Tags?|Keywords"
        "|조회수?|댓글|추천|文号|索引号|主题词|责任者|信息索引|发文字号|有效性"
    ),
}

# A label with a colon may stand anywhere; one with a space, a bar or a stroke only where a piece of the line begins.
_ANY = "|".join(f"(?P<{field.name}>{words})" for field, words in _WORDS.items())
_WEAK = "|".join(f"(?P<{field.name}_>{words})" for field, words in _WORDS.items())
_WEAK_MARK = r"(?P<mark>\s*[:】\]|丨/]\s*|\s+|・)(?=[^\s:])"
LABEL = re.compile(
    rf"(?:{_ANY})\s*:\s*|(?:^|(?<=[\s|丨/(\[【>,;、])|(?<=[\d)\]】:]))(?:{_WEAK}){_WEAK_MARK}", re.IGNORECASE
)

DATE_WORD = re.compile(f"{_WORDS[Field.PUBLISHED]}|{_WORDS[Field.UPDATED]}", re.IGNORECASE)


def field_of(match: re.Match[str]) -> Field:
    """Return which field a label's `match` stands for."""
    groups = ((name.removesuffix("_"), value) for name, value in match.groupdict().items() if name != "mark")
    return next(Field[name] for name, value in groups if value is not None)
