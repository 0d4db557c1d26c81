"""Short videos checked, cut and packed anew.

No Django. Runs as a program of its own (`python -m pesue.content.videos IN OUT WISH`):
a file that crashes the decoder, or never lets it end, takes nobody along.
"""

import io
import json
import resource
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from pesue.content.encoding import Empty, redrawn

MOST_SECONDS = 180
MOST_PIXELS = 8192 * 4320  # of one frame
SECONDS_TO_CHECK = 300  # of a whole check, and of processor time
MEMORY = 2_000_000_000  # bytes of address space
VIDEO = {
    "mp4": {"h264", "hevc", "vp9", "av1"},
    "matroska": {"h264", "vp8", "vp9", "av1"},
}
AUDIO = {"mp4": {"aac", "opus"}, "matroska": {"opus", "vorbis", "aac"}}
HEAD = 12  # bytes by which a kind is known


class BadVideo(Exception):
    """`reason`: "no video", "broken video", "video codec", "long video" or
    "empty cut"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Packed:
    file: str  # path of the packed video, in the folder that was given
    poster: str  # path of a JPEG of an early frame
    seconds: int


@dataclass(frozen=True)
class Wish:
    """What of a video is to be kept, and what stands for it; in seconds."""

    starts: float = 0.0
    ends: float | None = None  # None: to its end
    poster: float | None = None  # None: an early frame

    @property
    def cuts(self) -> bool:
        return self.starts > 0 or self.ends is not None


def checked(source: Path, folder: Path, wish: Wish | None = None) -> Packed:
    """Check and pack a video in a process of its own. Raises BadVideo."""
    asked = json.dumps(asdict(wish or Wish()))
    program = [sys.executable, "-m", "pesue.content.videos"]
    try:
        done = subprocess.run(
            [*program, str(source), str(folder), asked],
            capture_output=True,
            timeout=SECONDS_TO_CHECK,
            cwd=Path(__file__).parents[2],
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise BadVideo("broken video") from error
    if "reason" in answer:
        raise BadVideo(answer["reason"])
    return Packed(**answer)


def kind_of(source: Path) -> str:
    """ "mp4" or "matroska", by the first bytes. Raises BadVideo."""
    with source.open("rb") as file:
        return kind_by(file.read(HEAD))


def kind_by(head: bytes) -> str:
    """As `kind_of`, of a file's first bytes. Raises BadVideo."""
    if head[4:8] in {b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip"}:
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    raise BadVideo("no video")


def pack(source: Path, folder: Path, wish: Wish) -> Packed:
    """Pack a video anew: known codecs only, no metadata, a poster. Raises BadVideo.

    Streams are copied where they may stay as they are. What is cut, and what not every
    phone plays, is drawn anew.
    """
    kind = kind_of(source)
    target, poster = folder / "packed.mp4", folder / "poster.jpg"
    try:
        with av.open(str(source), format=kind) as given:
            video, audio = _streams(given, kind)
            if wish.cuts or kind != "mp4":
                seconds = _redrawn(given, video, audio, target, wish)
            else:
                seconds = _repacked(given, video, audio, target)
        at = wish.poster
        if at is not None:
            at = min(max(0.0, at - wish.starts), 0.99 * seconds)
        with av.open(str(target)) as packed:
            _draw_poster(packed, poster, at)
    except (FFmpegError, ValueError, OSError, IndexError) as error:
        raise BadVideo("broken video") from error
    return Packed(str(target), str(poster), max(1, round(seconds)))


def _redrawn(
    given: InputContainer,
    video: VideoStream,
    audio: AudioStream | None,
    target: Path,
    wish: Wish,
) -> float:
    try:
        seconds = redrawn(
            given,
            video,
            audio,
            target,
            starts=wish.starts,
            ends=wish.ends,
            most=MOST_SECONDS,
        )
    except Empty as error:
        raise BadVideo("empty cut" if wish.cuts else "broken video") from error
    if seconds > MOST_SECONDS:
        raise BadVideo("long video")
    return seconds


def _streams(
    given: InputContainer, kind: str
) -> tuple[VideoStream, AudioStream | None]:
    videos = [s for s in given.streams.video if not s.disposition & 0x400]  # no covers
    if not videos:
        raise BadVideo("no video")
    video = videos[0]
    if video.codec_context.codec.canonical_name not in VIDEO[kind]:
        raise BadVideo("video codec")
    if not 0 < video.width * video.height <= MOST_PIXELS:
        raise BadVideo("broken video")
    audio = given.streams.audio[0] if given.streams.audio else None
    if audio and audio.codec_context.codec.canonical_name not in AUDIO[kind]:
        raise BadVideo("video codec")
    return video, audio


def _repacked(
    given: InputContainer, video: VideoStream, audio: AudioStream | None, target: Path
) -> float:
    """Copy the packets; returns how many seconds they last."""
    options = {"movflags": "+faststart"}
    declared = (given.duration or 0) / av.time_base
    last = 0.0
    with av.open(str(target), "w", options=options) as made:
        made.metadata.clear()
        to = {
            stream.index: _added(made, stream)
            for stream in (video, audio)
            if stream is not None
        }
        for packet in given.demux([s for s in (video, audio) if s is not None]):
            if packet.dts is None or packet.pts is None:
                continue  # the demuxer's last, empty one
            last = max(last, _end(packet))
            if last > MOST_SECONDS:
                raise BadVideo("long video")
            packet.stream = to[packet.stream.index]
            made.mux(packet)
    if last <= 0 or last < 0.9 * declared - 1:
        raise BadVideo("broken video")
    return last


def _added(made: OutputContainer, stream: Stream) -> Stream:
    added = made.add_stream_from_template(stream)
    added.metadata.clear()
    if stream.codec_context.name == "hevc" and made.format.name == "mp4":
        added.codec_context.codec_tag = "hvc1"  # the only name Apple plays
    return added


def _end(packet: "Packet[Stream]") -> float:
    assert packet.pts is not None
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def _draw_poster(packed: InputContainer, poster: Path, at: float | None) -> None:
    """The frame at that moment, or one after about a second; upright."""
    if at is None:
        early = deque(islice(packed.decode(video=0), 25), maxlen=1)
    else:
        packed.seek(int(at * av.time_base))
        early = deque(_until(packed, at), maxlen=1)
    if not early:
        raise BadVideo("broken video")
    frame = early[-1]
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    if frame.rotation:
        picture = picture.rotate(frame.rotation, expand=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    poster.write_bytes(out.getvalue())


def _until(packed: InputContainer, at: float) -> Iterator[VideoFrame]:
    """Frames up to that moment, and the first after it."""
    for frame in packed.decode(video=0):
        yield frame
        if (frame.time or 0) >= at:
            return


def main(source: str, folder: str, asked: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_TO_CHECK, SECONDS_TO_CHECK))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    av.logging.set_level(av.logging.PANIC)
    wish = Wish(**json.loads(asked))
    try:
        print(json.dumps(asdict(pack(Path(source), Path(folder), wish))))
    except BadVideo as error:
        print(json.dumps({"reason": error.reason}))


if __name__ == "__main__":
    main(*sys.argv[1:])
