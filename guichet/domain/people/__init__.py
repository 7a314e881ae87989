"""People, the companies they write for, and the vendor's own staff."""
