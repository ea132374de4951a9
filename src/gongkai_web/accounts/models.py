"""Which tables hold people and their sign-ins?"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class People(BaseUserManager["Person"]):
    """People by sign-in name."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in. Never deleted: whoever left is no longer active."""

    last_login = None  # Sign-ins stand in the trail.
    login = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)
    # Raised to end all sessions of the person without changing the password.
    session_round = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """A digest that every session of this person carries; it changes with the password and with every reset."""
        return salted_hmac("gongkai.person.session", f"{self.password}|{self.session_round}", algorithm="sha256").hexdigest()


class SecondFactor(models.Model):
    """The secret of a person's code generator (TOTP), sealed with the key of the data folder."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="second_factor")
    sealed = models.CharField(max_length=255)
    confirmed_at = models.DateTimeField()
    # The time step of the last code taken: no code is taken twice.
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A printed code that stands for the second factor once. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=140)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ThrottleKind(models.TextChoices):
    """What attempts are counted by."""

    LOGIN = "login", "登录名"
    ADDRESS = "address", "网络地址"


class Throttle(models.Model):
    """Attempts to sign in that failed. A login name is kept as a digest: people type passwords into that field by mistake."""

    kind = models.CharField(max_length=8, choices=ThrottleKind.choices)
    key = models.CharField(max_length=140)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="throttle_once")]
