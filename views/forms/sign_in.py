"""The two forms of the sign-in: an address, then the code that was sent to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from views.forms.fields import CodeField, EmailField


class AddressForm(Form):
    """Where the code goes."""

    email = EmailField(_l("E-mail address"), description=_l("We send a code to it. You need no password."))


class CodeForm(Form):
    """The code from the letter."""

    code = CodeField(_l("Code"), description=_l("Six digits."))
