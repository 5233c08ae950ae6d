"""What a unit's links lead to."""

from __future__ import annotations

import re

_HOST = re.compile(r"https?://(?:www\.|m\.|mobile\.)?([^/\s)\]>?#\"]+)")
_ROOT = re.compile(r"[<(\[\s]*https?://[^/\s)\]>?#\"]+/?[>)\]\s/…]*")
_SOCIAL = frozenset(
    {
        "twitter.com", "x.com", "facebook.com", "fb.com", "instagram.com", "linkedin.com",
        "youtube.com", "youtu.be", "tiktok.com", "threads.net", "threads.com", "bsky.app",
        "mastodon.social", "pinterest.com", "snapchat.com", "discord.gg", "discord.com", "t.me",
        "telegram.me", "whatsapp.com", "wa.me", "vk.com", "ok.ru", "weibo.com", "reddit.com",
        "flipboard.com", "tumblr.com", "xing.com", "line.me", "apps.apple.com", "github.com",
        "itunes.apple.com", "play.google.com", "podcasts.apple.com", "open.spotify.com",
        "medium.com",
    }
)  # fmt: skip


def only_social(text: str) -> bool:
    """True if a unit links to nothing but social networks and app stores, twice or more."""
    hosts = _HOST.findall(text)
    return len(hosts) > 1 and all(host.lower() in _SOCIAL for host in hosts)


def is_root(text: str) -> bool:
    """True if a unit is nothing but a link to a site's front page."""
    return _ROOT.fullmatch(text) is not None
