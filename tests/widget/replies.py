"""Replies that exercise every part of a Reply, for looking at the widget without the bot."""

from __future__ import annotations

from guide.answers.reply import Attachment, Button, Card, Map, MapPoint, QuickReply, Reply, SourceNote

EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
DANTRI = SourceNote("Dân trí", "https://dantri.com.vn/", "2026-02-05")

PRICE = {
    "vi": Reply(
        text="Vé tham quan Yên Tử hiện **miễn phí** theo nghị quyết của tỉnh Quảng Ninh, áp dụng đến hết "
        "31/12/2028.\n\nCó hai khoản vẫn trả riêng:\n- Cáp treo: mình chưa có giá hiện hành, "
        "bạn hỏi quầy vé ở chân núi nhé.\n"
        "- Xe điện từ bãi xe vào chân núi.\n\nNguồn: Dân trí, 5/2/2026",
        sources=(DANTRI,),
        quick_replies=(
            QuickReply("Giờ mở cửa", "ask:hours:place/yen-tu"),
            QuickReply("Đường lên chùa Đồng", "ask:climbing:place/chua-dong"),
            QuickReply("Lễ hội Yên Tử", "ask:festival:place/yen-tu"),
        ),
    ),
    "en": Reply(
        text="Entry to Yên Tử is **free** until 31 December 2028, by a resolution of the provincial council.\n\n"
        "Two things are charged separately:\n- The cable car: I have no current fare, please ask at the "
        "ticket counter.\n- The electric car from the car park to the foot of the mountain."
        "\n\nSource: Dân trí, 5 February 2026",
        lang="en",
        sources=(DANTRI,),
        quick_replies=(
            QuickReply("Opening hours", "ask:hours:place/yen-tu"),
            QuickReply("The climb to Đồng Pagoda", "ask:climbing:place/chua-dong"),
        ),
    ),
}


def _card(name: str, place: str, about: str) -> Card:
    more = Button("Kể thêm", f"ask:overview:place/{place}")
    return Card(name, about, buttons=(more, Button("Đường đi", f"ask:directions:place/{place}")))


PLACES = Reply(
    text="Quanh chùa Hoa Yên có mấy nơi bạn nên ghé, xếp từ gần đến xa:",
    cards=(
        _card("Vườn tháp Huệ Quang", "thap-hue-quang", "Khu mộ tháp cổ, có tháp Tổ của Phật hoàng. Cách khoảng 300 m."),
        _card("Chùa Một Mái", "chua-mot-mai", "Ngôi chùa nhỏ nép nửa mái vào hang đá. Cách khoảng 600 m."),
        _card("Chùa Đồng", "chua-dong", "Ngôi chùa bằng đồng trên đỉnh núi 1.068 m."),
    ),
    map=Map((MapPoint(21.152, 106.716, "Chùa Hoa Yên"), MapPoint(21.161, 106.714, "Chùa Đồng", 1500))),
    quick_replies=(QuickReply("Leo mất bao lâu?", "ask:duration:place/yen-tu"),),
)

PLAN = Reply(
    text="**Ngày 1, thứ Bảy 28/11/2026**\n- 8:30–12:00 Yên Tử: cáp treo, chùa Hoa Yên, chùa Đồng\n"
    "- 12:00–13:00 ăn trưa ở chân núi\n"
    "- 14:10–15:30 chùa Ba Vàng\n\n**Ngày 2, Chủ nhật 29/11/2026**\n- 8:00–10:00 Côn Sơn\n- 10:20–11:30 Kiếp Bạc",
    cards=(
        Card(
            "Ngày 1: Yên Tử – Ba Vàng", "8:30–15:30 · 46 km · leo vừa", buttons=(Button("Đi chậm hơn", "plan:gentler"),)
        ),
        Card(
            "Ngày 2: Côn Sơn – Kiếp Bạc",
            "8:00–11:30 · 62 km · đi bộ nhẹ",
            buttons=(Button("Đi chậm hơn", "plan:gentler"),),
        ),
    ),
    map=Map(
        (
            MapPoint(21.15, 106.72, "Yên Tử"),
            MapPoint(21.05, 106.77, "Chùa Ba Vàng"),
            MapPoint(21.14, 106.38, "Côn Sơn"),
        ),
        path=((21.15, 106.72), (21.05, 106.77), (21.14, 106.38)),
    ),
    attachments=(
        Attachment("page", "Trang lịch trình", "/t/demo"),
        Attachment("calendar", "Lịch (.ics)", "/t/demo.ics"),
        Attachment("gpx", "Đường đi (.gpx)", "/t/demo.gpx"),
    ),
    quick_replies=(QuickReply("Thêm một ngày", "plan:days:1"), QuickReply("Bớt leo bậc", "plan:gentler")),
)

HOSTILE = Reply(
    text=f"{EVIL} javascript:alert(3) https://example.vn/?q=<b> {'x' * 3000}",
    cards=(
        Card(
            EVIL,
            EVIL,
            image="javascript:alert(4)",
            buttons=(Button(EVIL, url="javascript:alert(5)"), Button(EVIL, phone="javascript:alert(6)")),
        ),
    ),
    map=Map((MapPoint(21.1, 106.7, EVIL),)),
    quick_replies=(QuickReply(EVIL, "ask:price"),),
    attachments=(Attachment("page", EVIL, "javascript:alert(7)"),),
    sources=(SourceNote(EVIL, "javascript:alert(8)", EVIL),),
)

BY_WORD = {"gần": PLACES, "near": PLACES, "quanh": PLACES, "lịch": PLAN, "plan": PLAN, "xss": HOSTILE}


def reply_to(text: str, lang: str) -> Reply:
    """The canned reply to a message."""
    lowered = text.lower()
    return next((reply for word, reply in BY_WORD.items() if word in lowered), PRICE.get(lang, PRICE["vi"]))
