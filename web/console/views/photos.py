"""Adding a photo of a subject."""

from __future__ import annotations

import secrets

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guide.sitedb.writes import ADD, Write
from web.console.editing import check_may_edit, save
from web.console.fact_forms import FactForm
from web.console.kinds import OF_STATEMENTS
from web.console.page import page, tell
from web.console.photos import BadPicture, keep
from web.console.roles import needs_review
from web.console.views.places import subject_of
from web.console.words import say


class PhotoForm(FactForm):
    """A picture, what is to be seen on it in both languages, and whose it is."""

    def __init__(self, lang: str, request: HttpRequest) -> None:
        sent = request.POST if request.method == "POST" else None
        super().__init__(lang, "photo", OF_STATEMENTS["photo"], {}, sent)
        self.files = request.FILES
        accept = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        label, hint = say(lang, "label.picture"), say(lang, "hint.picture")
        messages = {code: say(lang, f"mistake.{code}") for code in ("required", "empty", "invalid", "missing")}
        picture = forms.FileField(label=label, help_text=hint, widget=accept, error_messages=messages)
        self.fields = {"picture": picture, **self.fields}
        self.names = ("picture", *self.names)


@require_http_methods(["GET", "HEAD", "POST"])
def add_photo(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A new photo of a subject."""
    record = subject_of(kind, key)
    check_may_edit(request.user, record.ref)
    form = PhotoForm(request.lang, request)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data.pop("picture")
        try:
            file, width, height = keep(sent.file, sent.size)
        except BadPicture as bad:
            form.add_wrong("picture", f"mistake.picture_{bad.reason}")
        else:
            values = {**form.changes({}), "file": file, "width": width, "height": height}
            if save(request, [Write(ADD, str(record.ref), values, "photo")], form).saved:
                tell(request, "edit.added")
                return redirect("console:subject", kind, key)
    return page(
        request, "edit", form=form, part="photo", subject=record, adding=True, upload=True, suggestions=[],
        once=secrets.token_urlsafe(9), reviewed=needs_review(request.user),
    )  # fmt: skip
