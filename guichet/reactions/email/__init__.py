"""Mail to people. One file a stage: owe → claim → rights → compose → send → settle."""
