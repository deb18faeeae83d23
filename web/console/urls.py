"""Addresses of the console."""

from __future__ import annotations

from django.urls import path

from web.console.views import account, home, people, signing

app_name = "console"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("second-step", signing.second_step, name="second-step"),
    path("language", signing.language, name="language"),
    path("invitation/<slug:token>", signing.invitation, name="invitation"),
    path("account", account.account, name="account"),
    path("account/second-step", account.set_up_second_step, name="set-up-second-step"),
    path("account/second-step/end", account.end_second_step, name="end-second-step"),
    path("people", people.people, name="people"),
    path("people/<int:number>", people.person, name="person"),
]
