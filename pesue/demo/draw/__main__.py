"""Draws every picture of the demo into pesue/demo/pictures."""

from pathlib import Path

from pesue.demo.draw import galley, sea, shore
from pesue.demo.draw.canvas import Canvas

HERE = Path(__file__).resolve().parents[1] / "pictures"


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for seed, (name, draw) in enumerate(
        {**sea.SCENES, **galley.SCENES, **shore.SCENES}.items()
    ):
        canvas = Canvas(seed)
        draw(canvas)
        canvas.finish().save(HERE / f"{name}.webp", quality=74, method=6)


if __name__ == "__main__":
    main()
