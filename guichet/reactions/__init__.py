"""What follows from what happened. Read table.py to know every consequence; worker.py runs it."""
