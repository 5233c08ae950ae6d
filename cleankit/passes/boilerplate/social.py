"""Rows of links to social networks and app stores."""

from __future__ import annotations

import re

_HOSTS = (
    "twitter.com", "x.com", "facebook.com", "fb.com", "instagram.com", "linkedin.com",
    "youtube.com", "youtu.be", "tiktok.com", "threads.net", "threads.com", "bsky.app",
    "mastodon.social", "pinterest.com", "snapchat.com", "discord.gg", "discord.com", "t.me",
    "telegram.me", "whatsapp.com", "wa.me", "vk.com", "ok.ru", "weibo.com", "reddit.com",
    "flipboard.com", "tumblr.com", "xing.com", "line.me", "apps.apple.com", "itunes.apple.com",
    "play.google.com", "podcasts.apple.com", "open.spotify.com", "github.com", "medium.com",
)  # fmt: skip
_NAMES = (
    r"twitter|x|facebook|fb|instagram|insta|ig|linkedin|youtube|tiktok|threads|bluesky|mastodon|"
    r"pinterest|snapchat|discord|telegram|whatsapp|vk|reddit|flipboard|tumblr|xing|spotify|"
    r"apple podcasts|rss|github|medium|substack|app store|google play|itunes|weibo|twitch"
)
_ROW = re.compile(
    r"(?:(?:follow|find|like|join|connect with|say hi|see|watch|visit|check out|add|subscribe)"
    r"\b[^.]{0,40}?\b(?:on|at|with|to|via|us|me|my)\b:?|social( media)?|our|my|icon|logo|"
    r"(?:the )?latest youtube video|follow (?:us|me)|stay connected|connect)?\W*"
    r"(?:(?:my |our |on |and |or |follow |us |me |via |icon |logo |- |\+ )*(?:" + _NAMES + r")\b"
    r"(?: (?:icon|logo|page|channel|profile|link|button))?[^\w]*)+"
)
_URL = re.compile(r"https?://(?:www\.|m\.|mobile\.)?([^/\s)\]>?#]+)")


def only_social(text: str) -> bool:
    """True if a unit without words links to nothing but social networks, twice or more."""
    hosts = _URL.findall(text)
    return len(hosts) > 1 and all(host.lower() in _HOSTS for host in hosts)


def is_row(words: str) -> bool:
    """True if a unit names networks and nothing else, or tells to follow on them.

    Args:
        words: the unit, folded.
    """
    return len(words) <= 200 and _ROW.fullmatch(words) is not None
