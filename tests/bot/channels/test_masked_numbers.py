"""What tells who somebody is, is blotted out; what a trip is planned with stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.masking import mask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("gọi mình 0912 345 678 nhé", "gọi mình ••• nhé", id="mobile"),
        pytest.param("sđt 0912345678", "sđt •••", id="mobile without spaces"),
        pytest.param("+84 912-345-678", "•••", id="with the country code"),
        pytest.param("09.12.34.56.78", "•••", id="in pairs"),
        pytest.param("Call me at +33 6 12 34 56 78", "Call me at •••", id="foreign"),
        pytest.param("viết cho lan.nguyen+ve@vi-du.com.vn ạ", "viết cho ••• ạ", id="e-mail"),
        pytest.param("CCCD 001089012345 được giảm giá không?", "CCCD ••• được giảm giá không?", id="identity card"),
        pytest.param("cmnd 123456789", "cmnd •••", id="old identity card"),
        pytest.param("thẻ 4111 1111 1111 1111", "thẻ •••", id="payment card"),
        pytest.param("hộ chiếu C1234567", "hộ chiếu •••", id="passport"),
    ],
)
def test_what_tells_who_somebody_is(typed: str, kept: str) -> None:
    assert mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "2 người lớn 1 trẻ em 5 tuổi, dưới 2000000",
        "ngân sách 10 000 000 đồng",
        "tầm 150.000.000 cho cả đoàn",
        "khoảng 100000000 đồng",
        "từ 20/02/2027 đến 22/02/2027",
        "20-2-2027 21-2-2027",
        "từ 8h30 đến 17h ngày 15/1",
        "Trần Nhân Tông 1258-1308",
        "đi từ 21.0278, 105.8342",
        "giá 1.500.000-2.000.000",
        "Ngày mai @ Yên Tử",
    ],
)
def test_money_dates_and_years_stay(typed: str) -> None:
    assert mask(typed) == typed


@given(st.text(max_size=300))
def test_any_text_can_be_masked_and_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)
