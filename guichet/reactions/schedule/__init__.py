"""What is done by the clock rather than because of an event."""
