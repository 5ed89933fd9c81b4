"""Tell what a site says for itself in sentences from what a story says: rules for comments, cookies, languages, rights.

Such a notice is prose by its form, and may be longer than a story of one paragraph. It is told by its words, which are
those of one who runs a site, or by its writing: a notice in English on a page whose headings are Chinese.
"""

import re

# Each line is about one thing; a notice is about two of them at least. Both scripts, as text is not folded here.
_ABOUT = tuple(
    re.compile("|".join(words.split()), re.IGNORECASE)
    for words in (
        """留言 [評评][論论] [發发]言 意[見见] 跟帖 回[覆复] [貼帖]文 帖子 只貼 再貼
        コメント 投稿 댓글""",
        """[請请]勿 [請请]別 [請请]别 不要在 不得 禁止 [嚴严]禁 [違违]者 停[權权] 封[鎖锁] [刪删] 管理[員员] 版主
        [檢检][舉举] [舉举][報报] 遵守 [規规][範范] ご遠慮 お控え 削除 삭제 금지 운영원칙""",
        "[帳账帐][號号] 登入 登[錄录] [註注][冊册] [會会][員员] ログイン 로그인 회원",
        """cookie [隱隐]私 個資 [個个]人[資信][料息] [條条]款 利用規約 プライバシー クッキー
        개인정보 쿠키 약관""",
        """版[權权] 著作[權权] [轉转][載载用] 摘[編编] 本站 本[網网] [書书]面同意 授[權权]
        無断 当サイト 本サイト 무단""",
        "[瀏浏][覽览]器 [語语]言版本 翻[譯译] ブラウザ 言語を 自動翻訳 브라우저 언어를 javascript chrome",
        "[別别]站 [這这][裡里] 本[頁页] [閱阅][讀读]更多 [點点][擊击]同意 同意 接受 設定 设置",
    )
)
_FEWEST = 2
_DENSE = 40

_LETTER = re.compile(r"[^\W\d_]")
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
# A story in Chinese may quote a sentence in English; a block of nothing else is no part of it.
_FOREIGN = 0.1


def is_notice(text: str) -> bool:
    """Tell whether a block of text speaks for its site: about two things that only a site speaks of, and often."""
    hits = [len(about.findall(text)) for about in _ABOUT]
    return sum(bool(number) for number in hits) >= _FEWEST and sum(hits) * _DENSE >= len(text)


def is_foreign(text: str, headings: str) -> bool:
    """Tell whether a block is written in other letters than the headings of its page, which are East Asian."""
    return _share(headings) > _FOREIGN and _share(text) < _FOREIGN


def _share(text: str) -> float:
    """Return which part of the letters of a text are Chinese, Japanese or Korean; 1 where it has no letters."""
    letters = len(_LETTER.findall(text))
    return len(_EAST_ASIAN.findall(text)) / letters if letters else 1.0
