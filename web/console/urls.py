"""Addresses of the console."""

from __future__ import annotations

from django.urls import path

from web.console.views import (
    account,
    facts,
    history,
    messengers,
    numbers,
    people,
    places,
    questions,
    review,
    signing,
    work,
)

app_name = "console"
urlpatterns = [
    path("", work.home, name="home"),
    path("places", places.places, name="places"),
    path("everywhere", work.everywhere, name="everywhere"),
    path("everywhere/add/<slug:statement>", facts.add_everywhere, name="add-everywhere"),
    path("subject/<slug:kind>/<slug:key>", places.subject, name="subject"),
    path("subject/<slug:kind>/<slug:key>/edit/<slug:part>", facts.part, name="part"),
    path("subject/<slug:kind>/<slug:key>/add/<slug:statement>", facts.add_to, name="add"),
    path("subject/<slug:kind>/<slug:key>/history", history.history, name="history-of"),
    path("statement/<slug:kind>/<int:number>", facts.statement, name="statement"),
    path("statement/<slug:kind>/<int:number>/delete", facts.delete, name="delete"),
    path("subject/<slug:kind>/<slug:key>/try", review.try_subject, name="try"),
    path("drafts", review.drafts, name="drafts"),
    path("drafts/<int:number>", review.draft, name="draft"),
    path("drafts/<int:number>/decide", review.decide, name="decide"),
    path("history", history.history, name="history"),
    path("history/<int:number>/revert", history.revert, name="revert"),
    path("verify", work.verify, name="verify"),
    path("verify/still-right", work.still_right, name="still-right"),
    path("questions", questions.questions, name="questions"),
    path("questions/settle", questions.settle, name="settle"),
    path("numbers", numbers.numbers, name="numbers"),
    path("numbers/file/<slug:form>", numbers.numbers_file, name="numbers-file"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("second-step", signing.second_step, name="second-step"),
    path("language", signing.language, name="language"),
    path("invitation/<slug:token>", signing.invitation, name="invitation"),
    path("account", account.account, name="account"),
    path("account/second-step", account.set_up_second_step, name="set-up-second-step"),
    path("account/second-step/end", account.end_second_step, name="end-second-step"),
    path("messengers", messengers.messengers, name="messengers"),
    path("messengers/<int:number>", messengers.undelivered, name="undelivered"),
    path("people", people.people, name="people"),
    path("people/<int:number>", people.person, name="person"),
]
