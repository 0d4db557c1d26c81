"""A video drawn anew, from one moment to another: H.264 and AAC, which every phone and
network takes. No Django.

Only so a cut is true: a copied stream would keep what lies before the cut, hidden.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

LONGEST_SIDE = 1280  # pixels
CLOCK = Fraction(1, 90_000)  # seconds of one tick
RATE = 48_000  # samples a second
QUALITY = {"preset": "veryfast", "crf": "22"}
TURNED = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}


class Empty(Exception):
    """Nothing lies between the two moments."""


class Drawing:
    """A file being made; what is given to it must come in order."""

    def __init__(self, made: OutputContainer, *, sound: AudioStream | None) -> None:
        self.made = made
        self.video: VideoStream | None = None
        self.turn: Graph | None = None
        self.sound = made.add_stream("aac", rate=RATE) if sound else None
        self.mixer = _mixer(sound) if sound else None
        self.early: list[tuple[AudioFrame, float]] = []  # sound before any picture
        self.size = (0, 0)
        self.last = 0.0  # seconds

    def frame(self, frame: VideoFrame, at: float) -> None:
        if self.video is None:
            self._begin(frame)
        assert self.video is not None
        width, height = self.size
        small = frame.reformat(width, height, "yuv420p")
        if self.turn is not None:
            self.turn.push(small)
            small = self.turn.pull()  # type: ignore[assignment]
        small.pts, small.time_base = round(at / CLOCK), CLOCK
        small.pict_type = 0  # the encoder chooses where a key frame stands
        self.made.mux(self.video.encode(small))
        self.last = max(self.last, at)

    def _begin(self, frame: VideoFrame) -> None:
        by = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
        # H.264 in this form halves its colours: sides are even.
        width, height = (
            max(2, round(n * by / 2) * 2) for n in (frame.width, frame.height)
        )
        self.size = (width, height)
        turned = frame.rotation % 360
        stream = self.made.add_stream("libx264", rate=30, options=QUALITY)
        assert isinstance(stream, VideoStream)
        stream.pix_fmt = "yuv420p"
        stream.width, stream.height = (
            (height, width) if turned % 180 else (width, height)
        )
        stream.codec_context.time_base = CLOCK
        stream.codec_context.gop_size = 60
        stream.codec_context.thread_count = 2
        self.video = stream
        self.turn = _turner(width, height, TURNED[turned]) if turned in TURNED else None
        for heard, at in self.early:
            self._hear(heard, at)
        self.early.clear()

    def heard(self, frame: AudioFrame, at: float) -> None:
        """Sound that comes before the first picture waits for it: a file knows all its
        streams before anything is written into it."""
        if self.video is None:
            self.early.append((frame, at))
        else:
            self._hear(frame, at)

    def _hear(self, frame: AudioFrame, at: float) -> None:
        if self.mixer is None:
            return
        frame.pts, frame.time_base = round(at * RATE), Fraction(1, RATE)
        self.mixer.push(frame)
        self._mix()

    def _mix(self) -> None:
        assert self.mixer is not None
        assert self.sound is not None
        while True:
            try:
                mixed = self.mixer.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(mixed, AudioFrame)
            self.made.mux(self.sound.encode(mixed))

    def end(self) -> float:
        """How many seconds it lasts. Raises Empty."""
        if self.video is None:
            raise Empty
        self.made.mux(self.video.encode())
        if self.mixer is not None and self.sound is not None:
            self.mixer.push(None)
            self._mix()
            self.made.mux(self.sound.encode())
        return self.last


def _turner(width: int, height: int, filters: tuple[str, ...]) -> Graph:
    graph = Graph()
    nodes = [
        graph.add_buffer(
            width=width, height=height, format=VideoFormat("yuv420p"), time_base=CLOCK
        )
    ]
    nodes += [graph.add(*part.partition("=")[::2]) for part in filters]
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    return graph


def _mixer(sound: AudioStream) -> Graph:
    """Even sound in two channels; a gap in it becomes silence and not a shift."""
    context, graph = sound.codec_context, Graph()
    given = graph.add_abuffer(
        sample_rate=context.sample_rate,
        format=context.format.name,
        layout=context.layout.name,
        time_base=Fraction(1, RATE),
    )
    even = graph.add("aresample", f"{RATE}:async=1000:first_pts=0")
    both = graph.add(
        "aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo"
    )
    sized = graph.add("asetnsamples", "n=1024:p=0")
    graph.link_nodes(given, even, both, sized, graph.add("abuffersink")).configure()
    return graph


def redrawn(
    given: InputContainer,
    video: VideoStream,
    sound: AudioStream | None,
    target: Path,
    *,
    starts: float,
    ends: float | None,
    most: float,
) -> float:
    """Draw what lies between two moments; how many seconds it lasts, just past `most`
    where it would be more. Raises Empty."""
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as made:
        made.metadata.clear()
        drawing = Drawing(made, sound=sound)
        for frame, at in _between(given, video, sound, starts, ends):
            if at > most:
                drawing.last = at
                break
            if isinstance(frame, VideoFrame):
                drawing.frame(frame, at)
            else:
                drawing.heard(frame, at)
        return drawing.end()


def _between(
    given: InputContainer,
    video: VideoStream,
    sound: AudioStream | None,
    starts: float,
    ends: float | None,
) -> Iterator[tuple[VideoFrame | AudioFrame, float]]:
    """Frames with their moments from the start; both kinds, until both are past it."""
    open_streams = {s.index for s in (video, sound) if s is not None}
    for packet in given.demux([s for s in (video, sound) if s is not None]):
        if packet.stream.index not in open_streams:
            continue
        for frame in packet.decode():
            if not isinstance(frame, VideoFrame | AudioFrame):
                continue
            at = frame.time
            if at is None or at < starts:
                continue
            if ends is not None and at >= ends:
                open_streams.discard(packet.stream.index)
                break
            yield frame, at - starts
        if not open_streams:
            return
