"""Short videos checked and packed anew, without touching what is seen and heard.

No Django. Runs as a program of its own (`python -m pesue.content.videos IN OUT`):
a file that crashes the decoder, or never lets it end, takes nobody along.
"""

import io
import json
import resource
import subprocess
import sys
from collections import deque
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from PIL import Image

MOST_SECONDS = 180
MOST_PIXELS = 8192 * 4320  # of one frame
SECONDS_TO_CHECK = 120  # of a whole check, and of processor time
MEMORY = 2_000_000_000  # bytes of address space
KINDS = {"mp4": "mp4", "matroska": "webm"}  # how we read it: what we make of it
VIDEO = {
    "mp4": {"h264", "hevc", "vp9", "av1"},
    "webm": {"vp8", "vp9", "av1"},
}
AUDIO = {"mp4": {"aac", "opus"}, "webm": {"opus", "vorbis"}}


class BadVideo(Exception):
    """`reason`: "no video", "broken video", "video codec" or "long video"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Packed:
    file: str  # path of the packed video, in the folder that was given
    poster: str  # path of a JPEG of an early frame
    seconds: int


def checked(source: Path, folder: Path) -> Packed:
    """Check and pack a video in a process of its own. Raises BadVideo."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pesue.content.videos", str(source), str(folder)],
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
        head = file.read(12)
    if head[4:8] in {b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip"}:
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    raise BadVideo("no video")


def pack(source: Path, folder: Path) -> Packed:
    """Pack a video anew: known codecs only, no metadata, a poster. Raises BadVideo."""
    kind = kind_of(source)
    target = folder / f"packed.{KINDS[kind]}"
    poster = folder / "poster.jpg"
    try:
        with av.open(str(source), format=kind) as given:
            video, audio = _streams(given, KINDS[kind])
            seconds = _repacked(given, video, audio, target)
        with av.open(str(target)) as packed:
            _draw_poster(packed, poster)
    except (FFmpegError, ValueError, OSError, IndexError) as error:
        raise BadVideo("broken video") from error
    return Packed(str(target), str(poster), max(1, round(seconds)))


def _streams(given: InputContainer, kind: str) -> tuple[VideoStream, Stream | None]:
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
    given: InputContainer, video: VideoStream, audio: Stream | None, target: Path
) -> float:
    """Copy the packets; returns how many seconds they last."""
    options = {"movflags": "+faststart"} if target.suffix == ".mp4" else {}
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


def _draw_poster(packed: InputContainer, poster: Path) -> None:
    """A frame after about a second, as it is meant to stand."""
    early = deque(islice(packed.decode(video=0), 25), maxlen=1)
    if not early:
        raise BadVideo("broken video")
    frame = early[-1]
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    if frame.rotation:
        picture = picture.rotate(frame.rotation, expand=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    poster.write_bytes(out.getvalue())


def main(source: str, folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_TO_CHECK, SECONDS_TO_CHECK))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    av.logging.set_level(av.logging.PANIC)
    try:
        print(json.dumps(asdict(pack(Path(source), Path(folder)))))
    except BadVideo as error:
        print(json.dumps({"reason": error.reason}))


if __name__ == "__main__":
    main(*sys.argv[1:])
