"""A stand-in for the bot that speaks the REST channel's contract, for looking at the pages and the widget without it.

``python -m tests.web.standin_bot --port 5005`` answers POST /webhooks/rest/webhook with canned replies that exercise
every part of a Reply. A message with "chậm" or "slow" waits, one with "lỗi" or "fail" is answered with status 500, one
with "im lặng" or "silence" with an empty list, and one with "xss" puts markup and hostile links in every field.
"""

from __future__ import annotations

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from guide.answers.reply import Attachment, Button, Card, Map, MapPoint, QuickReply, Reply, SourceNote

SLOW_SECONDS = 10
EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script>'

DANTRI = SourceNote("Dân trí", "https://dantri.com.vn/", "2026-02-05")

PRICE_VI = Reply(
    text="Vé tham quan Yên Tử hiện **miễn phí** theo nghị quyết của tỉnh Quảng Ninh, áp dụng đến hết 31/12/2028.\n\n"
    "Có hai khoản vẫn trả riêng:\n- Cáp treo: mình chưa có giá hiện hành, bạn hỏi quầy vé ở chân núi nhé.\n"
    "- Xe điện từ bãi xe vào chân núi.\n\nNguồn: Dân trí, 5/2/2026",
    sources=(DANTRI,),
    quick_replies=(
        QuickReply("Giờ mở cửa", "ask:hours:place/yen-tu"),
        QuickReply("Đường lên chùa Đồng", "ask:climbing:place/chua-dong"),
        QuickReply("Lễ hội Yên Tử", "ask:festival:place/yen-tu"),
    ),
)

PLACES_VI = Reply(
    text="Quanh chùa Hoa Yên có mấy nơi bạn nên ghé, xếp từ gần đến xa:",
    cards=(
        Card(
            "Vườn tháp Huệ Quang",
            "Khu mộ tháp cổ, có tháp Tổ của Phật hoàng Trần Nhân Tông. Cách khoảng 300 m.",
            buttons=(
                Button("Kể thêm", "ask:overview:place/thap-hue-quang"),
                Button("Đường đi", "ask:directions:place/thap-hue-quang"),
            ),
        ),
        Card(
            "Chùa Một Mái",
            "Ngôi chùa nhỏ nép nửa mái vào hang đá. Cách khoảng 600 m.",
            buttons=(
                Button("Kể thêm", "ask:overview:place/chua-mot-mai"),
                Button("Đường đi", "ask:directions:place/chua-mot-mai"),
            ),
        ),
        Card(
            "Chùa Đồng",
            "Ngôi chùa bằng đồng trên đỉnh núi 1.068 m.",
            buttons=(
                Button("Kể thêm", "ask:overview:place/chua-dong"),
                Button("Đường đi", "ask:directions:place/chua-dong"),
            ),
        ),
    ),
    map=Map((MapPoint(21.152, 106.716, "Chùa Hoa Yên"), MapPoint(21.161, 106.714, "Chùa Đồng", 1500))),
    quick_replies=(
        QuickReply("Leo mất bao lâu?", "ask:duration:place/yen-tu"),
        QuickReply("Ăn gì ở Yên Tử?", "ask:food:place/yen-tu"),
    ),
)

PRICE_EN = Reply(
    text="Entry to Yên Tử is **free** until 31 December 2028, by a resolution of the Quảng Ninh provincial council.\n\n"
    "Two things are charged separately:\n- The cable car: I have no current fare, please ask at the ticket counter.\n"
    "- The electric car from the car park to the foot of the mountain.\n\nSource: Dân trí, 5 February 2026",
    lang="en",
    sources=(DANTRI,),
    quick_replies=(
        QuickReply("Opening hours", "ask:hours:place/yen-tu"),
        QuickReply("The climb to Đồng Pagoda", "ask:climbing:place/chua-dong"),
    ),
)

PLAN_VI = Reply(
    text="Mình có sẵn tệp lịch và đường đi để bạn lưu vào điện thoại.",
    attachments=(
        Attachment("calendar", "Lịch trình 2 ngày (.ics)", "/plans/demo.ics"),
        Attachment("gpx", "Đường đi (.gpx)", "/plans/demo.gpx"),
    ),
)

HOSTILE = Reply(
    text=f"{EVIL} javascript:alert(3) https://example.vn/?q=<b>",
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


def replies_to(message: str, lang: str) -> list[Reply]:
    """The canned replies to a message."""
    lowered = message.lower()
    if "im lặng" in lowered or "silence" in lowered:
        return []
    if "xss" in lowered:
        return [HOSTILE]
    if any(word in lowered for word in ("gần", "near", "quanh")):
        return [PLACES_VI]
    if any(word in lowered for word in ("lịch", "plan")):
        return [PLAN_VI]
    return [PRICE_EN if lang == "en" else PRICE_VI]


class Handler(BaseHTTPRequestHandler):
    """Answers the one address of the REST channel, with the headers that Rasa sends when CORS is open."""

    def log_message(self, *args: object) -> None:
        """Stay quiet."""

    def _answer(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "content-type",
            "Access-Control-Allow-Methods": "POST, OPTIONS",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_OPTIONS(self) -> None:  # noqa: N802 — the name is http.server's
        """Allow the browser's preflight."""
        self._answer(200, {})

    def do_POST(self) -> None:  # noqa: N802
        """Answer one message as the REST channel does."""
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        message = request["message"]
        if any(word in message.lower() for word in ("lỗi", "fail")):
            return self._answer(500, {"status": "failure"})
        if any(word in message.lower() for word in ("chậm", "slow")):
            time.sleep(SLOW_SECONDS)
        replies = replies_to(message, request.get("metadata", {}).get("lang", "vi"))
        self._answer(
            200,
            [{"recipient_id": request["sender"], "text": reply.text, "custom": reply.to_json()} for reply in replies],
        )


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5005)
    port = parser.parse_args().port
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
