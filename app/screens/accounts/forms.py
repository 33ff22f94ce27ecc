"""Forms of the account screens; what is allowed in them is decided by the operations."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length


class AccountForm(FlaskForm):
    """A new account."""

    username = StringField(_l("User name"), [InputRequired(_l("Enter a user name.")), Length(max=64)])
    full_name = StringField(_l("Full name"), [InputRequired(_l("Enter the full name.")), Length(max=100)])
    email = StringField(_l("E-mail"), [Length(max=254)])
