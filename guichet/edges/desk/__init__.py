"""The agents' door: lists of requests, conversations, and everything that can be done with them."""
