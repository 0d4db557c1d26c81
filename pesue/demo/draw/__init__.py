"""The demo's pictures, drawn by rule: python -m pesue.demo.draw writes them anew."""
