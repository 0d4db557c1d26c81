"""What the composer says while one writes: one thing at a time, kindly. No Django."""
