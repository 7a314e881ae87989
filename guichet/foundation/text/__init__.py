"""What people type: counted, cleaned, folded to keys, cut into words for search."""
