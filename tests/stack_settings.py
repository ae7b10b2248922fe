"""The settings of the real processes that tests start: the product's, and passwords that tests can make quickly."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
