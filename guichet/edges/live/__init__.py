"""Live news: that something is stale, and which colleagues look at it too. Never content."""
