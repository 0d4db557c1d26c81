"""Channels that a concept may name, by the keys that sharing knows. No Django."""

PLACES = {
    "linkedin": "LinkedIn",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "threads": "Threads",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "x": "X",
    "wordpress": "WordPress",
    "discourse": "Discourse",
    "teams": "Teams",
    "slack": "Slack",
}
