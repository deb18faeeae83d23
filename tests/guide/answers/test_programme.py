"""The co-operation programmes: the five of the article and the later ones, members old and new, status as recorded."""

import pytest

from guide.answers.wording import wording_for
from guide.refs import Ref


def bullets(text: str) -> list[str]:
    return [line[2:] for line in text.splitlines() if line.startswith("• ")]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_all_are_listed_those_of_the_article_first_and_in_its_order(site, ask, lang: str) -> None:
    rows = bullets(ask("programme", lang).text)
    programmes = site.all("programme")
    numbered = sorted((it for it in programmes if it.number_in_article), key=lambda it: it.number_in_article)
    assert len(numbered) == 5 and len(rows) == len(programmes)
    for row, programme in zip(rows, numbered, strict=False):
        assert row.startswith(" – ".join(member[lang] for member in programme.members_before))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_members_are_told_as_they_are_and_as_they_were(site, ask, lang: str) -> None:
    for programme in site.all("programme"):
        text = ask("programme", lang, str(programme.ref)).text
        now = {member[lang] for member in programme.members_now}
        before = {member[lang] for member in programme.members_before}
        assert all(name in text for name in now | before), programme.id


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_status_is_told_as_it_is_recorded(site, ask, lang: str) -> None:
    for programme in site.all("programme"):
        word, _, year = programme.status.rpartition("-")
        status, year = (word, year) if year.isdigit() else (programme.status, "")
        said = wording_for(lang).say("programme.status", status=status, year=year)
        assert said in ask("programme", lang, str(programme.ref)).text


def test_every_status_has_words_of_its_own(site) -> None:
    """None is told by its code."""
    for lang in ("vi", "en"):
        for programme in site.all("programme"):
            word, _, year = programme.status.rpartition("-")
            status = word if year.isdigit() else programme.status
            assert status not in wording_for(lang).say("programme.status", status=status, year="").split()


def test_what_we_pieced_together_is_called_so(site, ask) -> None:
    programme = site.get(Ref("programme", "hp-hd"))
    assert programme.offer_basis == "editorial"
    assert "pieced this together" in ask("programme", "en", "programme/hp-hd").text


def test_the_routes_of_a_programme_lead_on(site, ask) -> None:
    programme = site.get(Ref("programme", "wh-1732-joint"))
    asked = {option.payload for option in ask("programme", "vi", "programme/wh-1732-joint").quick_replies}
    assert any(f"ask:route:route/{id_}" in asked for id_ in programme.routes)


def test_a_place_has_the_programmes_whose_routes_pass_it(site, ask) -> None:
    routes = {route.id for route in site.routes_through("chua-bo-da")}
    through = [it for it in site.all("programme") if routes & set(it.routes)]
    assert len(bullets(ask("programme", "en", "chua-bo-da").text)) == len(through)


def test_a_province_has_the_programmes_it_belongs_to(site, ask) -> None:
    rows = bullets(ask("programme", "vi", province="Bắc Ninh").text)
    members = [it for it in site.all("programme")
               if any("Bắc Ninh" in m.values() for m in (*it.members_now, *it.members_before))]  # fmt: skip
    assert len(rows) == len(members) < len(site.all("programme"))
