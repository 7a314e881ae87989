"""What the business is. No HTTP, no HTML, no sockets; nothing here knows who listens."""
