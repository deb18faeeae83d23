"""Replies for the tests of rendering: one for each part that a Reply can have, made by the real Reply class."""

from __future__ import annotations

from guide.answers.reply import Attachment, Button, Card, Map, MapPoint, QuickReply, Reply, SourceNote

TEXT = "Chùa Đồng ở độ cao 1.068 m, trên đỉnh Yên Tử."
DONG = MapPoint(21.15, 106.717, "Chùa Đồng")
HOA_YEN = MapPoint(21.137, 106.72, "Chùa Hoa Yên")
PRICE = QuickReply("Giá vé", "ask:price:place/chua-dong")
WAY = QuickReply("Đường đi", "ask:directions:place/chua-dong")
COMPARE = QuickReply("So sánh với nơi khác", "ask:compare:place/" + "a" * 60 + ",place/chua-dong")
SOURCE = SourceNote("Báo Quảng Ninh", "https://baoquangninh.vn/a?b=1&c=2", "2025-07-12")


def picture(number: int) -> Card:
    """A card with a picture."""
    page = Button("Xem thêm", url=f"https://yentu.example/vi/chua-{number}")
    return Card(f"Chùa {number}", "Đông Triều", f"https://yentu.example/{number}.jpg", (page,))


LONG_CHANGE = QuickReply("Đổi nơi này lấy nơi kia", f"plan:swap:place/{'a' * 60},place/{'b' * 60}")


def day(number: int) -> Card:
    """A card of a day of a plan, as ``guide.answers.itinerary`` makes it: no picture, buttons that ask and change."""
    swap = Button("Đổi Chùa Đồng", payload="plan:swap:place/chua-dong")
    return Card(
        f"Ngày {number}: Hà Nội → Yên Tử", "08:30 Chùa Đồng", buttons=(Button("Chùa Đồng", payload=WAY.payload), swap)
    )


PLAN = Reply(
    TEXT,
    cards=(day(1), day(2)),
    quick_replies=(QuickReply("Thêm một ngày", "plan:days:+1"), QuickReply("Đi nhẹ hơn", "plan:gentler"), LONG_CHANGE),
    map=Map((DONG, HOA_YEN), ((21.0, 105.8), (21.1, 106.2), (21.15, 106.717))),
    attachments=(
        Attachment("page", "Trang lịch trình", "https://yentu.example/t/a"),
        Attachment("calendar", "Lịch", "https://yentu.example/t/a.ics"),
        Attachment("gpx", "Bản đồ", "https://yentu.example/t/a.gpx"),
    ),
)
PARTS: dict[str, Reply] = {
    "text": Reply(TEXT),
    "long text": Reply("Mây phủ quanh năm trên đỉnh núi. " * 150),
    "quick replies": Reply(TEXT, quick_replies=(PRICE, WAY)),
    "a long payload": Reply(TEXT, quick_replies=(COMPARE,)),
    "a page to open": Reply(TEXT, cards=(Card("Ban quản lý", buttons=(Button("Trang web", url="https://yentu.vn"),)),)),
    "a number to call": Reply(TEXT, cards=(Card("Quầy vé", buttons=(Button("0203 3854 333", phone="02033854333"),)),)),
    "a picture": Reply(TEXT, cards=(picture(1),)),
    "four pictures": Reply(TEXT, cards=tuple(map(picture, (1, 2, 3, 4)))),
    "one place": Reply(TEXT, map=Map((DONG,))),
    "several places": Reply(TEXT, map=Map((DONG, HOA_YEN))),
    "a way": Reply(TEXT, map=Map((), ((21.0, 105.8), (21.1, 106.2), (21.15, 106.717)))),
    "a calendar or GPX file": Reply(
        TEXT, attachments=(Attachment("calendar", "Lịch trình", "https://yentu.example/t/a.ics"),)
    ),
    "a page as attachment": Reply(TEXT, attachments=(Attachment("page", "Lịch trình", "https://yentu.example/t/a"),)),
    "a plan": PLAN,
    "sources": Reply(f"{TEXT}\n\nNguồn: Báo Quảng Ninh, 12/7/2025", sources=(SOURCE,)),
}
WHOLE = Reply(
    f"{TEXT}\n\nNguồn: Báo Quảng Ninh, 12/7/2025",
    cards=(picture(1), Card("Quầy vé", buttons=(Button("0203 3854 333", phone="02033854333"),))),
    quick_replies=(PRICE, WAY, COMPARE),
    map=Map((DONG,)),
    attachments=(Attachment("page", "Trang của chùa", "https://yentu.example/vi/chua-dong"),),
    sources=(SOURCE,),
)
