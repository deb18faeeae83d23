"""The wish to be forgotten is understood in people's own words, and never guessed."""

from __future__ import annotations

import pytest

from bot.channels.wishes import asks_to_be_forgotten


@pytest.mark.parametrize(
    "said",
    [
        "xóa dữ liệu của tôi",
        "Xoá hết dữ liệu của mình đi",
        "xoa du lieu cua minh",
        "Vui lòng xóa toàn bộ thông tin cá nhân của tôi.",
        "xóa cuộc trò chuyện này",
        "xóa lịch sử chat giúp mình nhé",
        "mình muốn xóa hết tin nhắn",
        "quên mình đi",
        "delete my data",
        "delete everything you know about me",
        "Please delete all my personal data!",
        "erase my chat history",
        "I want you to delete everything about me data",
        "forget me",
        "Clear this conversation please",
    ],
)
def test_who_asks_to_be_forgotten(said: str) -> None:
    assert asks_to_be_forgotten(said) == ("en" if said.isascii() and "minh" not in said else "vi")


@pytest.mark.parametrize(
    "said",
    [
        "bỏ chùa Đồng khỏi lịch trình",
        "xóa chùa Đồng",
        "hủy chuyến đi",
        "delete the plan",
        "delete my itinerary",
        "lịch sử Yên Tử",
        "thông tin của chùa Đồng",
        "how do you use my data?",
        "dữ liệu của tôi được giữ bao lâu?",
        "forget it",
        "đừng xóa dữ liệu của tôi",
        "don't delete my data",
        "",
    ],
)
def test_who_does_not(said: str) -> None:
    assert asks_to_be_forgotten(said) is None
