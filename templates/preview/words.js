/* What the page says, in each language of its own. */

const WORDS = {
  en: {
    skip: "To the pages", view: "View", output: "Output", layout: "Pages", single: "Single", spreads: "Spreads", thumbnails: "Thumbnails",
    screen: "Screen", phone: "Phone", reader: "Reader", wide: "Wide", smaller: "Smaller", larger: "Larger", zoom: "Zoom", fit: "Fit", language: "Language",
    order: "Order", addSection: "Add section", orderHint: "Drag, or press Alt with ↑ or ↓.", pages: "Pages", book: "E-book", previous: "Previous",
    next: "Next", chapter: "Chapter", article: "Article", findings: "Findings", showAll: "Show all", noSection: "No section",
    page: (n) => `Page ${n}`, pageOf: (n, name) => `Page ${n} of ${name}`, alone: (name) => `“${name}”, set alone. The pages are being made up.`,
    reading: "Reading …", "making up": "Making up the pages …", binding: "Binding the e-book …", done: (n) => `${n} ${n === 1 ? "article" : "articles"}, up to date`,
    stale: "The pages are older than what is saved.", gone: "The preview has ended. Start newsbook preview again.", nothing: "Nothing has been made yet.",
    failed: "This cannot be made as it is:", doubts: (n) => `${n} ${n === 1 ? "doubt" : "doubts"}`, found: (n) => `${n} ${n === 1 ? "finding" : "findings"}`,
    up: (name) => `Move up: ${name}`, down: (name) => `Move down: ${name}`, drag: (name) => `Drag: ${name}`, moved: (name, at, of, group) => `${name}: ${at} of ${of} in ${group}`,
    movedSection: (name, at, of) => `Section ${name}: ${at} of ${of}`, rename: (name) => `Rename section ${name}`, drop: (name) => `Remove section ${name}`, newName: "Name of the section",
    headline: "Headline", keep: "Keep", save: "Save", cancel: "Cancel", asRead: "As it was read", saved: "Saved in newsbook.toml.", decided: (file) => `Saved in ${file}.`,
    doubtful: "Doubtful", received: "Received", guess: "Best guess", accept: "Accept", leave: "Leave", replace: "Replace", instead: "Write instead", repaired: (n) => `Repairs (${n})`,
    leftOut: (n) => `Left out (${n})`, kept: "Kept", nothingToDecide: "There is nothing to decide.", takingOut: "taking it out", place: (line, column) => `line ${line}, column ${column}`,
    noFindings: "Nothing was found.", choose: "Choose an article to edit its headline and to decide on its doubts.", empty: "There is no article here.", onPage: (n) => `page ${n}`,
    problem: "Problem", warning: "Warning", note: "Note", untitled: "Without a headline", decision: { accept: "accepted", reject: "left", replace: "replaced" }, ofIssue: "Of the issue", notes: (n) => `Notes (${n})`,
    aside: (n) => `Not in this issue (${n})`, why: { held: "Held", "left-out": "Left out", duplicate: "Another copy", unusable: "Unusable" }, putBack: "Put back", putBackOf: (name) => `Put back: ${name}`,
    byPattern: "The entry means others too; change it in newsbook.toml.", hold: "Hold for a later issue", leaveOut: "Leave out",
  },
  "zh-Hant": {
    skip: "跳到頁面", view: "檢視", output: "成品", layout: "頁面", single: "單頁", spreads: "跨頁", thumbnails: "縮圖",
    screen: "螢幕", phone: "手機", reader: "閱讀器", wide: "寬", smaller: "縮小", larger: "放大", zoom: "縮放", fit: "合寬", language: "語言",
    order: "次序", addSection: "新增欄目", orderHint: "拖曳，或按 Alt 加 ↑、↓。", pages: "頁面", book: "電子書", previous: "上一篇",
    next: "下一篇", chapter: "篇目", article: "文章", findings: "檢查結果", showAll: "顯示全部", noSection: "未歸欄目",
    page: (n) => `第 ${n} 頁`, pageOf: (n, name) => `《${name}》第 ${n} 頁`, alone: (name) => `「${name}」已先單獨排出，全期正在重新拼版。`,
    reading: "讀取中……", "making up": "拼版中……", binding: "製作電子書中……", done: (n) => `共 ${n} 篇，已是最新`,
    stale: "頁面比已存檔的內容舊。", gone: "預覽已結束，請重新執行 newsbook preview。", nothing: "尚未製成任何頁面。",
    failed: "目前無法製作：", doubts: (n) => `${n} 處存疑`, found: (n) => `${n} 項檢查結果`,
    up: (name) => `上移：${name}`, down: (name) => `下移：${name}`, drag: (name) => `拖曳：${name}`, moved: (name, at, of, group) => `${name}：${group}，第 ${at} 篇，共 ${of} 篇`,
    movedSection: (name, at, of) => `欄目「${name}」：第 ${at}，共 ${of}`, rename: (name) => `更改欄目「${name}」的名稱`, drop: (name) => `移除欄目「${name}」`, newName: "欄目名稱",
    headline: "標題", keep: "保留", save: "儲存", cancel: "取消", asRead: "恢復原標題", saved: "已存入 newsbook.toml。", decided: (file) => `已存入 ${file}。`,
    doubtful: "存疑", received: "來稿", guess: "最可能", accept: "採用", leave: "照原文", replace: "改為", instead: "自行填寫", repaired: (n) => `已修正（${n}）`,
    leftOut: (n) => `已略去（${n}）`, kept: "已保留", nothingToDecide: "沒有要決定的地方。", takingOut: "刪去", place: (line, column) => `第 ${line} 行第 ${column} 字`,
    noFindings: "沒有發現問題。", choose: "請選一篇文章，以修改標題、決定存疑之處。", empty: "此處沒有文章。", onPage: (n) => `第 ${n} 頁`,
    problem: "問題", warning: "警告", note: "附註", untitled: "無標題", decision: { accept: "已採用", reject: "照原文", replace: "已改" }, ofIssue: "全期", notes: (n) => `附註（${n}）`,
    aside: (n) => `未收入本期（${n}）`, why: { held: "留待以後", "left-out": "不收", duplicate: "重複", unusable: "無法使用" }, putBack: "放回", putBackOf: (name) => `放回：${name}`,
    byPattern: "這一條還管別的稿，請在 newsbook.toml 裏改。", hold: "留待以後", leaveOut: "不收",
  },
  "zh-Hans": {
    skip: "跳到页面", view: "视图", output: "成品", layout: "页面", single: "单页", spreads: "跨页", thumbnails: "缩略图",
    screen: "屏幕", phone: "手机", reader: "阅读器", wide: "宽", smaller: "缩小", larger: "放大", zoom: "缩放", fit: "适宽", language: "语言",
    order: "次序", addSection: "新增栏目", orderHint: "拖动，或按 Alt 加 ↑、↓。", pages: "页面", book: "电子书", previous: "上一篇",
    next: "下一篇", chapter: "篇目", article: "文章", findings: "检查结果", showAll: "显示全部", noSection: "未归栏目",
    page: (n) => `第 ${n} 页`, pageOf: (n, name) => `《${name}》第 ${n} 页`, alone: (name) => `“${name}”已先单独排出，全期正在重新拼版。`,
    reading: "读取中……", "making up": "拼版中……", binding: "制作电子书中……", done: (n) => `共 ${n} 篇，已是最新`,
    stale: "页面比已保存的内容旧。", gone: "预览已结束，请重新运行 newsbook preview。", nothing: "尚未制成任何页面。",
    failed: "目前无法制作：", doubts: (n) => `${n} 处存疑`, found: (n) => `${n} 项检查结果`,
    up: (name) => `上移：${name}`, down: (name) => `下移：${name}`, drag: (name) => `拖动：${name}`, moved: (name, at, of, group) => `${name}：${group}，第 ${at} 篇，共 ${of} 篇`,
    movedSection: (name, at, of) => `栏目“${name}”：第 ${at}，共 ${of}`, rename: (name) => `更改栏目“${name}”的名称`, drop: (name) => `移除栏目“${name}”`, newName: "栏目名称",
    headline: "标题", keep: "保留", save: "保存", cancel: "取消", asRead: "恢复原标题", saved: "已存入 newsbook.toml。", decided: (file) => `已存入 ${file}。`,
    doubtful: "存疑", received: "来稿", guess: "最可能", accept: "采用", leave: "照原文", replace: "改为", instead: "自行填写", repaired: (n) => `已修正（${n}）`,
    leftOut: (n) => `已略去（${n}）`, kept: "已保留", nothingToDecide: "没有要决定的地方。", takingOut: "删去", place: (line, column) => `第 ${line} 行第 ${column} 字`,
    noFindings: "没有发现问题。", choose: "请选一篇文章，以修改标题、决定存疑之处。", empty: "此处没有文章。", onPage: (n) => `第 ${n} 页`,
    problem: "问题", warning: "警告", note: "附注", untitled: "无标题", decision: { accept: "已采用", reject: "照原文", replace: "已改" }, ofIssue: "全期", notes: (n) => `附注（${n}）`,
    aside: (n) => `未收入本期（${n}）`, why: { held: "留待以后", "left-out": "不收", duplicate: "重复", unusable: "无法使用" }, putBack: "放回", putBackOf: (name) => `放回：${name}`,
    byPattern: "这一条还管别的稿，请在 newsbook.toml 里改。", hold: "留待以后", leaveOut: "不收",
  },
};

export const language = () => Object.keys(WORDS).find((name) => WORDS[name] === words);

const HANT = /^zh-(hant|tw|hk|mo)\b/i;

/* The language that was chosen here, else the first that the browser asks for. */
export function languageOf(wanted = navigator.languages) {
  const stored = localStorage.getItem("language");
  if (stored in WORDS) return stored;
  const first = wanted.find((tag) => /^(zh|en)\b/i.test(tag)) || "en";
  return HANT.test(first) ? "zh-Hant" : /^zh\b/i.test(first) ? "zh-Hans" : "en";
}

let words = WORDS[languageOf()];

export function speak(chosen) {
  words = WORDS[chosen];
  localStorage.setItem("language", chosen);
  label();
}

/* Writes the words of the page that stay the same. */
export function label() {
  document.documentElement.lang = language();
  document.getElementById("language").value = language();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words[node.dataset.label]);
}

export const say = (name, ...given) => (typeof words[name] === "function" ? words[name](...given) : words[name]);
