"""Files: sent one by one while a message is written, fetched by those who may see their request."""
