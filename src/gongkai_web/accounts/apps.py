"""Which application of Django is this?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and sign-in."""

    name = "gongkai_web.accounts"
    label = "accounts"
