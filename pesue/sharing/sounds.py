"""What kind of sound a file is, by what stands in it and not by its name. No Django.

Each kind is known by its first page or box as the format's own paper has it: EBML and
Matroska (RFC 8794, RFC 9559), Ogg (RFC 3533), ISO base media (ISO/IEC 14496-12), MPEG
audio (ISO/IEC 11172-3), RIFF WAVE (Microsoft, 1991).
"""

HEAD = 4096  # bytes that are looked at
TYPES = {
    "webm": "audio/webm",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}
_IN_OGG = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
_BRANDS = {
    *(b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5"),
    *(b"iso6", b"dash", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"qt  ", b"MSNV"),
}


def kind_of(head: bytes) -> str | None:
    """A key of TYPES; None for what is no sound that browsers play.

    `head` is the beginning of the file, HEAD bytes if it has as many.
    """
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if _is_webm(head) else None
    if head.startswith(b"OggS\0"):  # version 0
        return "ogg" if any(codec in head[:300] for codec in _IN_OGG) else None
    if head[4:8] == b"ftyp":
        return "m4a" if _is_mp4(head) else None
    if head.startswith(b"RIFF"):
        return "wav" if head[8:16] == b"WAVEfmt " else None
    return "mp3" if _is_mp3(head) else None


def _is_webm(head: bytes) -> bool:
    """The header names its kind in an element 0x4282, whose size comes before it."""
    at = head.find(b"\x42\x82", 4, 200)
    if at < 0 or len(head) < at + 3:
        return False
    size = head[at + 2] & 0x7F
    return head[at + 3 : at + 3 + size].rstrip(b"\0") in (b"webm", b"matroska")


def _is_mp4(head: bytes) -> bool:
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    return 16 <= size <= 256 and any(brand in _BRANDS for brand in brands)


def _is_mp3(head: bytes) -> bool:
    """A frame with a possible header, perhaps behind an ID3 tag."""
    if head.startswith(b"ID3"):
        return len(head) > 10 and head[3] in (2, 3, 4) and max(head[6:10]) < 0x80
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3
