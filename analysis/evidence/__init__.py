"""What stands behind each segment: intervals, contrasts with everybody else, criteria, and its place on the market."""
