"""What can be done to encourage people; a file for each noun."""
