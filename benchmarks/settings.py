"""The product's own settings, with one page more: the bare one that every other page is measured beside."""

from evenhand.settings import *  # noqa: F403 - settings are names, and these are all of them

ROOT_URLCONF = "benchmarks.hello_urls"
