"""Forms about accounts. Labels and hints are the console's wording: ``label.<field>``, ``hint.<field>``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from web.console.models import Account
from web.console.roles import Role
from web.console.words import has, say

FORM_MISTAKES = ("required", "invalid", "invalid_choice")  # Django's codes; the sentences are ours in each language


class Spoken(forms.Form):
    """A form in the reader's language, its mistakes in words of ours."""

    def __init__(self, lang: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.lang = lang
        for name, field in self.fields.items():
            field.label = field.label or say(lang, f"label.{name}")
            if not field.help_text and has(lang, f"hint.{name}"):
                field.help_text = say(lang, f"hint.{name}")
            field.error_messages |= {code: say(lang, f"mistake.{code}") for code in FORM_MISTAKES}

    def add_wrong(self, field: str | None, phrase: str, **values: Any) -> None:
        """A mistake, said beside its field (None: above the form)."""
        self.add_error(field, say(self.lang, phrase, **values))


class SignIn(Spoken):
    """Address and password."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}))
    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class Code(Spoken):
    """Six digits of the phone's app, or one of the spare codes."""

    code = forms.CharField(
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """People type the digits in groups."""
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


class _NewPassword(Spoken):
    """A password, typed twice, that is hard to guess for people who know its owner."""

    new_password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    owner: Account

    def clean(self) -> dict[str, Any]:
        """Both the same, and good."""
        data = super().clean() or {}
        password = data.get("new_password")
        if password and data.get("again") not in (None, password):
            self.add_wrong("again", "mistake.not_the_same")
        if password:
            try:
                validate_password(password, self.owner)
            except forms.ValidationError as said:
                for error in said.error_list:
                    self.add_wrong("new_password", f"mistake.{error.code}")
        return data


class Join(_NewPassword):
    """What an invited person fills in."""

    full_name = forms.CharField(
        max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    field_order = ("full_name", "new_password", "again")

    def clean_full_name(self) -> str:
        """The password must not be like it."""
        self.owner.name = str(self.cleaned_data["full_name"])
        return self.owner.name


class ChangePassword(_NewPassword):
    """A new password from somebody who knows the present one."""

    present = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    field_order = ("present", "new_password", "again")

    def clean_present(self) -> str:
        """It must be right."""
        present = str(self.cleaned_data["present"])
        if not self.owner.check_password(present):
            self.add_wrong("present", "mistake.wrong_password")
        return present


class Invite(Spoken):
    """Whom to invite, as what, and for which places."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField()
    needs_review = forms.BooleanField(required=False)
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, lang: str, areas: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(lang, *args, **kwargs)
        self.fields["role"].choices = [(role.value, say(lang, f"role.{role.value}")) for role in Role]  # type: ignore
        self.fields["role"].initial = Role.EDITOR.value
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
