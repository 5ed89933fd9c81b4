"""What each flag of the command line sets in a project. This table is the only place that knows both."""

from msgspec import Struct


class Flag(Struct, frozen=True):
    """The dotted key that a flag sets, and what a sentence calls the flag. `outputs.` stands for every output."""

    key: str
    name: str


# By the name of click's parameter.
FLAGS: dict[str, Flag] = {
    "inputs": Flag("inputs", "INPUT"),
    "style": Flag("style", "--style"),
    "nameplate": Flag("issue.nameplate", "--nameplate"),
    "number": Flag("issue.number", "--number"),
    "date": Flag("issue.date", "--date"),
    "publisher": Flag("issue.publisher", "--publisher"),
    "rights": Flag("issue.rights", "--rights"),
    "language": Flag("issue.language", "--lang"),
    "form": Flag("reading.form", "--from"),
    "encoding": Flag("reading.encoding", "--encoding"),
    "lexicon": Flag("reading.lexicon", "--lexicon"),
    "url": Flag("reading.url", "--url"),
    "retrieved": Flag("reading.retrieved", "--retrieved"),
    "script": Flag("conversion.script", "--script"),
    "marks": Flag("conversion.marks", "--marks"),
    "cap": Flag("gate", "--cap"),
    "allow": Flag("release.allow", "--allow"),
    "most_failures": Flag("release.most_failures", "--max-failures"),
    "memory": Flag("processes.memory", "--memory"),
    "cpu": Flag("processes.cpu", "--cpu"),
    "wall": Flag("processes.wall", "--wall"),
    "cache": Flag("fetching.cache", "--cache"),
    "offline": Flag("fetching.offline", "--offline"),
    "refresh": Flag("fetching.refresh", "--refresh"),
    "fetch_pictures": Flag("fetching.pictures", "--fetch-pictures"),
    "follow": Flag("fetching.follow", "--follow"),
    "ignore_robots": Flag("fetching.ignore_robots", "--ignore-robots"),
    "allow_host": Flag("fetching.allow_hosts", "--allow-host"),
    "delay": Flag("fetching.delay", "--delay"),
    "timeout": Flag("fetching.timeout", "--timeout"),
    "page_size": Flag("design.page", "--page-size"),
    "text_size": Flag("design.text", "--text-size"),
    "columns": Flag("design.columns", "--columns"),
    "accent": Flag("design.accent", "--accent"),
    "logo": Flag("design.logo", "--logo"),
    "running_head": Flag("design.running_head", "--running-head"),
    "qr": Flag("design.qr", "--qr"),
    "text_face": Flag("design.faces.text", "--text-face"),
    "heading_face": Flag("design.faces.heading", "--heading-face"),
    "caption_face": Flag("design.faces.caption", "--caption-face"),
    "index": Flag("index.make", "--index"),
    "index_order": Flag("index.order", "--index-order"),
    "output": Flag("outputs.file", "-o"),
    "profile": Flag("outputs.profile", "--profile"),
    "booklet": Flag("outputs.booklet", "--booklet"),
    "sheets": Flag("outputs.sheets", "--sheets"),
    "paper": Flag("outputs.paper", "--paper"),
    "thickness": Flag("outputs.thickness", "--thickness"),
    "signature": Flag("outputs.signature", "--signature"),
    "bleed": Flag("outputs.bleed", "--bleed"),
    "crop_marks": Flag("outputs.crop_marks", "--crop-marks"),
    "binding": Flag("outputs.binding", "--binding"),
    "sign_with": Flag("outputs.sign_with", "--sign-with"),
    "collection": Flag("outputs.collection", "--volume, --by-month or --individual"),
    "cover": Flag("outputs.cover", "--cover"),
    "pages": Flag("outputs.pages", "--pages"),
    "embed_fonts": Flag("outputs.embed_fonts", "--embed-fonts"),
    "picture_size": Flag("outputs.picture_size", "--picture-size"),
    "size_limit": Flag("outputs.size_limit", "--size-limit"),
}
