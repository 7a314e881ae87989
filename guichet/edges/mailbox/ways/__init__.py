"""How mail comes in. Each way hands bytes to `receive` and answers when that has returned; nothing else."""
