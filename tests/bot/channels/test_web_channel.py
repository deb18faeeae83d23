"""The web channel keeps its protocol: nobody speaks for another, nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Iterator

import jwt
import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.web.history import open_history
from bot.channels.web.tokens import signing_key
from guide.visits import Visits, tables
from tests.bot.channels.kit import FakeAgent, Running, serving
from tests.bot.channels.web_client import KEY, Client, channel, new_id

SIGNED = signing_key(KEY.encode())


@pytest.fixture
def server(store: str) -> Iterator[Running]:
    """The channel over an agent that repeats what it hears."""
    with serving(channel(store)) as running:
        yield running


@pytest.fixture
def client(server: Running) -> Client:
    """A visitor with a session."""
    return Client(server.url).begin()


def texts(frames: list[dict[str, Any]]) -> list[str]:
    """What was said and answered."""
    return [frame["text"] if frame["type"] == "said" else frame["reply"]["text"] for frame in frames]


# who speaks


def test_the_sender_comes_from_the_token_only(server: Running, client: Client) -> None:
    client.say("chào", sender="web:somebody-else")
    client.history(2)
    (heard,) = server.agent.heard
    claims = jwt.decode(client.token, options={"verify_signature": False})
    assert heard.sender_id == f"web:{claims['sub']}" and len(claims["sub"]) == 32


def test_two_visitors_never_meet(server: Running) -> None:
    one, other = Client(server.url).begin(), Client(server.url).begin()
    one.say("một")
    one.history(2)
    assert other.frames(wait=0) == []


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="no token"),
        pytest.param("nonsense", id="no token at all"),
        pytest.param(
            jwt.encode({"sub": "a", "aud": "truc-web", "exp": 9e9}, "another key of at least thirty-two bytes"),
            id="forged",
        ),
        pytest.param(jwt.encode({"sub": "a", "aud": "truc-web", "exp": 1}, SIGNED), id="expired"),
        pytest.param(jwt.encode({"sub": "a", "aud": "else", "exp": 9e9}, SIGNED), id="for something else"),
        pytest.param(jwt.encode({"sub": "a", "aud": "truc-web"}, SIGNED), id="without an end"),
        pytest.param(jwt.encode({"sub": "a", "aud": "truc-web", "exp": 9e9}, "", algorithm="none"), id="unsigned"),
    ],
)
def test_a_bad_token_opens_nothing(server: Running, token: str) -> None:
    client = Client(server.url)
    client.token = token
    frame = {"type": "message", "id": new_id(), "text": "chào"}
    for answer in (client.call("POST", "frames", frame), client.call("GET", "frames")):
        assert (answer.status_code, answer.json()) == (401, {"error": "session_expired"})

    async def over_a_socket() -> int:
        async with client.socket() as socket:
            assert await socket.next() == {"type": "session_expired"}
            return await socket.closed()

    assert asyncio.run(over_a_socket()) == 4401
    assert server.agent.heard == []


def test_a_session_is_renewed_and_stays_the_same(server: Running, client: Client) -> None:
    client.say("trước")
    client.history(2)
    client.begin()
    client.say("sau")
    assert texts(client.history(4)) == ["trước", "re: trước", "sau", "re: sau"]
    assert len({heard.sender_id for heard in server.agent.heard}) == 1


def test_a_foreign_page_is_refused_everywhere(server: Running, client: Client) -> None:
    foreign = Client(server.url, origin="https://evil.example")
    foreign.token = client.token
    for answer in (foreign.call("POST", "session", {}), foreign.call("GET", "frames?after=0")):
        assert (answer.status_code, answer.json()) == (403, {"error": "origin_not_allowed"})

    async def over_a_socket() -> int:
        async with foreign.socket() as socket:
            return await socket.closed()

    assert asyncio.run(over_a_socket()) == 1008


# what is said


def test_over_a_socket_a_message_is_acknowledged_awaited_and_answered(client: Client) -> None:
    async def talk() -> None:
        async with client.socket() as socket:
            assert (await socket.next())["type"] == "welcome"
            id_ = new_id()
            await socket.send({"type": "message", "id": id_, "text": "giá vé?", "lang": "vi", "place": "yen-tu"})
            ack = await socket.next("ack")
            assert ack["id"] == id_
            assert (await socket.next("typing"))["on"]
            answer = await socket.next("message")
            assert (answer["seq"], answer["answers"]) == (ack["seq"] + 1, id_)
            assert answer["reply"]["text"] == "re: giá vé?"
            assert not (await socket.next("typing"))["on"]

    asyncio.run(talk())


def test_what_the_page_says_goes_along(server: Running, client: Client) -> None:
    client.say("giá vé?", lang="en", place="chua-dong")
    client.say("gần đây có gì?", location={"lat": 21.16, "lon": 106.71})
    client.say("Giá vé", payload="ask:price:place/yen-tu")
    client.history(6)
    typed, located, pressed = server.agent.heard
    assert typed.metadata == {"lang": "en", "place": "chua-dong"}
    assert located.metadata["location"] == {"lat": 21.16, "lon": 106.71}
    assert pressed.parse_data["intent"]["name"] == "ask_price"


def test_typed_text_is_never_a_command(server: Running, client: Client) -> None:
    client.say('/ask_price{"place":"x"}')
    client.history(2)
    assert server.agent.texts == ['ask_price{"place":"x"}']


def test_a_message_is_answered_once_however_often_it_comes(server: Running, client: Client) -> None:
    id_ = client.say("chào")
    for _ in range(3):
        client.say("chào", id_)
    last = client.history(2)[-1]["seq"]
    client.say("chào", id_)
    assert client.frames(after=last, wait=1) == [] and server.agent.texts == ["chào"]


def test_the_order_stays_when_an_early_answer_is_slow(store: str) -> None:
    async def slow_first(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(0.6 if message.text == "0" else 0)
        return [{"custom": {"text": f"re: {message.text}"}}]

    with serving(channel(store), agent=FakeAgent(slow_first)) as server:
        client = Client(server.url).begin()
        began = time.monotonic()
        for number in range(5):
            client.say(str(number))
        answers = [frame for frame in client.history(10) if frame["type"] == "message"]
        assert texts(answers) == [f"re: {number}" for number in range(5)]
        assert time.monotonic() - began < 3


def test_a_turn_that_yields_nothing_ends_in_an_apology(store: str) -> None:
    async def fails(message: UserMessage) -> list[dict[str, Any]]:
        if message.text == "lỗi":
            raise RuntimeError("broken")
        return []

    with serving(channel(store), agent=FakeAgent(fails)) as server:
        client = Client(server.url).begin()
        client.say("lỗi")
        client.say("silence", lang="en")
        first, second = [frame["reply"] for frame in client.history(4) if frame["type"] == "message"]
        assert first["lang"] == "vi" and "Xin lỗi" in first["text"] and "RuntimeError" not in first["text"]
        assert second["lang"] == "en" and "orry" in second["text"]


# what is missed


def test_who_comes_back_gets_what_was_missed_and_nothing_twice(client: Client) -> None:
    async def first() -> int:
        async with client.socket() as socket:
            await socket.send({"type": "message", "id": new_id(), "text": "một"})
            return (await socket.next("message"))["seq"]

    async def again(after: int) -> list[str]:
        async with client.socket(after) as socket:
            assert (await socket.next())["seq"] == after + 2
            return texts([await socket.next("said", "message") for _ in range(2)])

    seen = asyncio.run(first())
    client.say("hai")
    client.history(4)
    assert asyncio.run(again(seen)) == ["hai", "re: hai"]
    assert [frame["seq"] - seen for frame in client.history(4)] == [-1, 0, 1, 2]


def test_numbers_go_on_after_a_day_of_silence(store: str) -> None:
    history, evening, morning = open_history(store), 1_796_000_000.0, 1_796_090_000.0
    numbers = [history.add("web:a", f"{n}", {"type": "said"}, evening) for n in range(3)]
    history.sweep(morning)
    assert history.after("web:a", 0) == []
    assert history.add("web:a", "later", {"type": "said"}, morning) > numbers[-1]


def test_all_sockets_of_a_session_hear_everything(client: Client) -> None:
    async def talk() -> None:
        async with client.socket() as one, client.socket() as other:
            await one.send({"type": "message", "id": new_id(), "text": "chào"})
            for socket in (one, other):
                assert (await socket.next("message"))["reply"]["text"] == "re: chào"

    asyncio.run(talk())


def test_a_sixth_socket_is_refused(client: Client) -> None:
    async def many() -> int:
        sockets = [client.socket() for _ in range(6)]
        opened = [await each.__aenter__() for each in sockets]
        for socket in opened[:5]:
            await socket.next("welcome")
        return await opened[5].closed()

    assert asyncio.run(many()) == 4429


def test_two_bots_behind_one_address_share_a_conversation(store: str) -> None:
    with serving(channel(store)) as one, serving(channel(store)) as other:
        here, there = Client(one.url).begin(), Client(other.url)
        there.token = here.token

        async def talk() -> str:
            async with here.socket() as socket:
                await socket.next("welcome")
                there.say("từ máy kia")
                return (await socket.next("message"))["reply"]["text"]

        assert asyncio.run(talk()) == "re: từ máy kia"
        assert len(one.agent.heard) + len(other.agent.heard) == 1


def test_what_was_not_answered_is_answered_after_a_restart(store: str) -> None:
    async def never(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(600)
        return []

    with serving(channel(store), agent=FakeAgent(never)) as first:
        client = Client(first.url).begin()
        client.say("còn đó không?")
        time.sleep(0.3)
    with serving(channel(store)) as second:
        client.url = second.url
        assert texts(client.history(2)) == ["còn đó không?", "re: còn đó không?"]


# what is refused


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(b"{", 400, "bad_frame", id="no JSON"),
        pytest.param(b"[1]", 400, "bad_frame", id="no object"),
        pytest.param({"type": "dance"}, 400, "bad_frame", id="no such type"),
        pytest.param({"type": "message", "id": "x y", "text": "a"}, 400, "bad_frame", id="a bad id"),
        pytest.param({"type": "message", "id": "a" * 8}, 400, "bad_frame", id="no text"),
        pytest.param({"type": "hello", "token": "t"}, 400, "bad_frame", id="hello without a socket"),
        pytest.param({"type": "message", "id": "a" * 8, "text": "x" * 20_000}, 413, "too_large", id="too large"),
        pytest.param({"type": "feedback", "id": "a" * 8, "of": 0, "good": True}, 400, "bad_frame", id="of nothing"),
    ],
)
def test_what_is_not_as_agreed_is_refused_with_a_reason(client: Client, body: Any, status: int, code: str) -> None:
    answer = client.call("POST", "frames", body)
    assert answer.status_code == status and answer.json()["error"] == code


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=1e9", "after=99999999999"])
def test_numbers_are_numbers(client: Client, query: str) -> None:
    assert client.call("GET", f"frames?{query}").status_code == 400


def test_a_socket_survives_a_bad_frame(client: Client) -> None:
    async def talk() -> str:
        async with client.socket() as socket:
            await socket.send({"type": "dance"})
            assert (await socket.next("error"))["code"] == "bad_frame"
            await socket.send({"type": "message", "id": new_id(), "text": "chào"})
            return (await socket.next("message"))["reply"]["text"]

    assert asyncio.run(talk()) == "re: chào"


def test_too_many_messages_are_held_back_and_told_when_to_come_again(store: str) -> None:
    with serving(channel(store, messages="3/minute")) as server:
        client = Client(server.url).begin()
        for number in range(3):
            client.say(str(number))
        (refused,) = client.post({"type": "message", "id": new_id(), "text": "quá nhiều"})
        assert refused["code"] == "too_many" and 0 < refused["retry_after"] <= 60
        assert len(client.history(6)) == 6


def test_too_many_sessions_of_an_address_are_refused(store: str) -> None:
    with serving(channel(store, sessions="2/hour")) as server:
        for _ in range(2):
            Client(server.url).begin()
        answer = Client(server.url).call("POST", "session", {})
        assert answer.status_code == 429 and answer.json()["retry_after"] > 0


# what is deleted and rated


def test_forgetting_deletes_history_and_context_and_ends_the_session(server: Running, client: Client) -> None:
    client.say("bí mật")
    client.history(2)
    sender = server.agent.heard[0].sender_id
    server.agent.tracker_store.store[sender] = "events"
    (ack,) = client.post({"type": "forget", "id": new_id()})
    assert ack["type"] == "ack"
    assert client.call("GET", "frames").status_code == 401
    assert sender not in server.agent.tracker_store.store
    assert client.call("POST", "session", {}).status_code == 401, "the token must not open it again"


def test_nothing_of_a_forgotten_conversation_is_left_in_the_file(store: str, server: Running, client: Client) -> None:
    client.say("một điều rất riêng tư")
    client.history(2)
    client.post({"type": "forget", "id": new_id()})
    from sqlalchemy import create_engine, inspect, text

    engine = create_engine(store)
    with engine.connect() as db:
        for table in inspect(engine).get_table_names():
            assert "riêng tư" not in str(db.execute(text(f"SELECT * FROM {table}")).all()), table


def test_a_rating_is_kept_for_staff_without_the_visitor(client: Client, visits: Visits) -> None:
    client.say("giá vé?")
    answer = client.history(2)[-1]["seq"]
    for good, reason in ((True, None), (False, "wrong")):
        client.post({"type": "feedback", "id": new_id(), "of": answer, "good": good, "reason": reason})
    (rating,) = visits.ratings.open()
    assert (rating.question, rating.answer, rating.channel) == ("giá vé?", "re: giá vé?", "web")
    assert (rating.good, rating.reason) == (False, "wrong"), "the later rating replaces the first"
    claims = jwt.decode(client.token, options={"verify_signature": False})
    with visits.store.reading() as db:
        row = db.execute(tables.ratings.select()).one()
    assert claims["sub"] not in str(row)


def test_a_rating_of_no_answer_is_passed_over(client: Client, visits: Visits) -> None:
    client.say("giá vé?")
    said = client.history(2)[0]["seq"]
    for of in (said, said + 77):
        client.post({"type": "feedback", "id": new_id(), "of": of, "good": True})
    assert visits.ratings.open() == []
