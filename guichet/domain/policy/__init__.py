"""What the vendor has decided, in one readable file: name, languages, categories, limits, hours."""
