"""What can be asked in this room; a file for each noun."""
